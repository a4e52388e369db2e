"""Voids: the one change an issued document may see, once, and only with its reason beside it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import InvoiceStatus, Voided
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.check import check_book
from retainerdesk.store.repositories.corrections import void
from retainerdesk.store.repositories.invoices import by_number, issue
from retainerdesk.store.repositories.parties import take_number
from tests.store.full_book import invoice

DAY = date(2025, 4, 30)

TWICE = Voided(date(2025, 4, 2), "issued twice")


def voided_book(book: BookStore) -> BookStore:
    """The full book with its invoice void."""
    with book.writing() as uow:
        void(uow, invoice(1), TWICE)
        uow.commit()
    return book


def test_a_void_keeps_number_and_reason_and_is_in_the_chain(full: BookStore) -> None:
    with voided_book(full).reading() as uow:
        found = by_number(uow, "2025-0001")
        assert found is not None
        assert (found.status, found.voided, found.sequence) == (InvoiceStatus.VOID, TWICE, 1)
        assert len(found.lines) == 1
        assert list(check_book(uow)) == []


def test_the_charges_of_a_void_document_may_be_invoiced_again(full: BookStore) -> None:
    with voided_book(full).writing() as uow:
        assert issue(uow, invoice(take_number(uow, "invoice", DAY).sequence)).number == "2025-0002"


def test_a_document_is_voided_once(full: BookStore) -> None:
    with voided_book(full).writing() as uow, pytest.raises(RuleViolation):
        void(uow, invoice(1), TWICE)


def test_an_unknown_document_cannot_be_voided(full: BookStore) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        void(uow, invoice(7), TWICE)
    assert refused.value.rule == "invoice.unknown"


FORBIDDEN = [
    "UPDATE invoices SET status = 'issued'",
    "UPDATE invoices SET status = 'void'",
    "UPDATE invoices SET status = 'void', gross_minor = 1",
    "UPDATE invoices SET gross_minor = 1",
    "UPDATE invoice_lines SET live = 1",
    "UPDATE invoice_lines SET live = 0, net_minor = 1",
    "UPDATE invoice_lines SET net_minor = 1",
    "UPDATE voids SET reason = 'other'",
    "DELETE FROM voids",
    "DELETE FROM invoices",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_void_document_never_changes_again(full: BookStore, statement: str) -> None:
    with voided_book(full).writing() as uow, pytest.raises(RuleViolation, match="never change") as refused:
        uow.execute(text(statement))
    assert refused.value.rule == "issued.fixed"


@pytest.mark.parametrize(
    "statement", ["UPDATE invoices SET status = 'void'", "UPDATE invoice_lines SET live = 0"]
)
def test_without_a_row_of_voids_nothing_becomes_void(full: BookStore, statement: str) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation, match="never change"):
        uow.execute(text(statement))


def test_a_void_changes_nothing_else_of_the_document(full: BookStore) -> None:
    """With its row in `voids`, the status alone may change: together with another column it is refused."""
    with full.writing() as uow:
        uow.execute(text("INSERT INTO voids SELECT pk, issued_on, 'why' FROM invoices"))
        with pytest.raises(RuleViolation, match="never change"):
            uow.execute(text("UPDATE invoices SET status = 'void', due_on = '2030-01-01'"))
        with pytest.raises(RuleViolation, match="never change"):
            uow.execute(text("UPDATE invoice_lines SET live = 0, text = 'other'"))
