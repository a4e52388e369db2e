"""How the credit of an account may be used for what it owes: credit notes first, then money not allocated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.invoice import Allocation, Invoice, Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import propose_allocations
from retainerdesk.domain.settlement import balances_of, credit_note_of, credit_of, invoice_of


@dataclass(frozen=True, slots=True)
class CreditUse:
    """How the credit of an account would settle its invoices.

    `applied` are (credit note, invoice, amount), `payments` those that settle more, as they are afterwards.
    """

    applied: tuple[tuple[str, str, Money], ...]
    payments: tuple[Payment, ...]


def propose_credit_use(
    file: AccountFile,
    *,
    source_number: str | None = None,
    invoice_number: str | None = None,
    limit: Money | None = None,
) -> CreditUse:
    """Use credit notes first, then money paid and not allocated, for the invoices that were due first.

    Either side may be narrowed to one document, the whole to an amount. Nothing is used twice.
    """
    open_now = balances_of(file)
    targets = [each for each in file.invoices if not each.is_credit_note]
    if invoice_number is not None:
        targets = [invoice_of(file, invoice_number)]
    sources = [each for each in file.invoices if each.is_credit_note and open_now[each.number].minor < 0]
    if source_number is not None:
        sources = [credit_note_of(file, source_number)]
    left = _all_of(open_now, file) if limit is None else limit
    applied: list[tuple[str, str, Money]] = []
    for note in sources:
        for part in propose_allocations(min(left, -open_now[note.number]), targets, open_now):
            applied.append((note.number, part.invoice_number, part.amount))
            open_now[part.invoice_number] -= part.amount
            left -= part.amount
    changed = () if source_number is not None else _allocated(file, targets, open_now, left)
    return CreditUse(tuple(applied), tuple(changed))


def _all_of(open_now: dict[str, Money], file: AccountFile) -> Money:
    return Money(sum(max(0, each.minor) for each in open_now.values()), file.account.currency)


def _allocated(
    file: AccountFile, targets: Sequence[Invoice], open_now: dict[str, Money], left: Money
) -> Iterable[Payment]:
    """Payments whose unallocated rest settles what is open, in order of date; refunded money is not there."""
    left = min(left, credit_of(file))
    for payment in file.payments:
        used = sum((part.amount for part in payment.allocations), Money(0, payment.amount.currency))
        parts = propose_allocations(min(left, payment.amount - used), targets, open_now)
        if parts:
            for part in parts:
                open_now[part.invoice_number] -= part.amount
                left -= part.amount
            yield replace(payment, allocations=_joined(payment.allocations, parts))


def _joined(one: Sequence[Allocation], more: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """Allocations with at most one a document."""
    sums = {part.invoice_number: part.amount for part in one}
    for part in more:
        known = sums.get(part.invoice_number)
        sums[part.invoice_number] = part.amount if known is None else known + part.amount
    return tuple(Allocation(number, amount) for number, amount in sums.items())
