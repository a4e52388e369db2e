"""A real book in a temporary folder, filled by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account, Business, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment
from retainerdesk.domain.plan import Overage, OverageDecision, Plan
from retainerdesk.domain.retainer import Retainer
from retainerdesk.services.accounts import add_account
from retainerdesk.services.business import save_business
from retainerdesk.services.retainers import add_retainer
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.system.clock import FixedClock

STANDARD = TaxRule(TaxCategory.STANDARD, Decimal(19))


def monthly(from_on: date, fee_minor: int, allowance_minutes: int = 0) -> Plan:
    return Plan(
        from_on, Money(fee_minor, "EUR"), MONTHLY, Alignment.CALENDAR,
        allowance_minutes=allowance_minutes, overage=Overage(Decimal(150), OverageDecision.BILL),
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BookStore]:
    """Studio Nord with the account acme: 1,000.00 a month in advance from 1 January 2026."""
    book = open_book(tmp_path / "book.retainerdesk", FixedClock(date(2026, 1, 1)), create=True)
    with book.writing() as uow:
        save_business(uow, Business("Studio Nord", ("Kai 1",), "DE", time_zone="Europe/Berlin"))
        add_account(uow, Account("acme", "ACME", "EUR", tax=STANDARD))
        start = date(2026, 1, 1)
        add_retainer(uow, Retainer("acme", "care", "Care", start, (monthly(start, 100_000),)))
        uow.commit()
    yield book
    book.close()
