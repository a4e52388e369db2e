"""Finds what a test leaves behind: threads, Qt threads, timers and windows, and where they began.

Qt is looked at only where somebody has already imported it, so that tests of the domain stay quick.
"""

import gc
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

JOIN_SECONDS = 0.5


class Watch:
    """Notes what is there at the beginning; `complaints` says what has come to stay since then.

    Use it once: `begin`, run the test, `complaints`. What is found is stopped and closed, so that one
    careless test is not blamed on the next.
    """

    def __init__(self) -> None:
        self._threads: set[threading.Thread] = set()
        self._windows: set[int] = set()
        self._started: list[tuple[weakref.ref[Any], str]] = []
        self._undo: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Remember threads and windows, and note every timer and Qt thread that Python starts from now on."""
        self._threads = set(threading.enumerate())
        self._windows = {address(window) for window in open_windows()}
        core = sys.modules.get("PySide6.QtCore")
        if core is not None:
            self._note_starts(core.QTimer)
            self._note_starts(core.QThread)

    def complaints(self) -> list[str]:
        """One sentence for each thing left behind, with the line that started it where that is known."""
        for undo in reversed(self._undo):
            undo()
        found = [*self._left_threads(), *self._left_started()]
        return found + self._left_windows()

    def _note_starts(self, kind: Any) -> None:
        original = kind.start
        started = self._started

        def start(self: Any, *arguments: Any) -> Any:
            started.append((weakref.ref(self), caller()))
            return original(self, *arguments)

        kind.start = start
        self._undo.append(lambda: setattr(kind, "start", original))

    def _left_threads(self) -> list[str]:
        # Threads that Qt owns appear as dummies; they are judged as Qt threads.
        news = [
            thread
            for thread in threading.enumerate()
            if thread not in self._threads and not isinstance(thread, threading._DummyThread)
        ]
        for thread in news:
            thread.join(JOIN_SECONDS)
        return [f"the thread {thread.name} is still running" for thread in news if thread.is_alive()]

    def _left_started(self) -> list[str]:
        found = []
        for reference, place in self._started:
            item = reference()
            if item is None or not is_alive(item):
                continue
            if hasattr(item, "isActive") and item.isActive():
                item.stop()
                found.append(f"a timer is still ticking, started at {place}")
            elif hasattr(item, "isRunning") and item.isRunning():
                item.quit()
                item.wait(1000)
                found.append(f"a Qt thread is still running, started at {place}")
        return found

    def _left_windows(self) -> list[str]:
        if not self._new_windows():
            return []
        # Reference cycles keep a window only until Python looks for them: that is not the test's fault.
        gc.collect()
        found = self._new_windows()
        for window in found:
            window.close()
            window.deleteLater()
        return [f"the window {describe(window)} is still there" for window in found]

    def _new_windows(self) -> "list[QWidget]":
        return [window for window in open_windows() if address(window) not in self._windows]


def open_windows() -> "list[QWidget]":
    """Windows that belong to nobody, after Qt has deleted what it was told to delete later."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    core = sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return []
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return [window for window in widgets.QApplication.topLevelWidgets() if window.parent() is None]


def address(item: "QObject") -> int:
    """Where Qt keeps the object: two Python wrappers of one object have the same address."""
    return int(sys.modules["shiboken6"].getCppPointer(item)[0])


def is_alive(item: "QObject") -> bool:
    """Whether Qt has not yet deleted the object behind the wrapper."""
    return bool(sys.modules["shiboken6"].isValid(item))


def describe(window: "QWidget") -> str:
    """Class, and name or title, of a window."""
    return f"{type(window).__name__} {window.objectName() or window.windowTitle()!r}"


def caller() -> str:
    """The line that called the function that asks, as file:line."""
    frame = traceback.extract_stack(limit=3)[0]
    return f"{frame.filename}:{frame.lineno}"
