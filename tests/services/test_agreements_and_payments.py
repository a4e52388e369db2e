"""Retainers keep what was invoiced, payments settle what they say, rows refuse what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.accounts import change_account, free_id, get_account
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.payments import open_invoices, propose_allocations, record_payment, remove_payment
from retainerdesk.services.retainers import change_retainer, first_open_day, get_retainer, starts_in_the_past
from retainerdesk.services.rows import add_row
from retainerdesk.store.book_store import BookStore
from tests.services.conftest import monthly

FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def issued(store: BookStore) -> BookStore:
    """January and February are issued: 2026-0001 and 2026-0002, 1,190.00 each, due 15 February."""
    with store.reading() as uow:
        run = preview_invoices(uow, FEBRUARY, FEBRUARY)
    issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY)
    return store


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_plan_that_was_invoiced_cannot_change(issued: BookStore) -> None:
    with issued.writing() as uow:
        care = get_retainer(uow, "acme", "care")
        dearer = replace(care, plans=(monthly(date(2026, 1, 1), 200_000),))
        with pytest.raises(RuleViolation, match="Add a new plan") as refusal:
            change_retainer(uow, dearer)
    assert refusal.value.field == "plans"


def test_a_new_plan_from_a_later_day_is_a_change_that_is_allowed(issued: BookStore) -> None:
    with issued.writing() as uow:
        care = get_retainer(uow, "acme", "care")
        change_retainer(uow, replace(care, plans=(*care.plans, monthly(date(2026, 3, 1), 200_000))))


def test_the_currency_of_an_account_stays(issued: BookStore) -> None:
    with issued.writing() as uow, pytest.raises(RuleViolation, match="currency"):
        change_account(uow, replace(get_account(uow, "acme"), currency="USD"))


def test_a_payment_settles_the_oldest_invoice_first_and_the_rest_is_credit(issued: BookStore) -> None:
    """2,500.00 for two invoices of 1,190.00: both settled, 120.00 stay as credit."""
    with issued.writing() as uow:
        parts = propose_allocations(uow, "acme", euro(250_000))
        assert [(part.invoice_number, part.amount.minor) for part in parts] == [
            ("2026-0001", 119_000),
            ("2026-0002", 119_000),
        ]
        paid = Payment("acme", "p1", FEBRUARY, euro(250_000), parts)
        record_payment(uow, paid)
        assert open_invoices(uow, "acme") == ()
        remove_payment(uow, paid)
        assert [each.balance.minor for each in open_invoices(uow, "acme")] == [119_000, 119_000]


def test_a_payment_cannot_settle_more_than_the_invoice(issued: BookStore) -> None:
    too_much = (Allocation("2026-0001", euro(119_001)),)
    with issued.writing() as uow, pytest.raises(RuleViolation):
        record_payment(uow, Payment("acme", "p1", FEBRUARY, euro(200_000), too_much))


@pytest.mark.parametrize("minor", [0, -100])
def test_a_payment_is_an_amount_above_zero(issued: BookStore, minor: int) -> None:
    with issued.writing() as uow, pytest.raises(RuleViolation, match="above zero"):
        record_payment(uow, Payment("acme", "p1", FEBRUARY, euro(minor)))


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_work_is_between_a_minute_and_a_day(store: BookStore, minutes: int) -> None:
    with store.writing() as uow, pytest.raises(RuleViolation, match="between 1 minute and 24 hours"):
        add_row(uow, WorkEntry("acme", "w1", FEBRUARY, minutes, "ada"))


def test_a_retainer_that_began_before_asks_about_finished_periods(store: BookStore) -> None:
    with store.reading() as uow:
        care = get_retainer(uow, "acme", "care")
    assert not starts_in_the_past(care, date(2026, 1, 31))
    assert starts_in_the_past(care, FEBRUARY)
    assert first_open_day(care, date(2026, 3, 10)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("ACME & Söhne <Ltd>", (), "acme-soehne-ltd"),
        ("Łódź", (), "odz"),
        ("Ромашка", (), "account"),
        ("Acme", ("acme", "acme-2"), "acme-3"),
    ],
)
def test_a_short_name_is_made_of_the_name(name: str, taken: tuple[str, ...], expected: str) -> None:
    assert free_id(name, taken) == expected
