"""A line for the next invoice that no retainer brings."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.tax_offers import ChargeTax
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_charge_dialog import Ui_ChargeDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.entered_charges import one_off_net
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import OneOffCharge
from retainerdesk.services.rows import new_row_id


class ChargeDialog(FormDialog):
    """Collects a OneOffCharge; `existing` is the one to change."""

    def __init__(
        self, context: EntryContext, existing: OneOffCharge | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_ChargeDialog()
        self.form.setupUi(self)
        self._account = context.account
        self._id = existing.id if existing else new_row_id("x")
        form = self.form
        now = existing.tax if existing else None
        self._tax = ChargeTax(form.tax, context.account.tax, context.rates, now)
        form.on.set_day(existing.on if existing else context.today)
        form.text.setText(existing.text if existing else "")
        form.quantity.set_decimal(existing.quantity if existing else Decimal(1))
        form.unit_price.set_decimal(existing.unit_price if existing else None, 2)
        form.discount_percent.set_decimal(existing.discount_percent if existing else Decimal(0))
        for field in (form.quantity, form.unit_price, form.discount_percent):
            field.textChanged.connect(self._show_amount)
        self._show_amount()
        self.setWindowTitle(
            "Change charge" if existing else f"One-off charge for {in_sentence(context.account.name)}"
        )
        self.prepare(
            form.buttons, "&Save" if existing else "&Add charge", form.text,
            on=form.on, text=form.text, quantity=form.quantity, unit_price=form.unit_price,
            discount_percent=form.discount_percent, tax=form.tax,
        )  # fmt: skip

    def value(self) -> OneOffCharge:
        form = self.form
        discount = form.discount_percent.optional_decimal("discount_percent") or Decimal(0)
        if not 0 <= discount <= 100:
            message = "A discount is between 0 and 100 percent."
            raise RuleViolation("charge.discount", message, "discount_percent")
        return OneOffCharge(
            self._account.id, self._id, form.on.day, form.text.text().strip(),
            form.quantity.decimal("quantity"), form.unit_price.decimal("unit_price"), discount,
            self._tax.chosen,
        )  # fmt: skip

    def _show_amount(self) -> None:
        try:
            net = one_off_net(self.value(), self._account.currency)
        except RuleViolation:
            self.form.amount.setText("–")
            return
        self.form.amount.setText(money(net))
