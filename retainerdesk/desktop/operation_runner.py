"""Long work on one thread of its own: invoice runs, imports, PDFs, backups.

One worker, so operations never run side by side. Results come back as events of the GUI thread.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

_SECONDS_BETWEEN_STEPS = 0.05


class Progress:
    """Given to the work, which says how far it is and hears whether to go on. For the worker thread."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._told_at = 0.0

    def step(self, done: int, total: int) -> bool:
        """Say that `done` of `total` are done. False: stop at the next safe place; what is done stays."""
        now = time.monotonic()
        if done >= total > 0 or now - self._told_at >= _SECONDS_BETWEEN_STEPS:
            self._told_at = now
            self._tell(done, total)
        return not self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop. From any thread."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()


class Operation:
    """One piece of work handed in: its title, and ways to stop it or to ignore its result."""

    def __init__(self, title: str, progress: Progress, done: _Receiver, failed: _Receiver) -> None:
        self.title = title
        self._progress = progress
        self._done = done
        self._failed = failed
        self._dropped = False

    def cancel(self) -> None:
        """Ask the work to stop; its result still arrives."""
        self._progress.cancel()

    def drop(self) -> None:
        """Ignore the result: nobody is looking at it any more."""
        self._dropped = True

    def deliver(self, future: Future[Any]) -> None:
        """Hand the result, or the error, to whom it belongs. For the runner, in the GUI thread."""
        if self._dropped or future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._done.call(future.result())
        else:
            self._failed.call(error)


class _Receiver:
    """A bound method of a QObject, forgotten with its object: a late result finds nobody and is dropped."""

    def __init__(self, method: Callable[[Any], object]) -> None:
        owner = getattr(method, "__self__", None)
        if not isinstance(owner, QObject):
            raise TypeError("results go to bound methods of QObjects: anything else runs in the wrong thread")
        self._method = weakref.WeakMethod(method)

    def call(self, value: object) -> None:
        method = self._method()
        if method is not None and shiboken6.isValid(method.__self__):  # type: ignore[attr-defined]
            method(value)


@dataclass(frozen=True, slots=True)
class _Arrival:
    operation: Operation
    future: Future[Any]


class OperationRunner(QObject):
    """Runs operations one after the other on its one thread.

    Signals, all in the GUI thread: `started(title)`, `progressed(done, total)` (total 0: unknown),
    `finished()` after each operation.
    """

    started = Signal(str)
    progressed = Signal(int, int)
    finished = Signal()
    _arrived = Signal(object)
    _stepped = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._waiting: list[tuple[Operation, Future[Any]]] = []
        self._stopped = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an operation runs or waits."""
        return bool(self._waiting)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Any], object],
        title: str,
    ) -> Operation:
        """Do `work` on the worker thread; then `done(value)` or `failed(error)` in the GUI thread.

        Both are bound methods of QObjects of the GUI thread (TypeError otherwise); if their object is gone
        by then, the result is dropped. `failed` gets every exception, bugs too: pass it to `show_problem`.
        """
        if self._stopped:
            raise RuntimeError("the desk is closed; no more work is taken")
        progress = Progress(self._stepped.emit)
        operation = Operation(title, progress, _Receiver(done), _Receiver(failed))
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="operations")
        future = self._executor.submit(work, progress)
        self._waiting.append((operation, future))
        if len(self._waiting) == 1:
            self.started.emit(title)
        future.add_done_callback(_Announce(self._arrived.emit, operation))
        return operation

    def cancel(self) -> None:
        """Ask the operation under way to stop."""
        if self._waiting:
            self._waiting[0][0].cancel()

    def stop(self, seconds: float = 1.5) -> bool:
        """Take no more work, cancel what is there, and wait. False if the work has not ended in time.

        Work that is still in a transaction then is rolled back by the end of the process.
        """
        self._stopped = True
        for operation, _future in self._waiting:
            operation.drop()
            operation.cancel()
        if self._executor is None:
            return True
        self._executor.shutdown(wait=False, cancel_futures=True)
        running = [future for _operation, future in self._waiting if not future.cancelled()]
        pending = wait(running, timeout=seconds).not_done
        if not pending:
            self._executor.shutdown(wait=True)
        return not pending

    @Slot(object)
    def _deliver(self, arrival: _Arrival) -> None:
        self._waiting.pop(0)
        self.finished.emit()
        if self._waiting:
            self.started.emit(self._waiting[0][0].title)
        arrival.operation.deliver(arrival.future)

    @Slot(int, int)
    def _show_step(self, done: int, total: int) -> None:
        if self._waiting:
            self.progressed.emit(done, total)


class _Announce:
    """Tells of a finished future; called in whichever thread finished it, so it only emits."""

    def __init__(self, emit: Callable[[object], None], operation: Operation) -> None:
        self._emit = emit
        self._operation = operation

    def __call__(self, future: Future[Any]) -> None:
        self._emit(_Arrival(self._operation, future))
