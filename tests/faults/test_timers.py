"""What is due in sixty days is told once, and nothing ever waits longer than an hour for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.due_inbox import DueInbox
from retainerdesk.desktop.workers.due_watcher import CHECK_EVERY, PULSE, DueWatcher
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.domain.work import Action
from retainerdesk.services.context import BookContext
from retainerdesk.services.rows import add_row
from retainerdesk.store.book_store import BookStore
from tests.faults import jobs
from tests.faults.figures import Figures

HOUR_MS = 3_600_000
LONGEST_OF_QT_MS = 2**31 - 1
DAYS = 60
DESKTOP = Path(__file__).parents[2] / "retainerdesk" / "desktop"


class HandClock:
    """A clock set by hand, of a machine that never sleeps."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 2, 9, tzinfo=UTC)

    def today(self, _time_zone: str) -> date:
        return self.now.date()

    def utc_now(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def store(folder: Path) -> Iterator[BookStore]:
    jobs.make_owing(folder)
    with jobs.opened(folder) as store:
        yield store


@pytest.mark.faults
def test_what_is_due_in_sixty_days_is_announced_once_on_its_day(
    store: BookStore, folder: Path, qtbot: QtBot, figures: Figures
) -> None:
    """Woken every six hours for 61 days, and hourly around the day; QTimer itself ends at 24.8 days."""
    clock = HandClock()
    due_on = clock.now.date() + timedelta(days=DAYS)
    context = replace(BookContext(store, jobs.CLOCK, jobs.files_of(folder)), clock=clock)
    desk = Desk(context)
    desk.write(add_row, Action("alfa", "far", "Call them", due_on=due_on))
    inbox, watcher = DueInbox(desk), DueWatcher(context, clock.monotonic)
    told: list[tuple[date, DueItem]] = []
    inbox.announce.connect(lambda items: told.extend((clock.now.date(), item) for item in items))
    watcher.reported.connect(inbox.receive)
    wakes = 0
    while clock.now.date() <= due_on + timedelta(days=1):
        watcher.pulse()
        is_near = abs((due_on - clock.now.date()).days) <= 1
        clock.now += timedelta(hours=1 if is_near else 6)
        wakes += 1
    far = [day for day, item in told if item.kind is DueKind.ACTION_DUE]
    assert far == [due_on]
    figures.add("F39", f"an action due in {DAYS} days", wakes=wakes, announced=len(far))
    desk.close()


def waits() -> Iterator[tuple[str, int]]:
    """Every wait that is written in the desktop as a number of milliseconds, by its place."""
    for path in sorted(DESKTOP.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if name.endswith("_MS") and isinstance(node.value, ast.Constant):
                    wait = node.value.value
                    assert isinstance(wait, int)
                    yield f"{path.name} {name}", wait
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                is_wait = node.func.attr in {"setInterval", "singleShot", "start"}
                if is_wait and isinstance(first, ast.Constant) and isinstance(first.value, int):
                    yield f"{path.name}:{node.lineno}", first.value


def test_no_timer_of_the_program_waits_longer_than_an_hour(figures: Figures) -> None:
    found = dict(waits())
    found["watcher"] = int(PULSE.total_seconds() * 1000)
    assert len(found) > 10
    assert {name: wait for name, wait in found.items() if wait > HOUR_MS} == {}
    assert timedelta(hours=1) >= CHECK_EVERY
    assert HOUR_MS < LONGEST_OF_QT_MS
    figures.add(
        "F39", "timers of the program", timers=len(found), longest=f"{max(found.values()) // 60_000} min"
    )
