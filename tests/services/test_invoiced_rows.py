"""A one-off charge or an expense on an issued invoice stays as charged; the refusal says the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import Expense, OneOffCharge
from retainerdesk.services.drafts import create_drafts
from retainerdesk.services.issue_drafts import list_drafts
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.rows import add_row, change_row, get_row, remove_row
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 1, 10)
CHARGE = OneOffCharge("acme", "c1", date(2026, 1, 5), "Workshop", Decimal(1), Decimal(800))
EXPENSE = Expense("acme", "e1", date(2026, 1, 5), Money(12_000, "EUR"), "Train", True)
ROWS = pytest.mark.parametrize(
    ("row", "dearer", "field"),
    [
        (CHARGE, replace(CHARGE, unit_price=Decimal(900)), "unit_price"),
        (CHARGE, replace(CHARGE, on=date(2026, 1, 6)), "on"),
        (EXPENSE, replace(EXPENSE, amount=Money(9_000, "EUR")), "amount"),
        (EXPENSE, replace(EXPENSE, rebill=False), "rebill"),
    ],
)


def proposed(store: BookStore) -> IssueCommand:
    with store.reading() as uow:
        return IssueCommand(preview_invoices(uow, TODAY, TODAY).proposals, TODAY)


@pytest.fixture
def recorded(store: BookStore) -> BookStore:
    with store.writing() as uow:
        add_row(uow, CHARGE)
        add_row(uow, EXPENSE)
        uow.commit()
    return store


@ROWS
def test_what_an_invoice_charges_is_neither_changed_nor_removed(
    recorded: BookStore, row: OneOffCharge | Expense, dearer: OneOffCharge | Expense, field: str
) -> None:
    issued = issue_invoices(recorded, proposed(recorded), TODAY).value.issued
    number = next(each.number for each in issued if any(line.key.source_id == row.id for line in each.lines))
    with recorded.writing() as uow:
        with pytest.raises(RuleViolation, match=f"on invoice {number}.*credit note on {number}") as refused:
            change_row(uow, dearer)
        assert refused.value.field == field
        with pytest.raises(RuleViolation, match=f"credit note on {number}"):
            remove_row(uow, row)
        change_row(uow, replace(row, text="Other words"))
        assert get_row(uow, type(row), "acme", row.id) == replace(row, text="Other words")


@ROWS
def test_before_that_it_is_changed_and_removed_freely(
    recorded: BookStore, row: OneOffCharge | Expense, dearer: OneOffCharge | Expense, field: str
) -> None:
    with recorded.writing() as uow:
        change_row(uow, dearer)
        assert getattr(get_row(uow, type(row), "acme", row.id), field) == getattr(dearer, field)
        remove_row(uow, dearer)


def test_a_draft_shows_the_change_and_is_refreshed(recorded: BookStore) -> None:
    """800.00 became 900.00: the draft is not issued before somebody saw it."""
    create_drafts(recorded, proposed(recorded), TODAY)
    with recorded.writing() as uow:
        change_row(uow, replace(CHARGE, unit_price=Decimal(900)))
        told = [text for view in list_drafts(uow, TODAY) for text in view.state.differences]
    assert told == ["Workshop: 800.00 → 900.00 EUR"]
