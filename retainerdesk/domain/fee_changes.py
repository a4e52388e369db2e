"""Which fees nobody invoiced yet, and what changes when terms change under days that were invoiced.

Where days were invoiced at another price than the one now in force, the difference is two corrections: a
credit of the old part and the new part. Days after the end of the service have a credit only. Source:
handbook, "Billing" and "Proration".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.fees import FeePiece
from retainerdesk.domain.invoice import ChargeKey, ChargeKind, InvoiceLine, Skip
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.proration import prorate_parts
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.term import span_of

# Days that were split twice can differ by this many minor units from days split once.
_ROUNDING_MINOR = 2


@dataclass(frozen=True, slots=True)
class Billed:
    """Days already invoiced (or skipped): the money they brought and the full fee they were computed from.

    `fee` None means that nothing may be corrected there (a skip, or a line whose basis is not known).
    """

    span: Period
    net: Money
    fee: Money | None


@dataclass(frozen=True, slots=True)
class FeeDue:
    """A fee, or a part of one, that nobody invoiced."""

    piece: FeePiece
    span: Period
    net: Money


@dataclass(frozen=True, slots=True)
class FeeChange:
    """Invoiced days whose price is another now.

    `credit` (not above zero) takes the old part back, computed from the full fee `old_fee`; `renewed` is the
    new part, computed from `fee`. After the end of the service there is no new part.
    """

    span: Period
    old_fee: Money
    fee: Money
    credit: Money
    renewed: Money


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """A retainer and its fee pieces in order of date, reaching at least to the end of the billed days."""

    retainer: Retainer
    pieces: Sequence[FeePiece]

    def cut(self, tile: Billed, days: Iterable[date]) -> list[Billed]:
        """Days and their money cut at `days`, as the fee would be divided there; the parts add up."""
        spans = tile.span.split_at(list(days))
        if len(spans) == 1:
            return [tile]
        nets = tile.net.allocate(self.weights(tile.fee, spans))
        return [Billed(span, net, tile.fee) for span, net in zip(spans, nets, strict=True)]

    def weights(self, fee: Money | None, spans: Sequence[Period]) -> list[int]:
        """What adjoining spans weigh in a fee: by the proration of the period they lie in, else by days."""
        position = bisect_right(self.pieces, spans[0].start, key=lambda piece: piece.span.start) - 1
        if fee and position >= 0:
            slice_ = self.pieces[position].slice
            if slice_.span.covers(Period(spans[0].start, spans[-1].end)):
                method = self.retainer.plan_on(slice_.span.start).proration
                shares = [share.minor for share in prorate_parts(fee, spans, slice_, method)]
                if any(shares):
                    return shares
        return [span.days for span in spans]

    def is_unserved(self, span: Period) -> bool:
        """Whether days that this book has to invoice lie outside the service."""
        settled, served = self.retainer.settled_through, span_of(self.retainer, date.max)
        is_ours = settled is None or span.start >= settled
        return is_ours and served.overlap(span) is None


def billed_fees(terms: FeeTerms, lines: Iterable[InvoiceLine], skips: Iterable[Skip]) -> list[Billed]:
    """What was invoiced for the days of one retainer, as separate spans in order of date.

    `lines` are the retainer's fee lines and fee corrections in the order they were issued. A correction adds
    its money to the days it covers, and its basis (negative for a credit) to the full fee they were computed
    from: so each half of a correction holds on its own, also when the invoice it corrects is void.
    """
    tiles: list[Billed] = []
    for line in lines:
        amount = line.agreed if line.agreed is not None else line.net
        tiles = _with(terms, tiles, line.key, Billed(line.key.service, amount, line.basis))
    for skip in skips:
        nothing = Money(0, terms.retainer.plans[0].fee.currency)
        tiles = _with(terms, tiles, skip.key, Billed(skip.key.service, nothing, None))
    return sorted(tiles, key=lambda tile: tile.span)


def _with(terms: FeeTerms, tiles: list[Billed], key: ChargeKey, new: Billed) -> list[Billed]:
    return [*tiles, new] if key.kind is ChargeKind.FEE else _corrected(terms, tiles, new)


def _corrected(terms: FeeTerms, tiles: list[Billed], correction: Billed) -> list[Billed]:
    """The tiles after a correction: cut at its ends, its money and its basis added to the days inside."""
    result = [tile for tile in tiles if tile.span.overlap(correction.span) is None]
    inside: list[Billed] = []
    for tile in tiles:
        if tile.span.overlap(correction.span) is not None:
            for part in _parts_around(terms, tile, correction):
                (inside if correction.span.covers(part.span) else result).append(part)
    if not inside:
        # The corrected invoice is void: the money stays invoiced, and a skip has nothing left to skip.
        return [*result, correction] if correction.net else result
    shares = correction.net.allocate([part.span.days for part in inside])
    return result + [
        Billed(part.span, part.net + share, _sum_of(part.fee, correction.fee))
        for part, share in zip(inside, shares, strict=True)
    ]


def _sum_of(one: Money | None, other: Money | None) -> Money | None:
    return None if one is None or other is None else one + other


def _parts_around(terms: FeeTerms, tile: Billed, correction: Billed) -> list[Billed]:
    """A tile cut at the ends of a correction. A credit takes all money of its days."""
    parts = terms.cut(tile, [correction.span.start, correction.span.end])
    if correction.net.minor >= 0 or len(parts) == 1 or not tile.span.covers(correction.span):
        return parts
    weights = terms.weights(tile.fee, [part.span for part in parts])
    outside = [
        0 if part.span == correction.span else weight for part, weight in zip(parts, weights, strict=True)
    ]
    kept = (tile.net + correction.net).allocate(outside)
    return [
        replace(part, net=-correction.net if part.span == correction.span else net)
        for part, net in zip(parts, kept, strict=True)
    ]


def missing_fees(terms: FeeTerms, billed: Sequence[Billed]) -> list[FeeDue]:
    """The pieces, or parts of them, that no billed span covers. Pieces without money are left out."""
    covered = _merged(billed)
    cuts = _cuts_of(billed)
    return [
        FeeDue(piece, part.span, part.net)
        for piece in terms.pieces
        for part in _cut_piece(terms, piece, cuts)
        if part.net and not _is_covered(part.span, covered)
    ]


def _cuts_of(billed: Sequence[Billed]) -> list[date]:
    return sorted({day for tile in billed for day in (tile.span.start, tile.span.end)})


def _inside(days: Sequence[date], span: Period) -> Sequence[date]:
    """The days of a sorted list that lie strictly inside a span."""
    return days[bisect_right(days, span.start) : bisect_left(days, span.end)]


def _cut_piece(terms: FeeTerms, piece: FeePiece, cuts: Sequence[date]) -> list[Billed]:
    return terms.cut(Billed(piece.span, piece.net, piece.fee), _inside(cuts, piece.span))


def _merged(billed: Sequence[Billed]) -> list[Period]:
    """The billed days as spans in order that do not touch."""
    merged: list[Period] = []
    for span in sorted(tile.span for tile in billed):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _is_covered(span: Period, covered: Sequence[Period]) -> bool:
    position = bisect_right(covered, span.start, key=lambda each: each.start) - 1
    return position >= 0 and covered[position].covers(span)


def changed_fees(terms: FeeTerms, billed: Sequence[Billed]) -> list[FeeChange]:
    """Invoiced days whose price in force is not the one they were invoiced at.

    Differences of rounding are none, nor are changes inside one invoiced span that cancel each other.
    """
    edges = sorted({day for piece in terms.pieces for day in (piece.span.start, piece.span.end)})
    cuts = _cuts_of(billed)
    expected = {part.span: part for piece in terms.pieces for part in _cut_piece(terms, piece, cuts)}
    changes: list[FeeChange] = []
    for tile in billed:
        found: list[FeeChange] = []
        for part in terms.cut(tile, _inside(edges, tile.span)):
            found += _change_of(part, expected.get(part.span) or _nothing_for(terms, part))
        if sum(change.credit.minor + change.renewed.minor for change in found):
            changes += found
    return changes


def _nothing_for(terms: FeeTerms, part: Billed) -> Billed | None:
    nothing = Money(0, part.net.currency)
    return Billed(part.span, nothing, nothing) if terms.is_unserved(part.span) else None


def _change_of(part: Billed, now: Billed | None) -> list[FeeChange]:
    if now is None or now.fee is None or part.fee is None or now.net == part.net:
        return []
    if now.fee == part.fee and abs(now.net.minor - part.net.minor) <= _ROUNDING_MINOR:
        return []
    return [FeeChange(part.span, part.fee, now.fee, -part.net, now.net)]
