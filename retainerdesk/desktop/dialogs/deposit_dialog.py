"""Money asked for up front, and when it is set against invoices."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_deposit_dialog import Ui_DepositDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.deposit import Deposit, DepositLedger
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.rows import new_row_id

_NEW = (
    "It is billed with an invoice of its own. Once that is paid, later invoices take it off with its tax;"
    " without a day it is held."
)


class DepositDialog(FormDialog):
    """Collects a Deposit; `ledger` is that of the one to change. Signals: `remove_wanted()`."""

    remove_wanted = Signal()

    def __init__(
        self, context: EntryContext, ledger: DepositLedger | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_DepositDialog()
        self.form.setupUi(self)
        self._context, self._ledger = context, ledger
        self._existing = ledger.deposit if ledger else None
        self._fill(self._existing)
        is_billed = ledger is not None and ledger.invoice is not None
        form = self.form
        for field in (form.text, form.amount, form.on):
            field.setEnabled(not is_billed)
        form.remove.setVisible(ledger is not None and not is_billed)
        form.remove.clicked.connect(self._remove)
        form.state.setText(_NEW if ledger is None else _story(ledger))
        form.state.setFont(role_font("small"))
        set_style_property(form.state, "tone", "muted")
        self.setWindowTitle("Deposit" if ledger else f"New deposit of {in_sentence(context.account.name)}")
        self.prepare(
            form.buttons, "&Save" if ledger else "&Agree deposit",
            form.deduct_from if is_billed else form.text,
            text=form.text, amount=form.amount, on=form.on, retainer=form.retainer,
            deduct_from=form.deduct_from,
        )  # fmt: skip

    def _fill(self, existing: Deposit | None) -> None:
        form, today = self.form, self._context.today
        retainers = [(each.id, each.name) for each in self._context.retainers]
        everything = (None, "every invoice of the account")
        fill(form.retainer, [everything, *retainers], existing.retainer_id if existing else None)
        form.amount.set_currency(self._context.account.currency)
        form.on.set_day(existing.on if existing else today)
        form.deduct_from.name("Used for invoices from", "for invoices from")
        form.deduct_from.set_day(existing.deduct_from if existing else today, today)
        if existing is not None:
            form.text.setText(existing.text)
            form.amount.set_money(existing.amount)

    def _remove(self) -> None:
        self.remove_wanted.emit()
        self.reject()

    def value(self) -> Deposit:
        form = self.form
        text = form.text.text().strip()
        if not text:
            raise RuleViolation("deposit.text", "Say what it is for; it stands on the invoice.", "text")
        made = Deposit(
            self._context.account.id, self._existing.id if self._existing else new_row_id("deposit"),
            form.on.day, text, form.amount.money("amount"), form.retainer.currentData(),
            deduct_from=form.deduct_from.day,
        )  # fmt: skip
        return made if self._existing is None else replace(made, tax=self._existing.tax)


def _story(ledger: DepositLedger) -> str:
    """What happened to a deposit: the invoice that asks for it, what was paid, what took of it."""
    if ledger.invoice is None:
        return _NEW
    parts = [f"Billed by {ledger.invoice.number}, {money(ledger.paid)} of it paid."]
    parts += [f"{money(use.amount)} set against {use.number}." for use in ledger.uses if use.amount]
    if ledger.credited:
        parts.append(f"{money(ledger.credited)} credited.")
    parts.append(f"{money(ledger.left)} left: credit it on {ledger.invoice.number} to give it back.")
    return " ".join(parts)
