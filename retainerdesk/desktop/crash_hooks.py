"""What happens with an exception nobody caught: it is logged, and the user gets a report to copy."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.problems import show_problem

CRASH_NAME = "crash.log"
_MOST_DIALOGS = 3

_LOG = logging.getLogger(__name__)


class CrashHooks(QObject):
    """Takes over `sys.excepthook`, `threading.excepthook` and `sys.unraisablehook`, and gives them back.

    Exceptions of any thread are shown in the GUI thread; after three dialogs they are only logged, so that a
    fault in a paint event does not bury the screen. Hard crashes go to a file of their own.
    """

    _caught = Signal(object)

    def __init__(self, logs: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialogs = 0
        self._logs = logs
        self._crash_file: TextIO | None = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every exception is dealt with here."""
        sys.excepthook = self._of_main
        threading.excepthook = self._of_thread
        sys.unraisablehook = self._of_nowhere
        try:
            handle = os.open(self._logs / CRASH_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as problem:
            _LOG.warning("no file for hard crashes: %s", problem.strerror)
            return
        self._crash_file = os.fdopen(handle, "w", encoding="utf-8")
        faulthandler.enable(self._crash_file)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    def _of_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(0)
            return
        self._report(error.with_traceback(trace))

    def _of_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._report(args.exc_value)

    def _of_nowhere(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._report(args.exc_value)

    def _report(self, error: BaseException) -> None:
        _LOG.error("uncaught", exc_info=error)
        self._caught.emit(error)

    def _show(self, error: BaseException) -> None:
        if self._dialogs < _MOST_DIALOGS:
            self._dialogs += 1
            show_problem(QApplication.activeWindow(), error)
