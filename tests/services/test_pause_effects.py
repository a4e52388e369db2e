"""What a pause would change is computed from the agreement and what was invoiced, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, Period
from retainerdesk.domain.plan import Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Pause, PauseFee, Retainer
from retainerdesk.services.accounts import add_account
from retainerdesk.services.business import save_business
from retainerdesk.services.explain import explain_charge
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.pause_effects import pause_effects, with_pause
from retainerdesk.services.retainers import add_retainer, get_retainer
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.system.clock import FixedClock

TODAY = date(2026, 5, 4)
PLAN = Plan(
    date(2026, 4, 1), Money(310000, "EUR"), MONTHLY, Alignment.CALENDAR, allowance_minutes=31 * 60,
    rollover=Rollover(RolloverPolicy.SURPLUS),
)  # fmt: skip
RETAINER = Retainer("acme", "care", "Care", date(2026, 4, 1), (PLAN,))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookStore]:
    """EUR 3,100 a calendar month in advance with 31 h; April and May are invoiced."""
    store = open_book(tmp_path / "book.retainerdesk", FixedClock(TODAY), create=True)
    with store.writing() as uow:
        save_business(uow, Business("Studio", currency="EUR"))
        add_account(uow, Account("acme", "ACME", "EUR"))
        add_retainer(uow, RETAINER)
        uow.commit()
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    issue_invoices(store, IssueCommand(run.proposals, TODAY), TODAY)
    yield store
    store.close()


def test_days_invoiced_already_come_back_as_credit(book: BookStore) -> None:
    """Ten days of May: 10/31 of 3,100 = 1,000, all of it invoiced; 10 of 31 hours are not granted."""
    with book.reading() as uow:
        effects = pause_effects(uow, RETAINER, Pause(Period(date(2026, 5, 11), date(2026, 5, 21))), TODAY)
    assert (effects.fee_less, effects.credit) == (Money(100000, "EUR"), Money(100000, "EUR"))
    assert effects.minutes_less == 600


def test_days_ahead_are_not_invoiced_at_all(book: BookStore) -> None:
    """June falls away, nothing comes back. The 31 h of April are carried, those of May alive as well."""
    with book.reading() as uow:
        effects = pause_effects(uow, RETAINER, Pause(Period(date(2026, 6, 1), date(2026, 7, 1))), TODAY)
    assert (effects.fee_less, effects.credit) == (Money(310000, "EUR"), Money(0, "EUR"))
    assert effects.live_minutes == 62 * 60


def test_a_pause_that_is_paid_changes_no_fee(book: BookStore) -> None:
    pause = Pause(Period(date(2026, 6, 1), date(2026, 7, 1)), fee=PauseFee.FULL)
    with book.reading() as uow:
        assert pause_effects(uow, RETAINER, pause, TODAY).fee_less == Money(0, "EUR")


def test_overlapping_pauses_are_refused_and_nothing_is_written(book: BookStore) -> None:
    pause = Pause(Period(date(2026, 6, 1), date(2026, 7, 1)))
    with book.reading() as uow, pytest.raises(RuleViolation, match="overlap"):
        pause_effects(uow, with_pause(RETAINER, pause), pause, TODAY)
    with book.reading() as uow:
        assert get_retainer(uow, "acme", "care") == RETAINER


def test_a_fee_is_explained_by_its_plan_and_its_days(book: BookStore) -> None:
    with book.reading() as uow:
        charge = preview_invoices(uow, date(2026, 6, 1), TODAY).proposals[0].charges[0]
        explained = explain_charge(uow, charge, TODAY)
    assert explained.plan is not None
    assert (explained.plan.number, explained.plan.count) == (1, 1)
    assert [(piece.span, piece.net) for piece in explained.pieces] == [
        (Period(date(2026, 6, 1), date(2026, 7, 1)), Money(310000, "EUR"))
    ]
    assert explained.hours is None


def test_a_charge_of_the_account_itself_has_no_plan(book: BookStore) -> None:
    from retainerdesk.domain.work import OneOffCharge
    from retainerdesk.services.rows import add_row

    with book.writing() as uow:
        add_row(uow, OneOffCharge("acme", "x1", TODAY, "Workshop", Decimal(2), Decimal("150.00")))
        uow.commit()
    with book.reading() as uow:
        charge = preview_invoices(uow, TODAY, TODAY).proposals[0].charges[0]
        explained = explain_charge(uow, charge, TODAY)
    assert explained == replace(explained, retainer=None, plan=None, pieces=(), hours=None)
    assert charge.net == Money(30000, "EUR")
