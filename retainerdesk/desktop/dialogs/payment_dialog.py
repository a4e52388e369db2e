"""Money received, and which invoices it settles; what is left stays as credit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.foreign_amount import ForeignAmount
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import amount_text, parse_amount
from retainerdesk.desktop.formatting import day_long, money
from retainerdesk.desktop.forms.ui_payment_dialog import Ui_PaymentDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import Rates
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money
from retainerdesk.services.payments import OpenInvoice
from retainerdesk.services.rows import new_row_id

_COLUMNS = (
    TextColumn("Invoice", is_editable=False),
    TextColumn("Due", is_editable=False),
    TextColumn("Open", is_editable=False, is_figure=True),
    TextColumn("Settles", is_figure=True),
)
_SETTLES = 3

Proposer = Callable[[Money], Sequence[Allocation]]


class PaymentDialog(FormDialog):
    """Collects a Payment. `propose` says how an amount would settle the open invoices, oldest first.

    `rates` are those of the book: what they would come to is said beside what is stated.

    `numbers` are the invoices the payment is probably for; `existing` is the payment to change: what it
    settles counts as open again, so `open_invoices` has those invoices too, with what is open of them now.
    """

    def __init__(
        self,
        context: EntryContext,
        open_invoices: Sequence[OpenInvoice],
        propose: Proposer,
        existing: Payment | None = None,
        parent: QWidget | None = None,
        *,
        numbers: Sequence[str] = (),
        rates: Rates | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_PaymentDialog()
        self.form.setupUi(self)
        self._context = context
        self._currency = context.account.currency
        self._propose = propose
        self._id = existing.id if existing else new_row_id("pay")
        self._open = _open_with(open_invoices, existing)
        self._only = frozenset(numbers)
        self._is_typed = existing is not None
        self.foreign = ForeignAmount(self.form, self._currency, rates or Rates(), self)
        self._fill(existing)
        self.setWindowTitle(
            "Change payment" if existing else f"Payment from {in_sentence(context.account.name)}"
        )
        form = self.form
        self.prepare(
            form.buttons, "&Save" if existing else "&Record payment", form.amount,
            on=form.on, amount=form.amount, fee=form.fee, text=form.text, allocations=form.allocations,
            currency=form.currency, rate=form.rate, settles=form.settles,
        )  # fmt: skip
        form.amount.selectAll()

    def _fill(self, existing: Payment | None) -> None:
        form = self.form
        form.on.set_day(existing.on if existing else self._context.today)
        self._table = TextTable(_COLUMNS, self._rows(existing.allocations if existing else ()))
        show_table(form.allocations, self._table)
        form.allocations.setVisible(bool(self._open))
        self.foreign.changed.connect(self._propose_again)
        self._table.dataChanged.connect(self._typed)
        if existing:
            self.foreign.show_payment(existing)
            form.text.setText(existing.text)
        elif self._only:
            form.amount.set_money(self._sum_of_named())
        self._show_rest()

    def _rows(self, allocations: Sequence[Allocation]) -> list[tuple[str, str, str, str]]:
        settled = {each.invoice_number: amount_text(each.amount, number_form()) for each in allocations}
        return [
            (each.number, day_long(each.due_on), money(each.balance), settled.get(each.number, ""))
            for each in self._open
        ]

    def _propose_again(self) -> None:
        """A new amount proposes anew, until somebody wrote into the table."""
        if not self._is_typed:
            self._table.set_rows(self._rows(self._proposal()))
        self._show_rest()

    def _proposal(self) -> Sequence[Allocation]:
        try:
            amount = self.foreign.settled()
        except RuleViolation:
            return ()
        if amount.minor <= 0:
            return ()
        if amount == self._sum_of_named():
            return tuple(Allocation(each.number, each.balance) for each in self._named())
        return self._propose(amount)

    def _named(self) -> list[OpenInvoice]:
        return [each for each in self._open if each.number in self._only]

    def _sum_of_named(self) -> Money | None:
        named = self._named()
        return sum((each.balance for each in named), Money(0, self._currency)) if named else None

    def _typed(self) -> None:
        self._is_typed = True
        self._show_rest()

    def _show_rest(self) -> None:
        try:
            rest = self._rest(self.foreign.settled(), self._allocations())
        except RuleViolation:
            self.form.rest.setText("What no invoice takes stays as credit of the account.")
            return
        if rest.minor < 0:
            self.form.rest.setText(f"The invoices would take {money(-rest)} more than was paid.")
        elif rest:
            self.form.rest.setText(f"{money(rest)} stays as credit of the account.")
        else:
            self.form.rest.setText("The payment is used up.")

    def _rest(self, amount: Money, allocations: Sequence[Allocation]) -> Money:
        return amount - sum((each.amount for each in allocations), Money(0, self._currency))

    def _allocations(self) -> tuple[Allocation, ...]:
        found = []
        for row in self._table.rows:
            if row[_SETTLES]:
                amount = parse_amount(row[_SETTLES], self._currency, number_form(), "allocations")
                found.append(Allocation(row[0], amount))
        return tuple(each for each in found if each.amount)

    def value(self) -> Payment:
        form = self.form
        amount = self.foreign.settled()
        allocations = self._allocations()
        if self._rest(amount, allocations).minor < 0:
            message = "The invoices together take more than was paid; lower one of them."
            raise RuleViolation("payment.allocations", message, "allocations")
        return Payment(
            self._context.account.id, self._id, form.on.day, amount, allocations,
            form.fee.optional_money("fee"), form.text.text().strip(),
            self.foreign.received(), self.foreign.rate(),
        )  # fmt: skip


def _open_with(invoices: Sequence[OpenInvoice], existing: Payment | None) -> list[OpenInvoice]:
    """The invoices as if `existing` had not been paid yet."""
    given = {each.invoice_number: each.amount for each in existing.allocations} if existing else {}
    return [
        OpenInvoice(
            each.number, each.due_on, each.balance + given.get(each.number, Money(0, each.balance.currency))
        )
        for each in invoices
    ]
