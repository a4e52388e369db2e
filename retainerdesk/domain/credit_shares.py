"""How much of an invoice is left and how much a credit note takes: by line, and the tax of each group.

Lines whose prices include tax are counted as agreed, with it: their tax is what the gross leaves over the
net. The tax of the other lines of a group is one amount, rounded half up once on what was taken so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.invoice import Invoice, InvoiceLine
from retainerdesk.domain.money import Money, round_half_up

_CREDIT = "credit:"


def source_of(number: str, position: int) -> str:
    """What a line of a credit note names as its source: the line it takes back."""
    return f"{_CREDIT}{number}:{position}"


def is_credit_source(source_id: str) -> bool:
    """Whether a source names a line that was taken back."""
    return source_id.startswith(_CREDIT)


@dataclass(frozen=True, slots=True)
class LineShare:
    """A part of one line: as agreed (with the tax where prices include it), and without tax."""

    agreed: Money
    net: Money

    def __sub__(self, other: LineShare) -> LineShare:
        return LineShare(self.agreed - other.agreed, self.net - other.net)


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """The lines of one category and rate, by index; `tax` and `net` of those without tax in their price."""

    category: TaxCategory
    rate_percent: Decimal
    reason: str | None
    added: tuple[int, ...]
    inside: tuple[int, ...]
    net: int
    tax: int

    @property
    def rate(self) -> Fraction:
        """What tax is to net: the rate itself where the invoice was computed with it, else as it stands."""
        rate = Fraction(self.rate_percent) / 100
        if self.tax == round_half_up(self.net * rate) or not self.net:
            return rate
        return Fraction(self.tax, self.net)


@dataclass(frozen=True, slots=True)
class Share:
    """What is left of an invoice, or taken: each line, and the added tax of each group in minor units."""

    currency: str
    tax_groups: tuple[TaxGroup, ...]
    lines: tuple[LineShare, ...]
    added_tax: tuple[int, ...]

    def __sub__(self, other: Share) -> Share:
        lines = tuple(mine - theirs for mine, theirs in zip(self.lines, other.lines, strict=True))
        tax = tuple(mine - theirs for mine, theirs in zip(self.added_tax, other.added_tax, strict=True))
        return Share(self.currency, self.tax_groups, lines, tax)

    @property
    def is_empty(self) -> bool:
        return not any(line.agreed or line.net for line in self.lines) and not any(self.added_tax)

    @property
    def net(self) -> Money:
        return Money(sum(line.net.minor for line in self.lines), self.currency)

    @property
    def gross(self) -> Money:
        return Money(sum(line.agreed.minor for line in self.lines) + sum(self.added_tax), self.currency)

    def groups(self) -> Iterator[tuple[TaxGroup, Money, Money]]:
        """Each group with its base and its tax."""
        for group, added in zip(self.tax_groups, self.added_tax, strict=True):
            members = (*group.added, *group.inside)
            base = sum(self.lines[n].net.minor for n in members)
            agreed = sum(self.lines[n].agreed.minor for n in members)
            yield group, Money(base, self.currency), Money(agreed - base + added, self.currency)

    def agreed_of(self, members: Sequence[int]) -> int:
        """What some lines come to as agreed, in minor units."""
        return sum(self.lines[n].agreed.minor for n in members)


def agreed_of(line: InvoiceLine) -> Money:
    """What a line came to as agreed: with the tax where prices include it."""
    return line.net if line.agreed is None else line.agreed


def shares_of(invoice: Invoice, credit_notes: Sequence[Invoice]) -> Share:
    """What these credit notes leave of an invoice."""
    groups = _groups(invoice)
    whole = Share(
        invoice.currency, groups,
        tuple(LineShare(agreed_of(line), line.net) for line in invoice.lines),
        tuple(group.tax for group in groups),
    )  # fmt: skip
    for note in credit_notes:
        whole -= _credited(invoice, groups, note)
    return whole


def _groups(invoice: Invoice) -> tuple[TaxGroup, ...]:
    by_reason = _has_reasons(invoice)
    found: list[TaxGroup] = []
    taken: set[int] = set()
    for total in invoice.totals.tax:
        key = (total.category, total.rate_percent, total.reason or "" if by_reason else "")
        members = [n for n, line in enumerate(invoice.lines) if _key(line, by_reason=by_reason) == key]
        members = [n for n in members if n not in taken]
        taken.update(members)
        inside = tuple(n for n in members if invoice.lines[n].agreed is not None)
        added = tuple(n for n in members if invoice.lines[n].agreed is None)
        held = sum(agreed_of(invoice.lines[n]).minor - invoice.lines[n].net.minor for n in inside)
        net = sum(invoice.lines[n].net.minor for n in added)
        tax = total.amount.minor - held
        found.append(TaxGroup(total.category, total.rate_percent, total.reason, added, inside, net, tax))
    return tuple(found)


def _key(line: InvoiceLine, *, by_reason: bool) -> tuple[TaxCategory, Decimal, str]:
    return line.tax.category, line.tax.rate_percent, (line.tax.reason or "").strip() if by_reason else ""


def _has_reasons(invoice: Invoice) -> bool:
    """Whether its tax groups are told apart by reason too: documents from elsewhere may not be."""
    totals = {(each.category, each.rate_percent, each.reason or "") for each in invoice.totals.tax}
    return all(_key(line, by_reason=True) in totals for line in invoice.lines)


def _credited(invoice: Invoice, groups: tuple[TaxGroup, ...], note: Invoice) -> Share:
    """What one credit note took, as amounts above zero where the invoice is."""
    nothing = Money(0, invoice.currency)
    lines: list[LineShare] = []
    for line in invoice.lines:
        source = source_of(invoice.number, line.position)
        own = [each for each in note.lines if each.key.source_id == source]
        agreed = sum((-agreed_of(each) for each in own), nothing)
        lines.append(LineShare(agreed, sum((-each.net for each in own), nothing)))
    tax: list[int] = []
    for group in groups:
        label = (group.category, group.rate_percent, group.reason)
        totals = [
            each for each in note.totals.tax if (each.category, each.rate_percent, each.reason) == label
        ]
        held = sum(lines[n].agreed.minor - lines[n].net.minor for n in group.inside)
        tax.append(-sum(each.amount.minor for each in totals) - held)
    return Share(invoice.currency, groups, tuple(lines), tuple(tax))
