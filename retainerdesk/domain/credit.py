"""Credit notes: what of an issued invoice is taken back, to the minor unit.

An invoice never changes; a credit note with negative lines stands beside it. What was taken back of a line
never exceeds the line, and once all of it is taken back, nets, taxes, tax withheld and cash rounding of the
credit notes add up to those of the invoice exactly. Source: handbook, "Billing" 7 and "Tax and totals".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.book_tax import credited_book_tax
from retainerdesk.domain.credit_shares import (
    LineShare,
    Share,
    agreed_of,
    is_credit_source,
    shares_of,
    source_of,
)
from retainerdesk.domain.credit_split import shares_by_amount, shares_by_line
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import (
    ChargeKey,
    ChargeKind,
    DocumentKind,
    Invoice,
    InvoiceLine,
    TaxTotal,
    Totals,
)
from retainerdesk.domain.issuing import IssueSlot
from retainerdesk.domain.money import Money
from retainerdesk.domain.rounding import cash_rounding, withheld

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class CreditableLine:
    """What can still be taken back of one line, as it was agreed: with the tax where prices include it."""

    position: int
    text: str
    agreed: Money
    left: Money


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """What to take back: `amounts` by line position (as agreed), or a `gross` amount with tax, or all.

    `reason` is printed on the credit note.
    """

    reason: str
    amounts: Mapping[int, Money] | None = None
    gross: Money | None = None


def credits_of(number: str, documents: Iterable[Invoice]) -> list[Invoice]:
    """The credit notes on one invoice that are not void, in the order they were issued."""
    own = [each for each in documents if each.is_credit_note and each.corrects == number]
    live = [each for each in own if not each.is_void()]
    return sorted(live, key=lambda each: (each.issued_on, each.sequence))


def is_credit_key(key: ChargeKey) -> bool:
    """Whether a charge is a line of a credit note, and so none that was ever to be invoiced."""
    return key.kind is ChargeKind.CORRECTION and is_credit_source(key.source_id)


def creditable_lines(invoice: Invoice, documents: Iterable[Invoice]) -> tuple[CreditableLine, ...]:
    """The lines of an invoice with what can still be taken back of each."""
    shares = shares_of(invoice, credits_of(invoice.number, documents))
    return tuple(
        CreditableLine(line.position, line.text, agreed_of(line), share.agreed)
        for line, share in zip(invoice.lines, shares.lines, strict=True)
    )


def creditable_gross(invoice: Invoice, documents: Iterable[Invoice]) -> Money:
    """What can still be taken back of an invoice, with tax; zero for void documents and credit notes."""
    if invoice.is_void() or invoice.is_credit_note:
        return Money(0, invoice.currency)
    return shares_of(invoice, credits_of(invoice.number, documents)).gross


def draw_up_credit(
    invoice: Invoice,
    documents: Sequence[Invoice],
    request: CreditRequest,
    seller: Business,
    buyer: Account,
    slot: IssueSlot,
) -> Invoice:
    """The credit note of a request, with negative lines; `documents` are all of the account.

    A part of a line is rounded nowhere: it is what was asked for. Tax is what brings the tax taken back so
    far to that of the share taken back, rounded half up once, so that it never drifts. Raises RuleViolation
    for a document that cannot be credited, nothing left, or more than what is left.
    """
    check_creditable(invoice)
    if not request.reason.strip():
        raise RuleViolation("credit.reason", "Say why it is credited; the reason is printed.", "reason")
    earlier = credits_of(invoice.number, documents)
    left = shares_of(invoice, earlier)
    if left.is_empty:
        message = f"All of {invoice.number} is credited already ({_numbers(earlier)})."
        raise RuleViolation("credit.nothing_left", message, "number")
    taken = _taken(invoice, left, request)
    if not 0 <= taken.gross.minor <= max(0, left.gross.minor):
        message = (
            f"These lines come to {taken.gross} {taken.currency}, but {left.gross} is left of"
            f" {invoice.number}: take back its discounts and credits with them."
        )
        raise RuleViolation("credit.sum", message, "lines")
    lines = tuple(_lines(invoice, documents, taken.lines))
    if not lines:
        message = f"{taken.gross} {taken.currency} would be tax alone: credit all that is left, {left.gross}."
        raise RuleViolation("credit.sum", message, "amount")
    totals = _totals(taken)
    after = left - taken
    note = Invoice(
        slot.series_id, slot.number, slot.sequence, invoice.account_id, slot.issued_on, slot.issued_on,
        seller, buyer, lines, totals, chain_head=slot.chain_head,
        kind=DocumentKind.CREDIT_NOTE, corrects=invoice.number, reason=request.reason.strip(),
        series_year=slot.year,
    )  # fmt: skip
    return _with_deductions(note, invoice, left, after)


def check_creditable(invoice: Invoice) -> None:
    """Raise RuleViolation for what has no credit note: a void document, a credit note."""
    if invoice.is_void():
        message = f"{invoice.number} is void: nothing is owed on it, so there is nothing to credit."
        raise RuleViolation("credit.void", message, "number")
    if invoice.is_credit_note:
        message = f"{invoice.number} is a credit note itself; void it, or issue a new invoice."
        raise RuleViolation("credit.of_credit", message, "number")


def _numbers(documents: Iterable[Invoice]) -> str:
    return ", ".join(each.number for each in documents)


def _taken(invoice: Invoice, left: Share, request: CreditRequest) -> Share:
    if request.amounts is not None and request.gross is not None:
        message = "Credit lines or an amount, not both at once."
        raise RuleViolation("credit.both", message, "amount")
    if request.gross is not None:
        return shares_by_amount(invoice, left, request.gross)
    if request.amounts is not None:
        return shares_by_line(invoice, left, request.amounts)
    return left


def _lines(
    invoice: Invoice, documents: Sequence[Invoice], taken: Sequence[LineShare]
) -> Iterable[InvoiceLine]:
    position = 0
    for line, share in zip(invoice.lines, taken, strict=True):
        if share.agreed or share.net:
            position += 1
            yield _line(line, share, _key(invoice, line, documents), position)


def _key(invoice: Invoice, line: InvoiceLine, documents: Sequence[Invoice]) -> ChargeKey:
    source = source_of(invoice.number, line.position)
    used = [
        each.key.sequence for document in documents for each in document.lines if each.key.source_id == source
    ]
    return replace(line.key, kind=ChargeKind.CORRECTION, sequence=max(used, default=0) + 1, source_id=source)


def _line(line: InvoiceLine, share: LineShare, key: ChargeKey, position: int) -> InvoiceLine:
    """A whole line keeps its quantity and price; a part of one is one piece of that amount.

    The basis says that a fee was credited, so that changed terms do not give it back once more.
    """
    is_whole = share.agreed == agreed_of(line)
    return InvoiceLine(
        key, position, line.text,
        -line.quantity if is_whole else -_ONE,
        line.unit_price if is_whole else share.agreed.as_decimal(),
        line.unit if is_whole else "",
        -share.net, line.tax, basis=line.basis,
        agreed=None if line.agreed is None else -share.agreed,
    )  # fmt: skip


def _totals(taken: Share) -> Totals:
    net = Money(-sum(line.net.minor for line in taken.lines), taken.currency)
    groups = tuple(
        TaxTotal(group.category, group.rate_percent, -base, -tax, group.reason)
        for group, base, tax in taken.groups()
        # Lines that cancel each other out still say under which rule: no document is without its tax.
        if base or tax or any(taken.lines[n].agreed for n in (*group.added, *group.inside))
    )
    return Totals(net, groups, net + Money(sum(group.amount.minor for group in groups), taken.currency))


def _with_deductions(note: Invoice, invoice: Invoice, left: Share, after: Share) -> Invoice:
    """The tax withheld, the cash rounding and the tax in the books' currency that go with what is taken back.

    Each is the difference between those of what was left before and of what is left after.
    """
    kept = _withheld_of(invoice, left) - _withheld_of(invoice, after)
    withholding = None
    if invoice.withholding is not None and kept:
        withholding = replace(invoice.withholding, amount=-kept)
    rounding = _rounding_of(invoice, after) - _rounding_of(invoice, left)
    tax = credited_book_tax(invoice, left.gross - left.net, after.gross - after.net)
    return replace(note, withholding=withholding, rounding=rounding or None, book_tax=tax)


def _withheld_of(invoice: Invoice, left: Share) -> Money:
    """What is withheld of what is left; of the whole invoice what it says itself."""
    if invoice.withholding is None or left.is_empty:
        return Money(0, invoice.currency)
    if left.net == invoice.totals.net:
        return invoice.withholding.amount
    return withheld(left.net, invoice.withholding.percent)


def _rounding_of(invoice: Invoice, left: Share) -> Money:
    """The cash rounding of what is left; of the whole invoice what it says itself."""
    none, unit = Money(0, invoice.currency), invoice.buyer.cash_rounding_minor
    if left.is_empty:
        return none
    if left.gross == invoice.totals.gross:
        return invoice.rounding or none
    if not unit or invoice.payable.minor % unit:
        return none
    return cash_rounding(left.gross - _withheld_of(invoice, left), unit) or none
