"""Amounts and times nobody expects: huge, tiny, without decimals, with three; 24:00, leap seconds."""

from __future__ import annotations

import json
import random
from contextlib import closing
from datetime import date, time
from pathlib import Path

import pytest

from retainerdesk.domain.money import Money, allocate
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Proration
from retainerdesk.domain.proration import prorate_parts
from retainerdesk.domain.schedule import Slice
from retainerdesk.exchange.time_csv.values import parse_clock, parse_duration
from retainerdesk.services.book_files import ImportOptions, import_files
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.invoices import list_invoices
from tests.cli.books import account, book, plan, retainer
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths
from tests.faults.invariants import broken
from tests.faults.test_clock import make

DAY = date(2026, 1, 31)
AMOUNTS = (
    # currency, quantity, price, tax %, net and gross in minor units worked by hand (None: refused)
    ("EUR", "0.0001", "100.00", "19", 1, 1),  # 0.01; tax 0.0019
    ("EUR", "0.0001", "0.01", "19", 0, 0),
    ("EUR", "1", "9999999999999.99", "19", 999999999999999, 1189999999999999),  # tax 189999999999999.81
    ("EUR", "1", "999999999999999.99", "0", 99999999999999999, 99999999999999999),
    ("EUR", "1", "1000000000000000.00", "0", None, None),
    ("EUR", "999999", "999999999999999.99", "0", None, None),
    ("EUR", "-1", "10.00", "19", None, None),
    ("EUR", "0", "10.00", "19", 0, 0),
    ("JPY", "3", "333", "10", 999, 1099),  # tax 99.9
    ("JPY", "0.5", "333", "10", 167, 184),  # 166.5; tax 16.7
    ("JPY", "1", "0.5", "10", 1, 1),  # a price may be finer than the currency; tax 0.1
    ("KWD", "1", "1.005", "5", 1005, 1055),  # tax 50.25
    ("BHD", "3", "0.333", "10", 999, 1099),
    ("BHD", "1", "0.3333", "10", 333, 366),
    ("BHD", "1", "0.33333", "10", None, None),
)


def billed(folder: Path, currency: str, quantity: str, price: str, rate: str) -> tuple[int, int] | str:
    """Net and gross of the one invoice of a one-off charge; in words why there is none."""
    jobs.make_empty(folder)
    sold = account("a", currency=currency, country="DE")
    category = "standard" if rate != "0" else "zero"
    sold["tax"] = {"category": category, "rate": rate, "included": False, "reason": None}
    sold["charges"] = [{"on": "2026-01-05", "text": "Work", "quantity": quantity, "unit_price": price}]
    return _issued(folder, sold)


def _issued(folder: Path, sold: dict[str, object]) -> tuple[int, int] | str:
    (folder / "in" / "book.json").write_text(json.dumps(book(sold)), encoding="utf-8")
    with jobs.opened(folder, create=True) as store:
        report = import_files(
            store, jobs.kept_in(folder), [folder / "in" / "book.json"], ImportOptions()
        ).value
        if report.refused:
            return "; ".join(map(str, report.refused))
        with store.reading() as uow:
            run = preview_invoices(uow, DAY, DAY)
        result = issue_invoices(store, IssueCommand(run.proposals, DAY), DAY).value
        with store.reading() as uow:
            found = list_invoices(uow)
        if not found:
            return "; ".join(each.reason for each in (*run.parked, *result.parked)) or "nothing to bill"
        return found[0].totals.net.minor, found[0].totals.gross.minor


@pytest.mark.parametrize("case", AMOUNTS, ids=lambda case: " ".join(map(str, case[:4])))
def test_an_odd_amount_is_exact_or_refused(
    case: tuple[str, str, str, str, int | None, int | None], folder: Path, figures: Figures
) -> None:
    currency, quantity, price, rate, net, gross = case
    answer = billed(folder.parent / "odd", currency, quantity, price, rate)
    if net is None:
        assert isinstance(answer, str)
    else:
        assert answer == (net, gross)
    # What is too large to be invoiced is said by the check of the book too.
    wrong = broken(folder.parent / "odd" / "my.book", DAY)
    assert [each for each in wrong if net is not None or "cannot come to" not in each] == []
    found = "refused" if net is None else "exact"
    figures.add("F48/F49", f"{quantity} at {price} {currency} and {rate} %", **{found: 1})


