"""The part of the payment dialog about a payment in another currency than the account's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.countries import currencies
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_payment_dialog import Ui_PaymentDialog
from retainerdesk.desktop.rate_words import stated_rate
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import Rates
from retainerdesk.domain.foreign_payment import BookDifference, book_difference, settled_by
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money


class ForeignAmount(QObject):
    """Unfolds the rate and what is settled while the chosen currency is not the account's.

    A typed rate says what is settled; a typed sum stands for itself, without a rate. Signals: `changed()`
    after what is settled may have changed.
    """

    changed = Signal()

    def __init__(self, form: Ui_PaymentDialog, own_currency: str, rates: Rates, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._own, self._rates = form, own_currency, rates
        self._unsaid = Payment("", "", form.on.day, Money(0, own_currency))
        known = dict(currencies())
        own = {own_currency: known.pop(own_currency, own_currency)}
        fill(form.currency, [(code, code) for code in (*own, *known)], own_currency)
        form.settles.set_currency(own_currency)
        form.book_rate.setFont(role_font("small"))
        set_style_property(form.book_rate, "tone", "muted")
        form.currency.currentIndexChanged.connect(self._unfold)
        form.amount.textChanged.connect(self._recompute)
        form.rate.textEdited.connect(self._recompute)
        form.settles.textEdited.connect(self._forget_rate)
        form.on.dateChanged.connect(self._tell)
        self._unfold()

    @property
    def currency(self) -> str:
        """The currency the money came in."""
        return str(self._form.currency.currentData())

    @property
    def is_foreign(self) -> bool:
        return self.currency != self._own

    def show_payment(self, payment: Payment) -> None:
        """Show a recorded payment."""
        form = self._form
        if payment.received is not None:
            code = payment.received.currency
            if form.currency.findData(code) < 0:
                form.currency.addItem(code, code)
            form.currency.setCurrentIndex(form.currency.findData(code))
        form.amount.set_money(payment.paid)
        form.fee.set_money(payment.fee)
        form.rate.set_decimal(payment.rate)
        form.settles.set_money(payment.amount if payment.received is not None else None)
        self._tell()

    def received(self) -> Money | None:
        """What arrived, where that was in another currency; RuleViolation for a text that is no amount."""
        return self._form.amount.money("amount") if self.is_foreign else None

    def rate(self) -> Decimal | None:
        """The rate that was stated, if it was."""
        return self._form.rate.optional_decimal("rate") if self.is_foreign else None

    def settled(self) -> Money:
        """What the payment settles in the account's currency; RuleViolation while that is not said."""
        form = self._form
        amount = form.amount.money("amount")
        if not self.is_foreign:
            return amount
        rate = self.rate()
        settles = form.settles.optional_money("settles") if rate is None else None
        return settled_by(amount, self._own, rate, settles)

    def _unfold(self) -> None:
        form = self._form
        form.amount.set_currency(self.currency)
        form.fee.set_currency(self.currency)
        form.fee.setPlaceholderText("none")
        form.rate.setPlaceholderText(f"{self._own} for 1 {self.currency}")
        for widget in (form.rate_label, form.rate, form.settles_label, form.settles, form.book_rate):
            widget.setVisible(self.is_foreign)
        self._recompute()

    def _recompute(self) -> None:
        """What a stated rate makes of the amount."""
        try:
            if self.is_foreign and self.rate() is not None:
                self._form.settles.set_money(self.settled())
        except RuleViolation:
            # Half a number is being typed; accepting the dialog says what is wrong with it.
            self._form.settles.set_money(None)
        self._tell()

    def _forget_rate(self) -> None:
        self._form.rate.set_decimal(None)
        self._tell()

    def _tell(self) -> None:
        self._form.book_rate.setText(self._words())
        self.changed.emit()

    def _words(self) -> str:
        """What the amount comes to by the rate of the book, and by how much this differs."""
        if not self.is_foreign:
            return ""
        found = self._rates.in_force(self.currency, self._own, self._form.on.day)
        if found is None:
            return f"The book has no rate from {self.currency} to {self._own} of that day to compare with."
        try:
            received = self._form.amount.money("amount")
            stated = replace(self._unsaid, on=self._form.on.day, amount=self.settled(), received=received)
        except RuleViolation:
            return f"The book says {stated_rate(found.stored)}."
        difference = book_difference(stated, self._rates)
        return "" if difference is None else difference_words(difference)


def difference_words(difference: BookDifference) -> str:
    """By the book €900.00 (1 USD = 0.9 EUR, rate of 1 Mar 2026): this settles €20.00 more."""
    start = f"By the book {money(difference.by_book)} ({stated_rate(difference.rate.stored)})"
    off = difference.difference
    if not off:
        return f"{start}: the same."
    more = "more" if off.minor > 0 else "less"
    return f"{start}: this settles {money(Money(abs(off.minor), off.currency))} {more}."
