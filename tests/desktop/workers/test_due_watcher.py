"""The watcher checks when it must, tells what differs, and never writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.workers.due_watcher import DueWatcher, WatcherThread
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.context import BookContext
from retainerdesk.services.due import mark_notified
from retainerdesk.services.results import Changes
from retainerdesk.services.summaries import DueReport
from tests.desktop.conftest import TODAY


@dataclass
class HandClock:
    """A clock set by hand; `awake` are the seconds the machine was awake."""

    now: datetime = datetime(2026, 11, 22, 9, tzinfo=UTC)
    day: date = TODAY
    awake: float = 0.0

    def today(self, _time_zone: str) -> date:
        return self.day

    def utc_now(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.awake

    def pass_awake(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.awake += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def watcher(context: BookContext, clock: HandClock, qtbot: QtBot) -> Iterator[DueWatcher]:
    """A watcher whose pulses are given by hand, after its first check."""
    watcher = DueWatcher(replace(context, clock=clock), clock.monotonic)
    watcher.pulse()
    yield watcher
    watcher.stop()


def checks_of(watcher: DueWatcher) -> list[datetime]:
    seen: list[datetime] = []
    watcher.checked.connect(seen.append)
    return seen


def test_the_first_pulse_reports_what_is_due_and_when_it_looks_again(
    context: BookContext, clock: HandClock, qtbot: QtBot
) -> None:
    """From 09:00 a quarter of an hour on is 09:15."""
    watcher = DueWatcher(replace(context, clock=clock), clock.monotonic)
    checks = checks_of(watcher)
    with qtbot.waitSignal(watcher.reported) as told:
        watcher.pulse()
    assert len(told.args[0].items) == 14
    assert checks == [datetime(2026, 11, 22, 9, 15, tzinfo=UTC)]


def test_it_rests_for_a_quarter_of_an_hour(watcher: DueWatcher, clock: HandClock) -> None:
    checks = checks_of(watcher)
    for _ in range(14):
        clock.pass_awake(60)
        watcher.pulse()
    assert checks == []
    clock.pass_awake(60)
    watcher.pulse()
    assert len(checks) == 1


def test_it_checks_after_the_machine_slept(watcher: DueWatcher, clock: HandClock) -> None:
    """Ten minutes asleep: the wall clock went on, the time awake did not."""
    checks = checks_of(watcher)
    clock.now += timedelta(minutes=10)
    watcher.pulse()
    assert len(checks) == 1


def test_it_checks_after_a_pause_of_pulses_where_sleep_counts_as_awake(
    watcher: DueWatcher, clock: HandClock
) -> None:
    checks = checks_of(watcher)
    clock.pass_awake(300)
    watcher.pulse()
    assert len(checks) == 1


def test_it_checks_when_the_clock_was_set_back(watcher: DueWatcher, clock: HandClock) -> None:
    checks = checks_of(watcher)
    clock.now -= timedelta(hours=1)
    watcher.pulse()
    assert len(checks) == 1


def test_it_checks_when_the_date_changes(watcher: DueWatcher, clock: HandClock) -> None:
    checks = checks_of(watcher)
    clock.pass_awake(60)
    clock.day = TODAY + timedelta(days=1)
    watcher.pulse()
    assert len(checks) == 1


@pytest.mark.parametrize(
    "changes", [Changes(money=True), Changes(dates=True), Changes(work=True), Changes(agreement=True)]
)
def test_it_checks_when_a_change_can_make_something_due(watcher: DueWatcher, changes: Changes) -> None:
    checks = checks_of(watcher)
    watcher.hear(changes)
    assert len(checks) == 1


def test_it_does_not_check_for_a_note(watcher: DueWatcher) -> None:
    checks = checks_of(watcher)
    watcher.hear(Changes(relationship=True))
    assert checks == []


def test_a_report_is_told_only_if_it_differs(watcher: DueWatcher, context: BookContext) -> None:
    told: list[DueReport] = []
    watcher.reported.connect(told.append)
    watcher.check()
    assert told == []
    with context.store.reading() as uow:
        keys = [item.key for item in watcher._report.items]  # type: ignore[union-attr]
    with context.store.writing() as uow:
        mark_notified(uow, keys, TODAY)
        uow.commit()
    watcher.check()
    assert [report.fresh for report in told] == [()]


def test_a_book_that_cannot_be_read_is_told_once_and_tried_again(
    context: BookContext, clock: HandClock, qtbot: QtBot
) -> None:
    watcher = DueWatcher(replace(context, clock=clock), clock.monotonic)
    failures: list[EnvironmentProblem] = []
    watcher.failed.connect(failures.append)
    moved = context.path.with_suffix(".away")
    context.store.close()
    context.path.rename(moved)
    watcher.pulse()
    clock.pass_awake(901)
    watcher.pulse()
    assert [type(failure) for failure in failures] == [EnvironmentProblem]
    moved.rename(context.path)
    clock.pass_awake(901)
    with qtbot.waitSignal(watcher.reported):
        watcher.pulse()


class Listener(QObject):
    """Notes in which thread a report arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[threading.Thread] = []
        self.reports: list[DueReport] = []

    def take(self, report: DueReport) -> None:
        self.threads.append(threading.current_thread())
        self.reports.append(report)


def test_reports_of_the_thread_arrive_in_the_gui_thread_and_stopping_waits(
    context: BookContext, qtbot: QtBot
) -> None:
    thread, listener = WatcherThread(context), Listener()
    thread.reported.connect(listener.take)
    thread.start()
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=10_000)
    assert listener.threads == [threading.current_thread()]
    with qtbot.waitSignal(thread.checked):
        thread.check_now()
    with qtbot.waitSignal(thread.checked):
        thread.hear(Changes(money=True))
    thread.stop()
    assert not thread._thread.isRunning()
    thread.stop()


def test_stopping_one_that_never_ran_is_harmless(context: BookContext, qtbot: QtBot) -> None:
    WatcherThread(context).stop()
