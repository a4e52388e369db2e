"""What payments and settlements settle, what remains open, and for how long.

A balance is what is payable less allocations, credits applied and write-offs; a credit note's is what of it
is neither used nor refunded, below zero. A void document has none, and what had been allocated to it is
credit again. What happened after the asked day is left out. Currencies are never added.
Source: handbook, "Portfolio" (ageing).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import days_late_of, open_parts
from retainerdesk.domain.invoice import Allocation, Invoice, Payment, Settlement, SettlementKind
from retainerdesk.domain.money import Money

BUCKETS = ("not_due", "1_30", "31_60", "61_90", "over_90")
_LAST_DAY_OF_BUCKET = (0, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open balances of one currency by days past due, in the order of BUCKETS; they add up to `total`."""

    amounts: tuple[Money, Money, Money, Money, Money]

    @property
    def total(self) -> Money:
        return sum(self.amounts[1:], start=self.amounts[0])

    @property
    def past_due(self) -> Money:
        return sum(self.amounts[2:], start=self.amounts[1])

    def by_bucket(self) -> dict[str, Money]:
        return dict(zip(BUCKETS, self.amounts, strict=True))


def check_payment(
    payment: Payment,
    invoices: Sequence[Invoice],
    others: Iterable[Payment] = (),
    settlements: Sequence[Settlement] = (),
) -> None:
    """Raise RuleViolation for allocations that do not fit, given what else is already recorded.

    Refused: an unknown or void invoice, another currency, an invoice named twice, more than an invoice's
    balance (credit notes have negative ones), more than the payment, money that was paid back already.
    """
    by_number = {invoice.number: invoice for invoice in invoices}
    before = [other for other in others if other.id != payment.id]
    open_now = balances(invoices, before, settlements=settlements)
    for position, allocation in enumerate(payment.allocations):
        field = f"allocations[{position}]"
        _check_target(payment, allocation, by_number.get(allocation.invoice_number), field)
        _check_balance(allocation, open_now[allocation.invoice_number], field)
    numbers = [allocation.invoice_number for allocation in payment.allocations]
    if len(set(numbers)) != len(numbers):
        message = "An invoice is named twice in one payment; give it one amount."
        raise RuleViolation("payment.twice", message, "allocations")
    _check_sum(payment)
    check_refunds_covered(invoices, [*before, payment], settlements)


def check_refunds_covered(
    invoices: Iterable[Invoice], payments: Iterable[Payment], settlements: Sequence[Settlement]
) -> None:
    """Raise RuleViolation if more was paid back to the account than these payments leave unallocated."""
    if not any(_is_of_account(each) for each in settlements):
        return
    for currency, credit in unapplied_credit(invoices, payments, settlements=settlements).items():
        if credit.minor < 0:
            message = f"{-credit} {currency} of this money was paid back already; take the refund out first."
            raise RuleViolation("payment.refunded", message, "amount")


def _check_target(payment: Payment, allocation: Allocation, invoice: Invoice | None, field: str) -> None:
    if invoice is None or invoice.account_id != payment.account_id:
        message = f"The account has no invoice {allocation.invoice_number}; check the number."
        raise RuleViolation("payment.invoice", message, field)
    if invoice.is_void():
        message = f"Invoice {invoice.number} is void; allocate the payment to another one."
        raise RuleViolation("payment.void", message, field)
    if not invoice.currency == allocation.amount.currency == payment.amount.currency:
        message = (
            f"Invoice {invoice.number} is in {invoice.currency}, the payment in {payment.amount.currency}."
        )
        raise RuleViolation("payment.currency", message, field)


def _check_balance(allocation: Allocation, balance: Money, field: str) -> None:
    if not _is_part_of(allocation.amount.minor, balance.minor):
        message = (
            f"{allocation.amount} {balance.currency} is not a part of the {balance} still open on"
            f" {allocation.invoice_number}; leave the rest unallocated."
        )
        raise RuleViolation("payment.over_allocated", message, field)


def _check_sum(payment: Payment) -> None:
    allocated = sum(allocation.amount.minor for allocation in payment.allocations)
    if not _is_part_of(allocated, payment.amount.minor):
        total = Money(allocated, payment.amount.currency)
        message = f"{total} is allocated, but the payment is {payment.amount} {payment.amount.currency}."
        raise RuleViolation("payment.over_allocated", message, "allocations")


def _is_part_of(part: int, whole: int) -> bool:
    """Whether `part` lies between zero and `whole`, on either side of zero."""
    return min(0, whole) <= part <= max(0, whole)


def balances(
    invoices: Iterable[Invoice],
    payments: Iterable[Payment],
    as_of: date | None = None,
    settlements: Iterable[Settlement] = (),
) -> dict[str, Money]:
    """What remains open of each document by its number; credit notes are negative, void ones zero."""
    settled: dict[str, int] = {}
    for number, day, minor in _moves(payments, settlements):
        if as_of is None or day <= as_of:
            settled[number] = settled.get(number, 0) + minor
    return {
        invoice.number: _balance(invoice, settled.get(invoice.number, 0), as_of)
        for invoice in invoices
        if as_of is None or invoice.issued_on <= as_of
    }


def _moves(payments: Iterable[Payment], settlements: Iterable[Settlement]) -> Iterable[tuple[str, date, int]]:
    """Document, day, and what it settled in minor units: negative where a credit note is used up."""
    for payment in payments:
        for part in payment.allocations:
            yield part.invoice_number, payment.on, part.amount.minor
    for each in settlements:
        if each.invoice_number is not None:
            yield each.invoice_number, each.on, each.amount.minor
        if each.source_number is not None:
            yield each.source_number, each.on, -each.amount.minor


