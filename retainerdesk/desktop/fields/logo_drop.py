"""The place of a logo: shows it, and takes a picture that is dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from retainerdesk.desktop.theme.stylesheet import set_style_property

_WIDTH, _HEIGHT = 132, 52
_INSIDE = 8
_NOTHING = "Drop a picture"


class LogoDrop(QLabel):
    """A small frame. Signals: `dropped(path)` for a local file; whether it is a picture is not asked here."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("surface", "card")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setAcceptDrops(True)
        set_style_property(self, "tone", "muted")
        self.show_picture(None)

    def show_picture(self, content: bytes | None) -> None:
        """Show the picture as large as there is room; None says that there is none."""
        picture = QPixmap()
        if content:
            picture.loadFromData(content)
        if picture.isNull():
            self.setText(_NOTHING)
            self.setAccessibleName("No logo yet: drop a picture here")
            return
        ratio = self.devicePixelRatio()
        scaled = picture.scaled(
            round((_WIDTH - _INSIDE) * ratio),
            round((_HEIGHT - _INSIDE) * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        self.setPixmap(scaled)
        self.setAccessibleName("The logo on documents")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.dropped.emit(Path(local[0]))
