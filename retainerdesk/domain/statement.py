"""A statement of account: what was issued, paid, written off and paid back between two days, and the balance.

One currency a statement. The balance counts documents at what is payable and every payment whole, allocated
or not, so it is what is open less credit not yet used. Using a credit note for an invoice moves nothing here:
both are in the balance already. Source: handbook, "Payments", Statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retainerdesk.domain.invoice import Invoice, Payment, Settlement, SettlementKind
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import Ageing, ageing, unapplied_credit
from retainerdesk.domain.period import Period


class EntryKind(StrEnum):
    """What moved the balance. The order is that of entries of one day."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    VOID = "void"
    PAYMENT = "payment"
    WRITE_OFF = "write_off"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """One move. `amount` is above zero where the account owes more by it; `balance` is that after it.

    `reference` is the number of the document, or the text of a payment; `due_on` belongs to invoices.
    """

    on: date
    kind: EntryKind
    reference: str
    amount: Money
    balance: Money
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The moves of a span (half-open), with the balances before and after; all in one currency.

    `ageing` is of the last day of the span; `unapplied` is money received that settles nothing yet.
    closing = opening + all amounts = ageing.total − unapplied.
    """

    span: Period
    opening: Money
    entries: tuple[StatementEntry, ...]
    closing: Money
    ageing: Ageing
    unapplied: Money

    @property
    def currency(self) -> str:
        return self.closing.currency


# Day, kind, reference, amount, due date.
_Move = tuple[date, EntryKind, str, Money, date | None]


def statement_of(
    span: Period,
    currency: str,
    invoices: Sequence[Invoice],
    payments: Sequence[Payment],
    settlements: Sequence[Settlement] = (),
) -> Statement:
    """The statement of one account's documents, payments and settlements; other currencies are left out.

    Raises ValueError for a span without days.
    """
    if not span.days:
        raise ValueError("a statement covers at least one day")
    invoices = [each for each in invoices if each.currency == currency]
    payments = [each for each in payments if each.amount.currency == currency]
    settlements = [each for each in settlements if each.amount.currency == currency]
    moves = sorted(_moves(invoices, payments, settlements), key=_order)
    zero = Money(0, currency)
    opening = sum((move[3] for move in moves if move[0] < span.start), zero)
    entries = tuple(_entries(opening, [move for move in moves if move[0] in span]))
    last = span.last_day
    aged = ageing(invoices, payments, last, settlements).get(currency, Ageing((zero,) * 5))
    unapplied = unapplied_credit(invoices, payments, last, settlements).get(currency, zero)
    closing = entries[-1].balance if entries else opening
    return Statement(span, opening, entries, closing, aged, unapplied)


def _order(move: _Move) -> tuple[date, int, str]:
    return move[0], list(EntryKind).index(move[1]), move[2]


def _entries(opening: Money, moves: Iterable[_Move]) -> Iterator[StatementEntry]:
    balance = opening
    for on, kind, reference, amount, due_on in moves:
        balance += amount
        yield StatementEntry(on, kind, reference, amount, balance, due_on)


def _moves(
    invoices: Iterable[Invoice], payments: Iterable[Payment], settlements: Iterable[Settlement]
) -> Iterator[_Move]:
    for invoice in invoices:
        yield from _moves_of_document(invoice)
    for payment in payments:
        yield payment.on, EntryKind.PAYMENT, payment.text or payment.id, -payment.amount, None
    for each in settlements:
        if each.kind is SettlementKind.WRITE_OFF:
            yield each.on, EntryKind.WRITE_OFF, each.invoice_number or each.id, -each.amount, None
        elif each.kind is SettlementKind.REFUND:
            yield each.on, EntryKind.REFUND, each.source_number or each.id, each.amount, None


def _moves_of_document(invoice: Invoice) -> Iterator[_Move]:
    """A void document counts from its issue to the day before it was voided; without that day, never."""
    if invoice.is_void() and invoice.voided is None:
        return
    kind = EntryKind.CREDIT_NOTE if invoice.is_credit_note else EntryKind.INVOICE
    due_on = None if invoice.is_credit_note else invoice.due_on
    yield invoice.issued_on, kind, invoice.number, invoice.payable, due_on
    if invoice.voided is not None and invoice.is_void():
        yield invoice.voided.on, EntryKind.VOID, invoice.number, -invoice.payable, None