def _balance(invoice: Invoice, settled: int, as_of: date | None) -> Money:
    open_minor = 0 if invoice.is_void(as_of) else invoice.payable.minor - settled
    return Money(open_minor, invoice.currency)


def open_balance(
    invoices: Iterable[Invoice],
    payments: Iterable[Payment],
    as_of: date | None = None,
    settlements: Iterable[Settlement] = (),
) -> dict[str, Money]:
    """The sum of balances per currency; money not yet allocated does not reduce it."""
    return _per_currency(balances(invoices, payments, as_of, settlements).values())


def unapplied_credit(
    invoices: Iterable[Invoice],
    payments: Iterable[Payment],
    as_of: date | None = None,
    settlements: Iterable[Settlement] = (),
) -> dict[str, Money]:
    """Money received that settles nothing yet and was not paid back, per currency."""
    void = {invoice.number for invoice in invoices if invoice.is_void(as_of)}
    free = [_unallocated(payment, void) for payment in payments if as_of is None or payment.on <= as_of]
    back = [each for each in settlements if _is_of_account(each) and (as_of is None or each.on <= as_of)]
    return _per_currency([*free, *(-each.amount for each in back)])


def _is_of_account(settlement: Settlement) -> bool:
    """Whether it pays back what the account paid, and not what a credit note gives."""
    return settlement.kind is SettlementKind.REFUND and settlement.source_number is None


def _unallocated(payment: Payment, void: set[str]) -> Money:
    used = sum(part.amount.minor for part in payment.allocations if part.invoice_number not in void)
    return Money(payment.amount.minor - used, payment.amount.currency)


def _per_currency(amounts: Iterable[Money]) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Money(0, amount.currency)) + amount
    return sums


def ageing(
    invoices: Sequence[Invoice],
    payments: Iterable[Payment],
    today: date,
    settlements: Iterable[Settlement] = (),
) -> dict[str, Ageing]:
    """Open balances per currency by days past due on `today`, net of part payments.

    What is due today is not past due. Every instalment ages by itself, the earliest settled first. Credit
    notes count in the bucket of their own due date.
    """
    open_now = balances(invoices, payments, today, settlements)
    sums: dict[str, list[int]] = {}
    for invoice in invoices:
        if invoice.number in open_now:
            row = sums.setdefault(invoice.currency, [0] * len(BUCKETS))
            for part in open_parts(invoice, open_now[invoice.number]):
                row[_bucket(part.due_on, today)] += part.amount.minor
    return {currency: _ageing_of(row, currency) for currency, row in sums.items()}


def _ageing_of(minors: list[int], currency: str) -> Ageing:
    not_due, first, second, third, over = (Money(minor, currency) for minor in minors)
    return Ageing((not_due, first, second, third, over))


def _bucket(due_on: date, today: date) -> int:
    days_past_due = (today - due_on).days
    return sum(days_past_due > last for last in _LAST_DAY_OF_BUCKET)


def settled_on(
    invoice: Invoice,
    payments: Iterable[Payment],
    as_of: date | None = None,
    settlements: Iterable[Settlement] = (),
) -> date | None:
    """The day the last part came of an invoice of which nothing is open; None while something is."""
    parts = _dated_parts(invoice, payments, as_of, settlements)
    settled = sum(minor for _, minor in parts)
    return parts[-1][0] if parts and settled == invoice.payable.minor else None


def _dated_parts(
    invoice: Invoice, payments: Iterable[Payment], as_of: date | None, settlements: Iterable[Settlement]
) -> list[tuple[date, int]]:
    """What settled an invoice, in order of date: days and minor units."""
    return sorted(
        (day, minor)
        for number, day, minor in _moves(payments, settlements)
        if number == invoice.number and (as_of is None or day <= as_of)
    )


def days_late(
    invoice: Invoice, payments: Iterable[Payment], today: date, settlements: Iterable[Settlement] = ()
) -> int | None:
    """Days from due to settlement (0 if early), so far where still open; None if there is nothing to judge.

    Of instalments the latest counts. Void invoices, credit notes and what is not yet due are not judged.
    """
    if invoice.is_void(today) or invoice.payable.minor <= 0:
        return None
    return days_late_of(invoice, _dated_parts(invoice, payments, today, settlements), today)


def average_days_late(
    invoices: Iterable[Invoice],
    payments: Sequence[Payment],
    today: date,
    settlements: Sequence[Settlement] = (),
) -> Fraction | None:
    """The mean of `days_late` over the invoices that can be judged, each counting once; None without any.

    Early payment counts as 0, so that it does not hide late ones; open ones count so far, so that somebody
    who never pays is not punctual.
    """
    # Looked up by number: going through all payments for each invoice would take the square.
    parts: dict[str, list[tuple[date, int]]] = {}
    for number, day, minor in _moves(payments, settlements):
        if day <= today:
            parts.setdefault(number, []).append((day, minor))
    late = [
        days_late_of(each, sorted(parts.get(each.number, ())), today)
        for each in invoices
        if each.issued_on <= today and not each.is_void(today) and each.payable.minor > 0
    ]
    judged = [days for days in late if days is not None]
    return Fraction(sum(judged), len(judged)) if judged else None


def propose_allocations(
    amount: Money, invoices: Iterable[Invoice], open_now: Mapping[str, Money]
) -> tuple[Allocation, ...]:
    """Settle the oldest due first, with what is left of a payment of `amount`; the rest stays credit."""
    left = amount.minor
    parts: list[Allocation] = []
    for invoice in sorted(invoices, key=lambda each: (each.due_on, each.issued_on, each.number)):
        balance = open_now.get(invoice.number)
        if balance is None or balance.currency != amount.currency:
            continue
        part = min(left, balance.minor)
        if part > 0:
            parts.append(Allocation(invoice.number, Money(part, amount.currency)))
            left -= part
    return tuple(parts)
