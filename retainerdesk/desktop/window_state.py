"""Where the window was and what it showed, for the next start on this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

FILE_NAME = "window.ini"
FIRST_SIZE = QSize(1440, 900)


class WindowState:
    """Geometry, splitters, last screen; the last account for each book, by its key."""

    def __init__(self, folder: Path, book_key: str) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)
        self._book_key = book_key

    def restore(self, window: QWidget) -> None:
        """Put the window where it was; the first time in the middle, as large as the screen allows."""
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray) and window.restoreGeometry(geometry):
            return
        room = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(FIRST_SIZE.boundedTo(room.size()))
        window.move(room.center() - window.rect().center())

    def restore_splitters(self, screen: QWidget) -> None:
        """Give the named splitters of a screen the widths they had."""
        for splitter in _named_splitters(screen):
            state = self._settings.value(f"splitters/{splitter.objectName()}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)

    def save(self, window: QWidget, screen: str, account_id: str | None) -> None:
        """Remember the window, its splitters, the screen and the account."""
        self._settings.setValue("geometry", window.saveGeometry())
        for splitter in _named_splitters(window):
            self._settings.setValue(f"splitters/{splitter.objectName()}", splitter.saveState())
        self._settings.setValue(f"books/{self._book_key}/screen", screen)
        if account_id is not None:
            self._settings.setValue(f"books/{self._book_key}/account", account_id)
        self._settings.sync()

    @property
    def screen(self) -> str:
        """The screen that was shown last; Accounts the first time."""
        return str(self._settings.value(f"books/{self._book_key}/screen", "accounts"))

    @property
    def account_id(self) -> str | None:
        """The account that was shown last in this book; it may be gone."""
        value = self._settings.value(f"books/{self._book_key}/account")
        return str(value) if value else None


def _named_splitters(widget: QWidget) -> list[QSplitter]:
    found: list[QSplitter] = widget.findChildren(QSplitter)
    return [splitter for splitter in found if splitter.objectName()]
