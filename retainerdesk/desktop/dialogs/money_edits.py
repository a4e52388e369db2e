"""Payments and skips: their dialogs, and what they keep, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.entry_context import load_entry_context, local_now
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.domain.invoice import Allocation, Charge, ChargeKey, Payment
from retainerdesk.domain.money import Money
from retainerdesk.services.exchange_rates import load_rates
from retainerdesk.services.invoices import get_invoice_row
from retainerdesk.services.issue_invoices import skip_charges, take_back_skip
from retainerdesk.services.payments import (
    OpenInvoice,
    change_payment,
    get_payment,
    open_invoices,
    propose_allocations,
    record_payment,
    remove_payment,
)
from retainerdesk.services.results import Changes

if TYPE_CHECKING:
    from retainerdesk.services.units import UnitOfWork


class MoneyEdits(Keeper):
    """Money received, and charges that are not invoiced."""

    def payment(self, account_id: str, *, payment_id: str = "", numbers: Sequence[str] = ()) -> FormDialog:
        """Record a payment (of the invoices `numbers`, if known), or change the one of `payment_id`."""
        from retainerdesk.desktop.dialogs.payment_dialog import PaymentDialog

        existing = self.desk.read(get_payment, account_id, payment_id) if payment_id else None
        context = self.desk.read(load_entry_context, account_id, local_now(self.desk))
        known = self.desk.read(_invoices_for, account_id, existing)
        propose = partial(self._proposed, account_id)
        dialog = PaymentDialog(
            context, known, propose, existing, self.window, numbers=numbers, rates=self.desk.read(load_rates)
        )
        return self.show(dialog, partial(self._keep_payment, dialog, existing))

    def remove_payment(self, account_id: str, payment_id: str) -> bool:
        """Take out a payment recorded by mistake, with undo."""
        payment = self.desk.read(get_payment, account_id, payment_id)
        return self.edit(
            None,
            "remove payment",
            partial(self._remove_payment, payment),
            partial(self._record_payment, payment),
        )

    def skip(self, charges: Sequence[Charge]) -> FormDialog:
        """Ask why these charges are skipped, and keep that."""
        from retainerdesk.desktop.dialogs.decision_points import SkipDialog

        dialog = SkipDialog(charges, self.desk.today(), self.window)
        return self.show(dialog, partial(self._keep_skips, dialog, tuple(charges)))

    def unskip(self, charge: Charge, reason: str) -> bool:
        """Offer a skipped charge again; undo skips it once more for the same reason."""
        forward = partial(self._take_back, (charge.key,))
        return self.edit(None, "take back skip", forward, partial(self._skip, (charge,), reason))

    def _proposed(self, account_id: str, amount: Money) -> tuple[Allocation, ...]:
        return self.desk.read(propose_allocations, account_id, amount)

    def _keep_payment(self, dialog: FormDialog, existing: Payment | None, payment: Payment) -> None:
        if existing is None:
            self.edit(
                dialog,
                "payment",
                partial(self._record_payment, payment),
                partial(self._remove_payment, payment),
            )
        elif payment != existing:
            self.edit(
                dialog,
                "change payment",
                partial(self._change_payment, payment),
                partial(self._change_payment, existing),
            )

    def _keep_skips(self, dialog: FormDialog, charges: Sequence[Charge], reason: str) -> None:
        keys = tuple(charge.key for charge in charges)
        self.edit(dialog, "skip", partial(self._skip, charges, reason), partial(self._take_back, keys))

    def _record_payment(self, payment: Payment) -> Changes:
        return self.desk.write(record_payment, payment).changes

    def _change_payment(self, payment: Payment) -> Changes:
        return self.desk.write(change_payment, payment).changes

    def _remove_payment(self, payment: Payment) -> Changes:
        return self.desk.write(remove_payment, payment).changes

    def _skip(self, charges: Sequence[Charge], reason: str) -> Changes:
        return self.desk.write(skip_charges, charges, reason, self.desk.today()).changes

    def _take_back(self, keys: Sequence[ChargeKey]) -> Changes:
        changes = Changes()
        for key in keys:
            changes = self.desk.write(take_back_skip, key).changes
        return changes


def _invoices_for(uow: UnitOfWork, account_id: str, existing: Payment | None) -> tuple[OpenInvoice, ...]:
    """The open invoices of an account and those that an existing payment settles."""
    known = open_invoices(uow, account_id)
    listed = {each.number for each in known}
    settled = [each.invoice_number for each in existing.allocations] if existing else []
    more = []
    for number in settled:
        if number not in listed:
            invoice, balance = get_invoice_row(uow, number)
            more.append(OpenInvoice(number, invoice.due_on, balance))
    return tuple(sorted((*known, *more), key=lambda each: (each.due_on, each.number)))
