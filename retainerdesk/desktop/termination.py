"""SIGTERM, SIGINT and SIGHUP end the program in order: Python hears of them while Qt is waiting."""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


class Termination(QObject):
    """Turns signals of the system into one of Qt.

    Signals: `asked()` in the GUI thread when the system wants the program to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read_end, self._write_end = socket.socketpair()
        for end in (self._read_end, self._write_end):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before_fd = signal.set_wakeup_fd(self._write_end.fileno())
        self._before = {number: signal.signal(number, _leave_to_qt) for number in _SIGNALS}

    def stop(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._read_end.close()
        self._write_end.close()

    def _hear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._read_end.recv(64)
        self.asked.emit()


def _leave_to_qt(_number: int, _frame: FrameType | None) -> None:
    """The byte in the socket says it all; without a handler the process would just end."""
