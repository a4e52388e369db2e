"""Calls that may never come back, such as a question of the keyring, made where nobody waits for them.

Not for work on the book: that is what the operations thread is for. These threads are left to themselves when
the program ends; a thread of an executor would be waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class SideCalls(QObject):
    """Belongs to the GUI thread, where results arrive; a result nobody waits for any more is dropped."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def call(
        self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Any], object]
    ) -> None:
        """Do `work` on a thread of its own, then `done(value)` or `failed(error)` in the GUI thread."""
        threading.Thread(target=self._work, args=(work, done, failed), name="side call", daemon=True).start()

    def _work(
        self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Any], object]
    ) -> None:
        value: Any = None
        receiver: Callable[[Any], object] = failed
        try:
            value, receiver = work(), done
        except Exception as error:  # noqa: BLE001 - it is handed over, bugs too
            value = error
        if shiboken6.isValid(self):
            self._arrived.emit((receiver, value))

    def _deliver(self, arrival: tuple[Callable[[Any], object], Any]) -> None:
        receiver, value = arrival
        receiver(value)
