"""Looks every quarter of an hour, and whenever it matters, whether something has become due. Reads only."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, QTimer, Signal, Slot

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.results import Changes

if TYPE_CHECKING:
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.summaries import DueReport

CHECK_EVERY = timedelta(minutes=15)
PULSE = timedelta(seconds=60)
_JUMP = timedelta(seconds=45)

Monotonic = Callable[[], float]


class DueWatcher(QObject):
    """Lives in the watcher's thread; `WatcherThread` makes and stops it.

    A pulse a minute decides whether to check: a quarter of an hour is over, the date changed, or the clock of
    the wall ran ahead of the pulses (the machine slept). Each check is a reading unit of its own.

    Signals: `reported(DueReport)` if it differs from the last one; `checked(datetime)` after each that went
    well, with the UTC instant of the next; `failed(error)` if the book could not be read, once in a row.
    """

    reported = Signal(object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(self, context: BookContext, monotonic: Monotonic = time.monotonic) -> None:
        super().__init__()
        self._context = context
        self._monotonic = monotonic
        self._timer: QTimer | None = None
        self._report: DueReport | None = None
        self._day: date | None = None
        self._checked_at: datetime | None = None
        self._pulse_at: tuple[datetime, float] | None = None
        self._has_failed = False

    @Slot()
    def start(self) -> None:
        """Check now and begin to pulse. Runs in the watcher's thread, where its timer has to be made."""
        self._timer = QTimer(self)
        self._timer.setInterval(int(PULSE.total_seconds() * 1000))
        self._timer.timeout.connect(self.pulse)
        self._timer.start()
        self.pulse()

    @Slot()
    def stop(self) -> None:
        """End the pulse."""
        if self._timer is not None:
            self._timer.stop()
            self._timer.deleteLater()
            self._timer = None

    @Slot()
    def pulse(self) -> None:
        """Check if it is time to."""
        now, monotonic = self._context.clock.utc_now(), self._monotonic()
        before, self._pulse_at = self._pulse_at, (now, monotonic)
        is_late = self._checked_at is None or not timedelta() <= now - self._checked_at < CHECK_EVERY
        has_slept = before is not None and _slept(before, (now, monotonic))
        if is_late or has_slept or self._current_day() != self._day:
            self.check()

    @Slot(object)
    def hear(self, changes: Changes) -> None:
        """Check at once if the changes can make something due or settle it."""
        if changes.money or changes.dates or changes.work or changes.agreement or changes.accounts:
            self.check()

    @Slot()
    def check(self) -> None:
        """Read what is due and tell if it differs from the last time."""
        from retainerdesk.services.due import find_due

        self._checked_at = self._context.clock.utc_now()
        try:
            today = self._context.today()
            with self._context.store.reading() as uow:
                report = find_due(uow, today)
        except (EnvironmentProblem, RuleViolation) as error:
            self._tell_failure(error)
        else:
            self._has_failed = False
            self._day = today
            if report != self._report:
                self._report = report
                self.reported.emit(report)
            self.checked.emit(self._checked_at + CHECK_EVERY)

    def _tell_failure(self, error: EnvironmentProblem | RuleViolation) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)

    def _current_day(self) -> date | None:
        try:
            return self._context.today()
        except (EnvironmentProblem, RuleViolation) as error:
            self._tell_failure(error)
            return self._day


def _slept(before: tuple[datetime, float], after: tuple[datetime, float]) -> bool:
    """Whether the wall clock ran away from the pulses, or the pulses paused."""
    wall = after[0] - before[0]
    awake = timedelta(seconds=after[1] - before[1])
    return abs(wall - awake) > _JUMP or wall > PULSE + _JUMP


class WatcherThread(QObject):
    """Owns the thread of the watcher. Belongs to the GUI thread.

    Signals `reported`, `checked` and `failed` are those of the watcher, arriving in the GUI thread. The slot
    `hear` may be connected to the change bus.
    """

    reported = Signal(object)
    checked = Signal(object)
    failed = Signal(object)
    _heard = Signal(object)
    _asked = Signal()

    def __init__(self, context: BookContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_stopped = False
        self._thread = QThread(self)
        self._thread.setObjectName("due watcher")
        self._watcher = DueWatcher(context)
        self._watcher.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._watcher.reported.connect(self._pass_report, queued)
        self._watcher.checked.connect(self._pass_check, queued)
        self._watcher.failed.connect(self._pass_failure, queued)
        self._heard.connect(self._watcher.hear, queued)
        self._asked.connect(self._watcher.check, queued)
        self._thread.started.connect(self._watcher.start)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended. Harmless if it never ran."""
        # Answers that are still on their way find nobody.
        self._is_stopped = True
        if not self._thread.isRunning():
            return
        QMetaObject.invokeMethod(self._watcher, "stop", Qt.ConnectionType.BlockingQueuedConnection)
        self._thread.quit()
        self._thread.wait()

    def hear(self, changes: Changes) -> None:
        """Pass on what changed in the book."""
        self._heard.emit(changes)

    def check_now(self) -> None:
        """Ask for a check out of turn."""
        self._asked.emit()

    def _pass_report(self, report: DueReport) -> None:
        if not self._is_stopped:
            self.reported.emit(report)

    def _pass_check(self, next_at: datetime) -> None:
        if not self._is_stopped:
            self.checked.emit(next_at)

    def _pass_failure(self, error: EnvironmentProblem) -> None:
        if not self._is_stopped:
            self.failed.emit(error)
