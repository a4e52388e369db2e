"""What an issued document waits for: the one word lists show beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from retainerdesk.domain.instalments import past_due
from retainerdesk.domain.invoice import Invoice, InvoiceStatus, Settlement
from retainerdesk.domain.money import Money


class InvoiceState(StrEnum):
    """What an issued document is waiting for.

    SETTLED is a credit note that is used up, and an invoice that credit or a write-off settled in part.
    """

    OPEN = "open"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    PAID = "paid"
    VOID = "void"
    CREDIT = "credit"
    SETTLED = "settled"


def corrected_by(settlements: Iterable[Settlement]) -> frozenset[str]:
    """The numbers of invoices that credit or a write-off settled a part of."""
    return frozenset(each.invoice_number for each in settlements if each.invoice_number is not None)


def state_of(invoice: Invoice, balance: Money, today: date, *, corrected: bool = False) -> InvoiceState:
    """What a document with this open balance waits for on `today`.

    `corrected` says that credit or a write-off settled a part of it: then it is settled and not paid.
    """
    if invoice.status is InvoiceStatus.VOID:
        return InvoiceState.VOID
    if invoice.is_credit_note:
        return InvoiceState.CREDIT if balance else InvoiceState.SETTLED
    if balance.minor <= 0:
        return InvoiceState.SETTLED if corrected else InvoiceState.PAID
    if past_due(invoice, balance, today):
        return InvoiceState.OVERDUE
    return InvoiceState.OPEN if balance == invoice.payable else InvoiceState.PART_PAID
