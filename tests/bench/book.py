"""A book of ten years' work, the same on every machine: 200 accounts at size 1, 20 at a tenth.

Built from domain values through the real repositories, audit chain included; the invoices are what the rules
propose, drawn up on the day each became billable. Kept between runs under a name made of what built it.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from retainerdesk.domain.account import Business, CostRate, Person, Series
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.invoice import Allocation, Invoice, Payment
from retainerdesk.domain.invoicing import Proposal, propose
from retainerdesk.domain.issuing import IssueSlot, draw_up
from retainerdesk.domain.numbering import render
from retainerdesk.domain.period import add_months
from retainerdesk.domain.sample.studio import sample_book
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.chain import chain_head
from retainerdesk.store.repositories.books import add_account_file, add_book
from retainerdesk.store.repositories.invoices import issue
from retainerdesk.store.repositories.parties import save_series
from retainerdesk.store.repositories.payments import add_payments
from retainerdesk.system.clock import FixedClock
from tests.bench.accounts import LAST_RUN_DAYS, account_file

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 7, 15)
SERIES = Series("invoice", "{year}-{number:05}")
_ACCOUNTS_AT_SIZE_1 = 200


@dataclass(frozen=True, slots=True)
class BenchBook:
    """A built book: where it lies and how much is in it."""

    path: Path
    size: Fraction

    def open(self) -> BookStore:
        return open_book(self.path, FixedClock(TODAY))


def bench_book(size: Fraction) -> BenchBook:
    """The book of that size, built on first use. A folder of another content is left alone."""
    folder = Path(tempfile.gettempdir()) / "retainerdesk-bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{content_key()}-x{float(size):g}.retainerdesk"
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        _build(partial, size)
        partial.rename(path)
    return BenchBook(path, size)


def content_key() -> str:
    """A short name of everything that decides what a built book holds."""
    here = Path(__file__).parent
    parts = [
        here / "book.py",
        here / "accounts.py",
        ROOT / "retainerdesk/store/schema.py",
        *sorted((ROOT / "retainerdesk/store/tables").glob("*.py")),
        *sorted((ROOT / "retainerdesk/store/search").glob("*.py")),
    ]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]


def _build(path: Path, size: Fraction) -> None:
    count = max(1, int(_ACCOUNTS_AT_SIZE_1 * size))
    store = open_book(path, FixedClock(TODAY), create=True)
    business, people = parties()
    with store.writing() as uow:
        add_book(uow, Book(business, people, (SERIES,)))
        files = [account_file(index, TODAY) for index in range(count)]
        owed: list[tuple[AccountFile, Proposal]] = []
        for file in files:
            add_account_file(uow, file)
            through = TODAY - timedelta(days=LAST_RUN_DAYS)
            owed += [(file, each) for each in propose(file, through, TODAY, confirmed=True).proposals]
        owed.sort(key=lambda each: (each[1].billable_on, each[1].account_id))
        series = SERIES
        issued: dict[str, list[Invoice]] = {}
        for file, proposal in owed:
            number = render(series, series.next, proposal.billable_on)
            slot = IssueSlot(series.id, number, series.next, proposal.billable_on, chain_head(uow))
            issued.setdefault(file.account.id, []).append(
                issue(uow, draw_up(proposal, business, file.account, slot))
            )
            series = replace(series, next=series.next + 1)
        save_series(uow, series)
        for account_id, invoices in issued.items():
            add_payments(uow, *payments_of(invoices, Random(account_id)))
        uow.commit()
    store.close()


def parties() -> tuple[Business, tuple[Person, ...]]:
    """The studio of the sample business with cost rates that reach back ten years."""
    sample = sample_book(TODAY)
    first = add_months(TODAY.replace(day=1), -121)
    people = tuple(
        replace(
            person, cost_rates=(CostRate(first, person.cost_rates[0].hourly_rate), *person.cost_rates[1:])
        )
        for person in sample.people
    )
    return sample.business, people


def payments_of(invoices: list[Invoice], dice: Random) -> list[Payment]:
    """Nearly everything is paid around its due day; now and then the newest one is not."""
    paid: list[Payment] = []
    for count, invoice in enumerate(invoices, start=1):
        on = invoice.due_on + timedelta(days=dice.choice((-9, -5, -2, 0, 1, 4)))
        if on > TODAY or (count == len(invoices) and dice.random() < 0.3):
            continue
        parts = (Allocation(invoice.number, invoice.totals.gross),)
        paid.append(Payment(invoice.account_id, f"p-{count:04}", on, invoice.totals.gross, parts))
    return paid
