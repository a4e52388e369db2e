"""Clocks that go back, run ahead, change their zone or sleep: no period is billed twice, none is lost."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from retainerdesk.domain.period import Alignment
from retainerdesk.domain.schedule import billing_periods
from retainerdesk.services.book_files import ImportOptions, import_files
from retainerdesk.services.due import find_due, mark_notified
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.system.clock import SystemClock
from tests.cli.books import account, book, plan, retainer
from tests.domain.builders import plan as domain_plan
from tests.domain.builders import retainer as domain_retainer
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.still_clock import StillClock

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
missing_faketime = pytest.mark.skipif(
    not FAKETIME.exists(), reason="the package libfaketime is not installed"
)


def needs_faketime(test: Any) -> Any:
    """Marks a test that starts processes with a clock of their own; they take seconds."""
    return pytest.mark.faults(missing_faketime(test))


ZONES = (
    "Europe/Paris", "Europe/London", "Europe/Kyiv", "America/New_York", "America/Los_Angeles",
    "America/St_Johns", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe",
    "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


def make(folder: Path, *accounts: Any, **more: Any) -> Path:
    """A book of these accounts."""
    jobs.make_empty(folder)
    document = book(*accounts, **more)
    (folder / "in" / "book.json").write_text(json.dumps(document), encoding="utf-8")
    path = folder / "my.book"
    with closing(open_book(path, jobs.CLOCK, create=True)) as store:
        import_files(store, jobs.kept_in(folder), [folder / "in" / "book.json"], ImportOptions())
    return path


def one_monthly(folder: Path) -> Path:
    return make(folder, account("alfa", retainer("advisory", "2026-01-01", plan("2026-01-01", "1000.00"))))


def bill_on(path: Path, day: date) -> tuple[str, ...]:
    """Bill on a day; the numbers issued."""
    with closing(open_book(path, StillClock(day))) as store:
        return issue_on(store, day)


def issue_on(store: BookStore, day: date) -> tuple[str, ...]:
    with store.reading() as uow:
        run = preview_invoices(uow, day, day)
    result = issue_invoices(store, IssueCommand(run.proposals, day), day).value
    return tuple(invoice.number for invoice in result.issued)


def services(path: Path) -> list[tuple[str, str, str, int]]:
    """(account, kind, service, net) of every line, in order."""
    with closing(open_book(path, jobs.CLOCK)) as store, store.reading() as uow:
        return sorted(
            (invoice.account_id, line.key.kind.value, str(line.key.service), line.net.minor)
            for file in load_book(uow).accounts
            for invoice in file.invoices
            for line in invoice.lines
        )


def command(path: Path, moment: str, *arguments: str, zone: str = "UTC") -> Any:
    """A command as JSON in a process whose machine says that it is `moment`, in that zone."""
    variables = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": moment, "TZ": zone}
    done = subprocess.run(
        [sys.executable, "-m", "retainerdesk", "--book", str(path), *arguments, "--json"],
        capture_output=True, env={**os.environ, **variables}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@needs_faketime
def test_a_machine_set_back_bills_nothing_twice_and_dates_nothing_before_the_last(
    folder: Path, figures: Figures
) -> None:
    """Billed on 2 March; then the clock says 1 March, 1 February, a year ago; then 2 April."""
    path = one_monthly(folder)
    assert len(command(path, "@2026-03-02 10:00:00", "bill")["issued"]) == 3
    jumps = ["@2026-03-02 09:00:00", "@2026-03-01 10:00:00", "@2026-02-01 10:00:00", "@2025-03-02 10:00:00"]
    for moment in jumps:
        assert command(path, moment, "bill")["issued"] == []
    assert len(command(path, "@2026-04-02 10:00:00", "bill")["issued"]) == 1
    assert broken(path, date(2026, 4, 2)) == []
    figures.add("F30", "machine clock set back (libfaketime)", jumps=len(jumps), doubled=0, out_of_order=0)


@depths
def test_days_in_any_order_bill_each_period_once(depth: str, tmp_path: Path, figures: Figures) -> None:
    """A clock that jumps about a whole year, forwards and backwards, and ends on its last day."""
    chance = random.Random(30)
    runs = 2 if depth == SAMPLE else 40
    for run in range(runs):
        path = one_monthly(tmp_path / str(run))
        for _ in range(12):
            bill_on(path, date(2026, 1, 1) + timedelta(days=chance.randrange(365)))
        bill_on(path, date(2026, 12, 31))
        assert len(services(path)) == 12
        assert broken(path, date(2026, 12, 31)) == []
    if depth == ALL:
        figures.add(
            "F30", "random clock jumps over a year", jumps=runs * 12, doubled=0, lost=0, out_of_order=0
        )


@needs_faketime
def test_a_clock_far_ahead_issues_nothing_without_consent(folder: Path, figures: Figures) -> None:
    path = one_monthly(folder)
    answer = command(path, "@2099-06-01 10:00:00", "bill")
    assert answer["issued"] == []
    assert "charges at once" in answer["parked"][0]["reason"]
    assert len(command(path, "@2026-02-01 10:00:00", "bill")["issued"]) == 2
    figures.add("F31", "a clock in 2099, then right again", issued_without_consent=0)


def minutes_of_the_changes(name: str, step: int) -> Iterator[datetime]:
    """The minutes from midnight to six of every night of 2026 on which the zone changes its offset."""
    zone = ZoneInfo(name)
    for number in range(365):
        midnight = datetime(2026, 1, 1, tzinfo=zone) + timedelta(days=number)
        if midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset():
            start = midnight.astimezone(UTC) - timedelta(hours=1)
            yield from (start + timedelta(minutes=minute) for minute in range(0, 480, step))


@depths
def test_nights_in_which_the_clock_changes_bill_every_period_once(
    depth: str, tmp_path: Path, figures: Figures
) -> None:
    """Runs in each minute of the nights; the business day is the calendar date of its zone."""
    zones = ZONES[:1] if depth == SAMPLE else ZONES
    runs = 0
    for name in zones:
        folder = tmp_path / name.replace("/", "-")
        document = book(account("a", retainer("r", "2026-01-01", plan("2026-01-01", "10.00"))))
        document["business"]["time_zone"] = name
        path = make(folder, *document["accounts"], business=document["business"])
        with closing(open_book(path, SystemClock())) as store:
            before = date(2025, 12, 31)
            for moment in minutes_of_the_changes(name, 60 if depth == SAMPLE else 10):
                with time_machine.travel(moment, tick=False):
                    today = SystemClock().today(name)
                    issue_on(store, today)
                assert today == moment.astimezone(ZoneInfo(name)).date()
                assert before <= today
                before, runs = today, runs + 1
            issue_on(store, date(2026, 12, 31))
        assert len(services(path)) == 12
        assert broken(path, date(2026, 12, 31)) == []
    if depth == ALL:
        figures.add(
            "F32", f"runs in the nights of the change, {len(zones)} zones", runs=runs, doubled=0, lost=0
        )


@needs_faketime
def test_a_machine_that_travels_moves_no_date(folder: Path, figures: Figures) -> None:
    """23:30 in Berlin on 31 January is 1 February on Kiritimati and 31 January on Midway: it is Berlin's."""
    path = one_monthly(folder)
    before = services(path)
    moment = "@2026-01-31 22:30:00"  # UTC; libfaketime reads it in the machine's zone
    moved = 0
    for zone, local in (("UTC", moment), ("Pacific/Kiritimati", "@2026-02-01 12:30:00"),
                        ("Pacific/Midway", "@2026-01-31 11:30:00")):  # fmt: skip
        answer = command(path, local, "bill", "--dry-run", zone=zone)
        moved += answer["as_of"] != "2026-01-31"
    assert moved == 0
    assert services(path) == before
    figures.add("F33", "one instant in three zones", dates_moved=moved)


