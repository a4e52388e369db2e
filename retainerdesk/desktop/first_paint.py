"""The moment a window has been painted for the first time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

# A window that nothing shows, on another desktop or behind a locked screen, may never be painted.
_AT_LATEST_MS = 1000


class FirstPaint(QObject):
    """Watches a window that is not shown yet. Signal: `done()`, once, when all of it is on screen."""

    done = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self._timer.start(_AT_LATEST_MS)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The parts of the window are painted before the loop turns again.
            self._timer.start(0)
        return False

    def _tell(self) -> None:
        self._window.removeEventFilter(self)
        self.done.emit()
        self.deleteLater()
