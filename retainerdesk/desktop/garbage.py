"""Collects garbage in the thread of the window only: widgets must not be destroyed in any other.

Python looks for garbage in whichever thread happens to ask for memory. In the operations thread it would
destroy menus, models and timers of dialogs that were closed, and that ends the process sooner or later.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 2_000


class GarbageKeeper(QObject):
    """Belongs to the GUI thread. From `start` to `stop` nobody else collects."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.collect)

    @property
    def is_at_work(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """Begin; what a start without a collector made stays anyway, and is never looked at again."""
        if not gc.isenabled():
            gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, when no other thread is at work any more."""
        if self.is_at_work:
            self._timer.stop()
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that Python would collect by now, if there is one."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