@depths
def test_three_months_asleep_end_like_ninety_five_days_awake(
    depth: str, tmp_path: Path, figures: Figures
) -> None:
    """The periods and amounts are equal; only the dates of issue differ. Each item is announced once."""
    days = 40 if depth == SAMPLE else 95
    jobs.make_owing(tmp_path / "awake")
    jobs.make_owing(tmp_path / "asleep")
    awake, asleep = tmp_path / "awake" / "my.book", tmp_path / "asleep" / "my.book"
    announced: list[str] = []
    with closing(open_book(awake, jobs.CLOCK)) as store:
        for number in range(0, days + 1, 5 if depth == SAMPLE else 1):
            day = jobs.TODAY + timedelta(days=number)
            issue_on(store, day)
            with store.writing() as uow:
                fresh = [item.key for item in find_due(uow, day).fresh]
                announced += fresh
                mark_notified(uow, fresh, day)
                uow.commit()
    last = jobs.TODAY + timedelta(days=days)
    bill_on(asleep, last)
    assert services(asleep) == services(awake)
    assert len(announced) == len(set(announced))
    assert broken(asleep, last) == []
    if depth == ALL:
        figures.add("F34", "95 days asleep against 95 daily runs", missing=0, doubled=0, announced_twice=0)


@needs_faketime
def test_a_machine_that_slept_ninety_five_days_catches_up_once(folder: Path, figures: Figures) -> None:
    path = one_monthly(folder)
    assert len(command(path, "@2026-01-02 10:00:00", "bill")["issued"]) == 1
    assert len(command(path, "@2026-04-07 10:00:00", "bill")["issued"]) == 3
    assert command(path, "@2026-04-07 10:00:05", "bill")["issued"] == []
    figures.add("F34", "a machine asleep for 95 days (libfaketime)", periods_caught_up=3, doubled=0)