TIMES = {
    "24:00": None, "23:59:60": None, "24:00:00": None, "25:00": None, "-1:00": None, "12:60": None,
    "00:00": time(0, 0), "23:59:59": time(23, 59, 59), "12:00 AM": time(0, 0),
}  # fmt: skip
DURATIONS = {"24:00": 86_400, "25:00": 90_000, "0:00:60": None, "1:60": None, "-1:00": None, "1e3": None}


def test_odd_times_of_day_and_durations_are_read_or_refused(figures: Figures) -> None:
    """A leap second and 24:00 are no times of a clock here; 24:00 is a duration, and 0:00:60 is none."""
    for text, clock in TIMES.items():
        if clock is None:
            with pytest.raises(ValueError, match=r".*"):
                parse_clock(text)
        else:
            assert parse_clock(text) == clock
    for text, seconds in DURATIONS.items():
        if seconds is None:
            with pytest.raises(ValueError, match=r".*"):
                parse_duration(text)
        else:
            assert parse_duration(text) == seconds
    figures.add("F36", "odd times in input", texts=len(TIMES) + len(DURATIONS), crashes=0)


TRACKED = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Ada Nord,a@x.test,Alfa,P,,Night,Yes,2026-01-31,23:30:00,2026-02-01,01:00:00,01:30:00,
Ada Nord,a@x.test,Alfa,P,,Spring,Yes,2026-03-29,01:30:00,2026-03-29,03:30:00,01:00:00,
Ada Nord,a@x.test,Alfa,P,,Autumn,Yes,2026-10-25,01:30:00,2026-10-25,03:30:00,03:00:00,
"""


def test_an_entry_over_midnight_or_a_change_of_the_clock_keeps_its_day_and_its_minutes(
    folder: Path, figures: Figures
) -> None:
    """What was measured counts, not the difference of the clocks; the day is the one it began on."""
    path = make(folder, account("alfa", retainer("r", "2026-01-01", plan("2026-01-01", "10.00"))))
    (folder / "in" / "toggl.csv").write_text(TRACKED, encoding="utf-8")
    with closing(open_book(path, jobs.CLOCK)) as store:
        tracked = [folder / "in" / "toggl.csv"]
        report = import_files(store, jobs.kept_in(folder), tracked, ImportOptions()).value
        assert report.refused == ()
        with store.reading() as uow:
            found = {(entry.on, entry.minutes) for entry in WORK.of_account(uow, "alfa")}
    assert found == {(date(2026, 1, 31), 90), (date(2026, 3, 29), 60), (date(2026, 10, 25), 180)}
    figures.add("F40", "entries over midnight and in both nights of the change", entries=3, exact=3)


@depths
def test_parts_of_a_million_random_amounts_add_up(depth: str, figures: Figures) -> None:
    """Shares by weights, and the parts of a fee by days under every method."""
    cases = 2_000 if depth == SAMPLE else 1_000_000
    chance, january = random.Random(52), Period(date(2026, 1, 1), date(2026, 2, 1))
    whole = Slice(january, january, 1)
    for number in range(cases):
        total = chance.randrange(-(10**12), 10**12)
        if number % 10:
            weights = [chance.randrange(10_000) for _ in range(chance.randrange(1, 6))]
            assert sum(allocate(total, weights)) == total
        else:
            cut = date(2026, 1, chance.randrange(2, 32))
            method = chance.choice(list(Proration))
            parts = prorate_parts(Money(total, "EUR"), january.split_at([cut]), whole, method)
            assert sum(part.minor for part in parts) == total
    if depth == ALL:
        figures.add("F52", "splits by weights and by days", cases=f"{cases:,}", drift=0)
