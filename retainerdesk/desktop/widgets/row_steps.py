"""A list below a field: the keys move in the list while the field keeps the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

_ROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class RowSteps(QObject):
    """Moves up, down and by pages of `page` rows.

    Signals: `stepping(row)` before the row is marked; it may lie beyond the last one.
    """

    stepping = Signal(int)

    def __init__(self, field: QWidget, view: QListView, page: int) -> None:
        super().__init__(view)
        self._view, self._page = view, page
        field.installEventFilter(self)

    def mark(self, row: int) -> None:
        """Stand on a row."""
        self._view.setCurrentIndex(self._view.model().index(row, 0))

    def move(self, step: int) -> None:
        """Stand so many rows further down, on the first or the last at most."""
        wanted = self._view.currentIndex().row() + step
        self.stepping.emit(wanted)
        self.mark(max(0, min(self._view.model().rowCount() - 1, wanted)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            step = _ROWS.get(key, 0) + _PAGES.get(key, 0) * self._page
            if step:
                self.move(step)
                return True
        return super().eventFilter(watched, event)


def place_below_top(dialog: QWidget, share: int) -> None:
    """Move a popup to the middle of its parent, 1/`share` of the height below its top."""
    above = dialog.parentWidget()
    if above is not None:
        corner = above.mapToGlobal(above.rect().topLeft())
        dialog.move(corner.x() + (above.width() - dialog.width()) // 2, corner.y() + above.height() // share)
