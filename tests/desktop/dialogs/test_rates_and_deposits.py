"""Exchange rates, payments in another currency and deposits on the screen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QGuiApplication

from retainerdesk.desktop.deposit_words import left_words, state_words
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.money import Money
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.deposits import list_deposits
from retainerdesk.services.exchange_rates import add_rate, list_rates
from retainerdesk.services.payments import get_payment, open_invoices

DAY = date(2026, 1, 2)
PLAIN = ExchangeRate("USD", "EUR", DAY, Decimal("0.9"), "bank")


def test_the_rate_unfolds_only_for_another_currency(desk: Desk, opener: DialogOpener) -> None:
    """$1,000.00 at 0.92 settle €920.00, €20.00 more than the €900.00 of the book; typed sums need no rate."""
    desk.write(add_rate, PLAIN)
    dialog: Any = opener.payment("dune")
    form = dialog.form
    assert form.rate.isHidden()
    form.currency.setCurrentText("USD")
    assert not form.rate.isHidden()
    form.amount.setText("1,000")
    assert "says 1 USD = 0.9 EUR" in form.book_rate.text()
    form.rate.setText("0.92")
    form.rate.textEdited.emit("0.92")
    assert form.settles.text() == "920.00"
    assert form.book_rate.text().endswith("this settles €20.00 more.")
    form.settles.setText("915")
    form.settles.textEdited.emit("915")
    assert form.rate.text() == ""
    assert form.book_rate.text().endswith("this settles €15.00 more.")
    payment = dialog.value()
    assert (payment.amount, payment.received, payment.rate) == (
        Money(91_500, "EUR"),
        Money(100_000, "USD"),
        None,
    )
    assert [each.amount.minor for each in payment.allocations] == [85_680, 5_820]
    dialog.accept()
    again: Any = opener.payment("dune", payment_id=payment.id)
    assert again.value() == payment
    again.reject()


def test_a_stated_rate_is_kept_and_shown_again(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.payment("dune")
    dialog.form.currency.setCurrentText("JPY")
    dialog.form.amount.setText("100,000")
    dialog.form.rate.setText("0.0061")
    dialog.form.fee.setText("500")
    payment = dialog.value()
    dialog.accept()
    kept = desk.read(get_payment, "dune", payment.id)
    assert (kept.amount, kept.rate, kept.fee) == (Money(61_000, "EUR"), Decimal("0.0061"), Money(500, "JPY"))
    again: Any = opener.payment("dune", payment_id=payment.id)
    assert again.value() == kept
    again.reject()
    desk.undo.undo()
    assert len(desk.read(open_invoices, "dune")) == 2


def test_a_payment_in_another_currency_without_a_rate_is_refused_at_the_rate(opener: DialogOpener) -> None:
    dialog: Any = opener.payment("dune")
    dialog.form.currency.setCurrentText("USD")
    dialog.form.amount.setText("100")
    dialog.accept()
    assert dialog.isVisible()
    assert "at which rate" in dialog.shown_violation
    dialog.reject()


def test_rates_are_typed_pasted_and_taken_back_with_undo(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.rates()
    dialog.add()
    dialog._table.setData(dialog._table.index(0, 0), "2026-01-02")
    for column, text in ((1, "usd"), (3, "0.9"), (4, "bank")):
        dialog._table.setData(dialog._table.index(0, column), text)
    QGuiApplication.clipboard().setText("date,from,to,rate\n2026-02-28,GBP,EUR,1.17")
    dialog.paste()
    assert dialog.form.said.text() == "1 rates taken; Save keeps them."
    dialog.accept()
    gbp = ExchangeRate("GBP", "EUR", date(2026, 2, 28), Decimal("1.17"))
    assert desk.read(list_rates) == (gbp, PLAIN)
    desk.undo.undo()
    assert desk.read(list_rates) == ()


def test_a_wrong_row_is_named_and_nothing_taken(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.rates()
    dialog.take("2026-02-28,GBP,EUR,1.17\nyesterday,GBP,EUR,1")
    assert "row 2, date" in dialog.form.said.text()
    assert dialog.value() == ()
    dialog._table.add_row(("tomorrow", "GBP", "EUR", "1", ""))
    dialog.accept()
    assert "is not a day" in dialog.shown_violation
    dialog.reject()


def test_a_missing_rate_begins_its_row(desk: Desk, opener: DialogOpener) -> None:
    """One account is invoiced in pounds; the first month on show lacks its rate."""
    accounts = {each.id for each in desk.read(open_all) if each.currency == "GBP"}
    dialog: Any = opener.missing_rate(min(accounts))
    (row,) = dialog._table.rows
    assert row[:3] == ("2025-12-01", "GBP", "EUR")
    dialog._table.setData(dialog._table.index(0, 3), "1.17")
    dialog.accept()
    view = desk.read(load_account_view, min(accounts), desk.today())
    assert all(month.complete for month in view.margin.months)
    dialog = opener.missing_rate(min(accounts))
    assert len(dialog._table.rows) == 1
    dialog.reject()


def open_all(uow: Any) -> Any:
    from retainerdesk.services.accounts import list_accounts

    return list_accounts(uow)


def test_a_deposit_is_agreed_shown_held_and_removed(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.deposit("dune")
    dialog.accept()
    assert "stands on the invoice" in dialog.shown_violation
    dialog.form.text.setText("Deposit <b>")
    dialog.form.amount.setText("1,000")
    dialog.accept()
    (line,) = desk.read(list_deposits, "dune")
    assert line.deposit.amount == Money(100_000, "EUR")
    assert line.deposit.deduct_from == desk.today()
    (shown,) = desk.read(load_account_view, "dune", desk.today()).deposits
    assert (left_words(shown), state_words(shown, desk.today())) == ("€1,000.00", "with the next run")
    change: Any = opener.deposit("dune", line.deposit.id)
    change.form.deduct_from.tick.setChecked(False)
    change.accept()
    (held,) = desk.read(list_deposits, "dune")
    assert held.deposit.deduct_from is None
    again: Any = opener.deposit("dune", line.deposit.id)
    again.form.remove.click()
    assert desk.read(list_deposits, "dune") == ()
    desk.undo.undo()
    assert desk.read(list_deposits, "dune") == (held,)
