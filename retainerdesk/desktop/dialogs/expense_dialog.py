"""Money spent for an account, passed on or not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_expense_dialog import Ui_ExpenseDialog
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
        if existing:
            form.amount.set_money(existing.amount)
            form.text.setText(existing.text)
        self.setWindowTitle("Change expense" if existing else f"Expense for {context.account.name}")
        self.prepare(
            form.buttons, "&Save" if existing else "&Add expense", form.amount,
            on=form.on, amount=form.amount, text=form.text,
        )  # fmt: skip

    def value(self) -> Expense:
        form = self.form
        return Expense(
            self._account_id, self._id, form.on.day, form.amount.money("amount"), form.text.text().strip(),
            form.rebill.isChecked(),
        )  # fmt: skip