@pytest.mark.parametrize("start", [date(2027, 12, day) for day in (29, 30, 31)] + [date(2028, 2, 29)])
def test_an_anchor_on_the_last_days_of_a_month_never_drifts(start: date, figures: Figures) -> None:
    """Each boundary lies in the month after the one before, on the anchor's day or the month's last."""
    agreed = domain_retainer(domain_plan(start, alignment=Alignment.ANNIVERSARY))
    spans = [each.span for each in billing_periods(agreed, start + timedelta(days=1500))]
    assert len(spans) >= 48
    for earlier, later in pairwise(spans):
        assert earlier.end == later.start
        last_day = (later.start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert later.start.day == min(start.day, last_day.day)
    figures.add("F37", f"monthly from {start}, four years", drifted=0)


@needs_faketime
def test_two_programs_billing_at_midnight_of_the_year_take_each_number_once(
    folder: Path, figures: Figures
) -> None:
    """Both start at 23:59:58 on 31 December; their 40 invoices are numbered 1..40 all the same."""
    accounts = [
        account(f"a{n:02}", retainer("r", "2026-12-01", plan("2026-12-01", "5.00"))) for n in range(40)
    ]
    path = make(folder, *accounts)
    variables = {
        **os.environ,
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": "@2026-12-31 23:59:58",
        "TZ": "Europe/Berlin",
    }
    call = [sys.executable, "-m", "retainerdesk", "--book", str(path), "bill", "--json"]
    both = [subprocess.Popen(call, env=variables, stdout=subprocess.PIPE) for _ in range(2)]
    issued = [len(json.loads(each.communicate()[0])["issued"]) for each in both]
    assert all(each.returncode == 0 for each in both)
    assert broken(path, date(2027, 1, 1)) == []
    assert sum(issued) == len(services(path)) >= 40
    figures.add(
        "F38", "two programs billing over the turn of the year", invoices=sum(issued), doubled=0, gaps=0
    )
