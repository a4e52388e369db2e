"""Credit notes, voids, write-offs, refunds and applied credit, from their dialogs into a real book."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.dialogs.settlement_dialog import SettlementDialog, refund_words
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.services.corrections import list_settlements
from retainerdesk.services.invoices import get_invoice_row, list_invoices
from retainerdesk.services.payments import get_payment, open_invoices, record_payment
from tests.desktop.conftest import TODAY

OPEN = "2026-0072"
"""Of Dune Records: 1,200.00 + 19 % = 1,428.00, all of it open."""
PAID = "2026-0055"
"""Of ACME: a train of 184.60 and a fee of 2,800.00, + 19 % = 3,551.67, paid."""


def balance(desk: Desk, number: str) -> str:
    return str(desk.read(get_invoice_row, number)[1])


def numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.read(list_invoices, TODAY)]


def test_a_whole_credit_note_says_what_it_comes_to_and_settles_the_invoice(
    desk: Desk, opener: DialogOpener
) -> None:
    dialog: Any = opener.credit_invoice(OPEN)
    assert dialog.form.total.text() == "€1,200.00 net + €228.00 tax = credit note of €1,428.00"
    assert dialog.form.effect.text().startswith("€1,428.00 of it settles what is open of 2026-0072.")
    assert "cannot be undone" in dialog.form.effect.text()
    dialog.form.reason.setText("never delivered")
    dialog.accept()
    assert balance(desk, OPEN) == "0.00"
    assert numbers(desk)[0] == "CN-2026-0001"
    assert not desk.undo.can_undo


def test_chosen_lines_give_a_live_total(desk: Desk, opener: DialogOpener) -> None:
    """1,000.00 of the fee + 190.00 tax; the invoice is paid, so all of it is credit."""
    dialog: Any = opener.credit_invoice(PAID)
    dialog.form.scope.setCurrentIndex(1)
    assert dialog.form.total.text() == "Credit note of –"
    dialog._table.setData(dialog._table.index(1, 2), "1,000")
    assert dialog.form.total.text() == "€1,000.00 net + €190.00 tax = credit note of €1,190.00"
    assert "€1,190.00 stays as credit of ACME & Söhne <Ltd>" in dialog.form.effect.text()
    dialog.form.reason.setText("agreed lower")
    dialog.accept()
    assert balance(desk, "CN-2026-0001") == "-1190.00"


def test_more_than_a_line_has_is_refused_at_the_lines(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.credit_invoice(PAID)
    dialog.form.scope.setCurrentIndex(1)
    dialog._table.setData(dialog._table.index(0, 2), "184.61")
    dialog.form.reason.setText("x")
    dialog.accept()
    assert dialog.isVisible()
    assert "can still be credited" in dialog.shown_violation
    assert numbers(desk)[0] == OPEN
    dialog.reject()


def test_an_amount_is_shared_with_its_tax(opener: DialogOpener) -> None:
    dialog: Any = opener.credit_invoice(PAID)
    dialog.form.scope.setCurrentIndex(2)
    dialog.form.amount.setText("357")
    assert dialog.form.total.text() == "€300.00 net + €57.00 tax = credit note of €357.00"
    dialog.reject()


@pytest.mark.parametrize("open_dialog", ["credit_invoice", "void_document", "write_off"])
def test_every_correction_needs_a_reason(desk: Desk, opener: DialogOpener, open_dialog: str) -> None:
    dialog: Any = getattr(opener, open_dialog)(OPEN)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.shown_violation.startswith("Say why")
    assert balance(desk, OPEN) == "1428.00"
    dialog.reject()


def test_a_void_tells_what_follows_and_leaves_no_undo(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.void_document(OPEN)
    words = dialog.form.what.text()
    assert "Its number is kept" in words
    assert "Its charge will be offered again by the next run" in words
    assert "cannot be undone" in words
    dialog.form.reason.setText("wrong account")
    dialog.accept()
    assert desk.read(get_invoice_row, OPEN)[0].is_void()
    assert not desk.undo.can_undo


def test_a_write_off_of_a_part_leaves_the_rest_open_and_can_be_undone(
    desk: Desk, opener: DialogOpener
) -> None:
    """1,428.00 − 1,000.00 = 428.00."""
    dialog: Any = opener.write_off(OPEN)
    dialog.form.amount.setText("1,000")
    assert dialog.form.effect.text() == "€428.00 stays open."
    dialog.form.reason.setText("insolvent")
    dialog.accept()
    assert balance(desk, OPEN) == "428.00"
    desk.undo.undo()
    assert balance(desk, OPEN) == "1428.00"
    desk.undo.redo()
    assert balance(desk, OPEN) == "428.00"


def test_no_more_is_written_off_than_is_open(opener: DialogOpener) -> None:
    dialog: Any = opener.write_off(OPEN)
    dialog.form.amount.setText("1,428.01")
    dialog.form.reason.setText("insolvent")
    dialog.accept()
    assert dialog.shown_violation == "Enter more than zero and at most €1,428.00."
    dialog.reject()


def test_credit_is_applied_to_an_invoice_and_taken_back_by_undo(desk: Desk, opener: DialogOpener) -> None:
    """300.00 paid without an invoice; 100.00 of it for the older one, by choice."""
    desk.write(record_payment, Payment("dune", "extra", TODAY, Money(30_000, "EUR")))
    dialog: Any = opener.apply_credit("dune", invoice=OPEN)
    assert dialog.form.effect.text() == "€300.00 of money paid before for 2026-0072"
    dialog.form.amount.setText("100")
    dialog.accept()
    assert balance(desk, OPEN) == "1328.00"
    desk.undo.undo()
    assert balance(desk, OPEN) == "1428.00"
    assert desk.read(get_payment, "dune", "extra").allocations == ()


def test_credit_is_used_first_for_what_was_due_first(desk: Desk, opener: DialogOpener) -> None:
    """856.80 − 200.00 = 656.80 of the older invoice."""
    desk.write(record_payment, Payment("dune", "extra", TODAY, Money(20_000, "EUR")))
    dialog: Any = opener.apply_credit("dune")
    dialog.accept()
    assert [str(each.balance) for each in desk.read(open_invoices, "dune")] == ["656.80", "1428.00"]
    desk.undo.undo()
    assert [str(each.balance) for each in desk.read(open_invoices, "dune")] == ["856.80", "1428.00"]


def test_what_is_left_of_a_credit_note_is_paid_back(desk: Desk, opener: DialogOpener) -> None:
    """357.00 credited on a paid invoice, 300.00 paid back, 57.00 stay."""
    dialog: Any = opener.credit_invoice(PAID)
    dialog.form.scope.setCurrentIndex(2)
    dialog.form.amount.setText("357")
    dialog.form.reason.setText("agreed lower")
    dialog.accept()
    dialog = opener.refund("CN-2026-0001")
    assert dialog.form.amount.text() == "357.00"
    dialog.form.amount.setText("300")
    assert dialog.form.effect.text() == "€57.00 stays as credit of ACME & Söhne <Ltd>."
    dialog.form.reason.setText("by bank")
    dialog.accept()
    assert balance(desk, "CN-2026-0001") == "-57.00"
    assert [each.reason for each in desk.read(list_settlements, "acme")] == ["by bank"]
    desk.undo.undo()
    assert balance(desk, "CN-2026-0001") == "-357.00"


def test_one_payment_settles_several_invoices(desk: Desk, opener: DialogOpener) -> None:
    """856.80 + 1,428.00 = 2,284.80."""
    both = [each.number for each in desk.read(open_invoices, "dune")]
    dialog: Any = opener.payment("dune", numbers=both)
    assert dialog.form.amount.text() == "2284.80"
    dialog.accept()
    assert desk.read(open_invoices, "dune") == ()


@pytest.mark.parametrize("name", ["{}", "{0.__class__}", "{x}", "A {b", "%s"])
def test_braces_in_a_name_are_a_part_of_it(name: str, desk: Desk, qtbot: QtBot) -> None:
    """The rest of a refund is said in a sentence with the name in it; braces are no placeholders there."""
    dialog = SettlementDialog(refund_words("what was paid", name, Money(1000, "EUR")), Money(1000, "EUR"))
    qtbot.addWidget(dialog)
    dialog.form.amount.set_money(Money(400, "EUR"))
    assert dialog.form.effect.text() == f"€6.00 stays as credit of {name}."
