"""Several invoices are credited whole with one reason; what cannot be is named and the others go on."""

from __future__ import annotations

from datetime import date

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.bulk_credit import credit_documents
from retainerdesk.services.corrections import void_document
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.register import list_register
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 3, 10)
NUMBERS = ("2026-0001", "2026-0002", "2026-0003")


@pytest.fixture
def issued(store: BookStore) -> BookStore:
    """January to March of ACME, 1,190.00 each."""
    for month in (1, 2, 3):
        day = date(2026, month, 1)
        with store.reading() as uow:
            view = preview_invoices(uow, day, day)
        issue_invoices(store, IssueCommand(view.proposals, day), day, lambda _done, _total: True)
    return store


def open_of(store: BookStore) -> dict[str, str]:
    with store.reading() as uow:
        return {row.number: str(row.balance) for row in list_register(uow, TODAY)}


def test_each_invoice_gets_a_note_of_its_own_and_a_void_one_is_named(issued: BookStore) -> None:
    with issued.writing() as uow:
        void_document(uow, NUMBERS[1], "slip", TODAY)
        uow.commit()
    outcome = credit_documents(issued, NUMBERS, "not accepted", TODAY)
    result = outcome.value
    assert [each.note.corrects for each in result.credited] == [NUMBERS[0], NUMBERS[2]]
    assert {each.note.reason for each in result.credited} == {"not accepted"}
    assert [number for number, _ in result.parked] == [NUMBERS[1]]
    assert outcome.changes.account_ids == frozenset({"acme"})
    assert {number: open_of(issued)[number] for number in NUMBERS} == dict.fromkeys(NUMBERS, "0.00")


def test_a_stopped_run_has_credited_the_first_ones_whole(issued: BookStore) -> None:
    result = credit_documents(issued, NUMBERS, "not accepted", TODAY, lambda done, _total: done < 1).value
    assert (len(result.credited), result.cancelled) == (1, True)
    assert [open_of(issued)[number] for number in NUMBERS] == ["0.00", "1190.00", "1190.00"]


def test_run_again_nothing_is_credited_twice(issued: BookStore) -> None:
    credit_documents(issued, NUMBERS, "not accepted", TODAY)
    again = credit_documents(issued, NUMBERS, "not accepted", TODAY).value
    assert (again.credited, len(again.parked)) == ((), 3)


def test_without_a_reason_nothing_is_credited(issued: BookStore) -> None:
    with pytest.raises(RuleViolation) as refused:
        credit_documents(issued, NUMBERS, " ", TODAY)
    assert refused.value.field == "reason"
