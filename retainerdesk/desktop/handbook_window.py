"""Reads the user's manual, which ships with the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.services.resources import resource_path

_FOLDER = "handbook"
_FIRST = "README"


def chapters() -> tuple[Path, ...]:
    """The pages of the manual, the first page first; none if this installation has no manual."""
    try:
        found = sorted(resource_path(_FOLDER).glob("*.md"))
    except FileNotFoundError:
        return ()
    return tuple(sorted(found, key=lambda page: (page.stem != _FIRST, page.name)))


def title_of(page: Path) -> str:
    """The first heading of a page, or its name."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return page.stem.replace("-", " ").capitalize()


class HandbookWindow(QWidget):
    """Pages at the left, the text at the right. Only our own files are shown; nothing is loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Handbook")
        self.resize(900, 640)
        self._pages = chapters()
        self.contents = QListWidget()
        self.contents.setAccessibleName("Pages")
        prepare_view(self.contents)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Text")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        splitter = QSplitter()
        splitter.addWidget(self.contents)
        splitter.addWidget(self.text)
        splitter.setSizes([220, 680])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.contents.setFocus()

    def _fill(self) -> None:
        for page in self._pages:
            self.contents.addItem(title_of(page))
        self.contents.currentRowChanged.connect(self._show_page)
        if self._pages:
            self.contents.setCurrentRow(0)
        else:
            self.text.setPlainText("This installation has no handbook.")

    def _show_page(self, row: int) -> None:
        if 0 <= row < len(self._pages):
            self.text.setMarkdown(self._pages[row].read_text(encoding="utf-8"))

    def _follow(self, link: QUrl) -> None:
        names = [page.name for page in self._pages]
        if link.isRelative() and link.path() in names:
            self.contents.setCurrentRow(names.index(link.path()))
