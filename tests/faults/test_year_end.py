"""Numbers over the turn of a year: two programs at once, real processes on one book, yearly series."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.books import load_book
from tests.cli.books import account, plan, retainer
from tests.faults import jobs
from tests.faults.figures import Figures
from tests.faults.invariants import broken
from tests.faults.test_clock import FAKETIME, make, needs_faketime

ACCOUNTS = 24


def owing(folder: Path, first: str, **series: Any) -> Path:
    """Accounts with one fee each due on the last day of a year; one yearly series."""
    yearly = {"id": "invoice", "format": "{year}-{number:04}", "reset": "yearly", **series}
    agreed = [
        account(f"a{n:02}", retainer("r", first, plan(first, "5.00", alignment="anniversary")))
        for n in range(ACCOUNTS)
    ]
    return make(folder, *agreed, series=[yearly])


def bill_command(path: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "retainerdesk", "--book", str(path), "bill", "--json", *more]


def numbers_of(path: Path) -> dict[int, list[int]]:
    """The sequences of each fiscal year, in order, and every number once."""
    with closing(open_book(path, jobs.CLOCK)) as store:
        with store.reading() as uow:
            issued = [invoice for file in load_book(uow).accounts for invoice in file.invoices]
        assert check_book(store, date(2028, 1, 1)) == ()
    assert len({invoice.number for invoice in issued}) == len(issued)
    years = sorted({invoice.series_year for invoice in issued})
    return {year: sorted(each.sequence for each in issued if each.series_year == year) for year in years}


@pytest.mark.faults
@pytest.mark.parametrize(
    ("before", "after", "starts_in"),
    [("2026-12-31", "2027-01-01", 1), ("2027-03-31", "2027-04-01", 4)],
)
def test_two_workers_on_two_sides_of_midnight_take_each_number_once(
    before: str, after: str, starts_in: int, folder: Path, figures: Figures
) -> None:
    """One still has the last day of the year, the other the first of the next; both bill the same accounts.

    Whoever comes first: no number twice, no gap, and nothing of the old year once the new one has begun.
    """
    path = owing(folder, before, year_starts_in=starts_in)
    calls = [bill_command(path, "--as-of", day) for day in (before, after)]
    both = [subprocess.Popen(call, stdout=subprocess.PIPE) for call in calls]
    answers = [json.loads(each.communicate()[0]) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    issued = [number for answer in answers for number in answer["issued"]]
    found = numbers_of(path)
    assert sum(len(each) for each in found.values()) == len(issued) == ACCOUNTS
    for sequences in found.values():
        assert sequences == list(range(1, len(sequences) + 1))
    assert set(found) <= {2026, 2027}
    assert broken(path, date(2027, 4, 2)) == []
    tried = f"two workers at the turn of a year from month {starts_in}"
    figures.add("F38", tried, invoices=len(issued), doubled=0, gaps=0)


@needs_faketime
def test_two_programs_started_before_midnight_number_by_the_date_they_issue(
    folder: Path, figures: Figures
) -> None:
    """Both start at 23:59:58 on 31 December; the 24 invoices are 1..n of each year they were issued in."""
    path = owing(folder, "2026-12-31")
    variables = {
        **os.environ,
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME": "@2026-12-31 23:59:58",
        "TZ": "Europe/Berlin",
    }
    both = [subprocess.Popen(bill_command(path), env=variables, stdout=subprocess.PIPE) for _ in range(2)]
    issued = [each for one in both for each in json.loads(one.communicate()[0])["issued"]]
    found = numbers_of(path)
    assert sum(len(each) for each in found.values()) == len(issued) == ACCOUNTS
    for sequences in found.values():
        assert sequences == list(range(1, len(sequences) + 1))
    figures.add("F38", "two programs over midnight, a yearly series", invoices=len(issued), doubled=0, gaps=0)


def test_a_worker_that_still_has_yesterday_issues_nothing_once_the_year_has_begun(folder: Path) -> None:
    """The new year takes 1..24; a worker that still believes in 31 December parks every account."""
    path = owing(folder, "2026-12-31")
    done = subprocess.run(bill_command(path, "--as-of", "2027-01-01", "--account", "a00"), check=True,
                          capture_output=True)  # fmt: skip
    assert json.loads(done.stdout)["issued"][0]["number"] == "2027-0001"
    late = subprocess.run(bill_command(path, "--as-of", "2026-12-31"), check=True, capture_output=True)
    answer = json.loads(late.stdout)
    assert answer["issued"] == []
    assert len(answer["parked"]) == ACCOUNTS - 1
    assert numbers_of(path) == {2027: [1]}
