"""Money spent for an account, passed on or not."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_expense_dialog import Ui_ExpenseDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.entered_charges import rebilled
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import Expense
from retainerdesk.services.rows import new_row_id


class ExpenseDialog(FormDialog):
    """Collects an Expense; `existing` is the one to change."""

    def __init__(
        self, context: EntryContext, existing: Expense | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_ExpenseDialog()
        self.form.setupUi(self)
        form = self.form
        self._account_id = context.account.id
        self._id = existing.id if existing else new_row_id("e")
        form.amount.set_currency(existing.amount.currency if existing else context.account.currency)
        form.on.set_day(existing.on if existing else context.today)
        form.rebill.setChecked(existing.rebill if existing else True)
        form.markup_percent.set_decimal(existing.markup_percent if existing else Decimal(0))
        if existing:
            form.amount.set_money(existing.amount)
            form.text.setText(existing.text)
        self.setWindowTitle(
            "Change expense" if existing else f"Expense for {in_sentence(context.account.name)}"
        )
        self.prepare(
            form.buttons, "&Save" if existing else "&Add expense", form.amount,
            on=form.on, amount=form.amount, text=form.text, markup_percent=form.markup_percent,
        )  # fmt: skip
        for field in (form.amount, form.text, form.markup_percent):
            field.textChanged.connect(self._show_amount)
        form.rebill.toggled.connect(self._show_amount)
        self._show_amount()

    def _show_amount(self) -> None:
        """What the account is asked for; nothing while the expense stays ours."""
        form = self.form
        form.markup_percent.setEnabled(form.rebill.isChecked())
        try:
            expense = self.value()
        except RuleViolation:
            form.passed_on.setText("")
            return
        asked = f"{money(rebilled(expense))} before tax on the next invoice"
        form.passed_on.setText(asked if expense.rebill else "It stays a cost of yours.")

    def value(self) -> Expense:
        form = self.form
        markup = form.markup_percent.optional_decimal("markup_percent") if form.rebill.isChecked() else None
        return Expense(
            self._account_id, self._id, form.on.day, form.amount.money("amount"), form.text.text().strip(),
            form.rebill.isChecked(), markup or Decimal(0),
        )  # fmt: skip
