"""The register: what each document says of itself, totals per currency, and the list as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from retainerdesk.domain.invoice import Allocation, DocumentKind, Payment
from retainerdesk.domain.money import Money
from retainerdesk.services.corrections import CreditCommand, issue_credit_note, void_document
from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.invoices import get_invoice
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.payments import record_payment
from retainerdesk.services.register import (
    RegisterRow,
    list_register,
    register_csv,
    register_totals,
    save_register_csv,
)
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 3, 10)


@pytest.fixture
def issued(store: BookStore) -> BookStore:
    """January to March of ACME, 1,000.00 + 19 % = 1,190.00 each, issued on 1 January, February and March."""
    for month in (1, 2, 3):
        day = date(2026, month, 1)
        with store.reading() as uow:
            view = preview_invoices(uow, day, day)
        issue_invoices(store, IssueCommand(view.proposals, day), day, lambda _done, _total: True)
    return store


def rows_of(store: BookStore) -> dict[str, RegisterRow]:
    with store.reading() as uow:
        return {row.number: row for row in list_register(uow, TODAY)}


def test_the_newest_document_comes_first_with_what_is_open_of_it(issued: BookStore) -> None:
    """Fourteen days to pay: those of January and February are late on 10 March, that of March is not."""
    rows = list(rows_of(issued).values())
    assert [row.issued_on.month for row in rows] == [3, 2, 1]
    assert [row.state for row in rows] == [InvoiceState.OPEN, InvoiceState.OVERDUE, InvoiceState.OVERDUE]
    assert [str(row.overdue) for row in rows] == ["0.00", "1190.00", "1190.00"]


def test_totals_leave_void_documents_out_and_count_credit_notes_against(issued: BookStore) -> None:
    """1,000 is void, 2 × 1,000 − 500 credited = 1,500 net. Open: 1,190 of March, 1,190 − 595 = 595 of
    February, of which 595 is late. Of the credit note nothing is left: it settled February's."""
    january, february, _march = sorted(rows_of(issued))
    with issued.writing() as uow:
        void_document(uow, january, "wrong account", TODAY)
        issue_credit_note(uow, CreditCommand(february, "half", gross=Money(59_500, "EUR")), TODAY)
        uow.commit()
    (totals,) = register_totals(rows_of(issued).values())
    assert (str(totals.net), str(totals.open), str(totals.overdue), str(totals.credit)) == (
        "1500.00", "1785.00", "595.00", "0.00",
    )  # fmt: skip


def test_credit_that_is_not_used_is_no_open_money(issued: BookStore) -> None:
    """March: 1,190.00 − 1,000.00 paid = 190.00 open, which 357.00 credited settle; 167.00 are left."""
    march = max(rows_of(issued))
    paid = Money(100_000, "EUR")
    with issued.writing() as uow:
        account_id = get_invoice(uow, march).account_id
        record_payment(uow, Payment(account_id, "p-1", TODAY, paid, (Allocation(march, paid),)))
        result = issue_credit_note(uow, CreditCommand(march, "late", gross=Money(35_700, "EUR")), TODAY).value
        uow.commit()
    assert str(result.left) == "167.00"
    note = rows_of(issued)[result.note.number]
    (totals,) = register_totals([note])
    assert (str(totals.net), str(totals.open), str(totals.credit)) == ("-300.00", "0.00", "167.00")
    assert note.kind is DocumentKind.CREDIT_NOTE


def test_a_void_document_says_why(issued: BookStore) -> None:
    number = min(rows_of(issued))
    with issued.writing() as uow:
        void_document(uow, number, "wrong account", TODAY)
        uow.commit()
    row = rows_of(issued)[number]
    assert (row.state, row.reason, row.balance.minor, row.overdue.minor) == (
        InvoiceState.VOID, "wrong account", 0, 0,
    )  # fmt: skip


def test_the_list_as_csv_has_a_line_a_document_and_no_formula(issued: BookStore, tmp_path: Path) -> None:
    number = min(rows_of(issued))
    with issued.writing() as uow:
        void_document(uow, number, '=HYPERLINK("x")', TODAY)
        uow.commit()
    rows = tuple(rows_of(issued).values())
    read = list(csv.DictReader(io.StringIO(register_csv(rows))))
    assert [each["number"] for each in read] == [row.number for row in rows]
    assert read[0]["issued_on"] == "2026-03-01"
    assert (read[0]["net"], read[0]["tax"], read[0]["gross"]) == ("1000.00", "190.00", "1190.00")
    assert read[-1]["reason"] == '\'=HYPERLINK("x")'
    save_register_csv(rows, tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_bytes() == b"\xef\xbb\xbf" + register_csv(rows).encode()


def test_one_account_is_listed_alone(issued: BookStore) -> None:
    with issued.reading() as uow:
        assert len(list_register(uow, TODAY, "acme")) == 3
        assert list_register(uow, TODAY, "nobody") == ()
