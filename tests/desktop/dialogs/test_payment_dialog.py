"""Payments propose what they settle, the oldest first; what is typed wins; the rest is credit."""

from __future__ import annotations

from typing import Any

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.invoice import Allocation
from retainerdesk.domain.money import Money
from retainerdesk.services.payments import get_payment, open_invoices


def test_an_amount_proposes_the_oldest_invoices_and_leaves_credit(desk: Desk, opener: DialogOpener) -> None:
    """Dune owes €856.80 and €1,428.00; €3,000.00 settle both and leave €715.20."""
    known = desk.read(open_invoices, "dune")
    assert [str(each.balance) for each in known] == ["856.80", "1428.00"]
    dialog: Any = opener.payment("dune")
    dialog.form.amount.setText("3,000")
    assert dialog.form.rest.text() == "€715.20 stays as credit of the account."
    payment = dialog.value()
    assert payment.allocations == tuple(Allocation(each.number, each.balance) for each in known)
    dialog.accept()
    assert desk.read(get_payment, "dune", payment.id) == payment
    assert desk.read(open_invoices, "dune") == ()
    desk.undo.undo()
    assert desk.read(open_invoices, "dune") == known


def test_a_payment_of_one_invoice_settles_that_one(desk: Desk, opener: DialogOpener) -> None:
    newest = desk.read(open_invoices, "dune")[-1]
    dialog: Any = opener.payment("dune", numbers=[newest.number])
    assert dialog.form.amount.text() == "1428.00"
    assert dialog.value().allocations == (Allocation(newest.number, newest.balance),)
    dialog.reject()


def test_what_is_typed_into_the_table_is_not_proposed_over(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.payment("dune")
    dialog.form.amount.setText("500")
    dialog._table.setData(dialog._table.index(0, 3), "100.00")
    dialog.form.amount.setText("600")
    assert dialog.value().allocations[0].amount == Money(10000, "EUR")
    assert dialog.form.rest.text() == "€500.00 stays as credit of the account."
    dialog.reject()


def test_invoices_cannot_take_more_than_was_paid(opener: DialogOpener) -> None:
    dialog: Any = opener.payment("dune")
    dialog.form.amount.setText("100")
    dialog._table.setData(dialog._table.index(0, 3), "200.00")
    dialog.accept()
    assert dialog.isVisible()
    assert "more than was paid" in dialog.shown_violation
    dialog.reject()


def test_a_payment_opened_again_counts_its_own_invoices_as_open(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.payment("dune")
    dialog.form.amount.setText("856.80")
    payment = dialog.value()
    dialog.accept()
    again: Any = opener.payment("dune", payment_id=payment.id)
    assert again.value() == payment
    again.form.amount.setText("400")
    again._table.setData(again._table.index(0, 3), "400")
    again.accept()
    assert desk.read(open_invoices, "dune")[0].balance == Money(45680, "EUR")
