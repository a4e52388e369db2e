"""Which retainer fees ought to be invoiced, and what changes when terms change under an invoiced period.

A period is cut into pieces where the price in force changes and where a pause begins or ends. Pieces nobody
invoiced are fees. Where a piece was invoiced at another price than the one now in force, the difference is
two corrections: a credit of the old part and the new part. Source: handbook, "Billing" and "Proration".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.invoice import ChargeKind, InvoiceLine, Skip
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import Plan, Proration, Timing
from retainerdesk.domain.proration import prorate_parts
from retainerdesk.domain.retainer import PauseFee, Retainer
from retainerdesk.domain.schedule import Slice, billing_periods
from retainerdesk.domain.term import PriceStep, price_steps


@dataclass(frozen=True, slots=True)
class FeePiece:
    """A part of a billing period under one price: what it costs and when it may be invoiced.

    `fee` is the full fee in force (zero while paused without a fee); `reason` says why the price holds.
    """

    slice: Slice
    span: Period
    plan: Plan
    fee: Money
    net: Money
    billable_on: date
    reason: str = ""
    is_paused: bool = False


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

    `credit` (negative) takes the old part back, `renewed` is the new part, `fee` the full fee now in force.
    """

    span: Period
    plan: Plan
    fee: Money
    credit: Money
    renewed: Money


def fee_pieces(retainer: Retainer, until: date) -> list[FeePiece]:
    """The pieces of all billing periods that start before `until`, in order. They tile the service span."""
    slices = billing_periods(retainer, until)
    if not slices:
        return []
    steps = price_steps(retainer, slices[-1].span.end)
    pieces: list[FeePiece] = []
    for index, slice_ in enumerate(slices):
        following = slices[index + 1] if index + 1 < len(slices) else None
        pieces += _pieces_of(retainer, slice_, steps, following if index == 0 else None)
    return [piece for piece in pieces if _is_ours(retainer, piece)]


def _is_ours(retainer: Retainer, piece: FeePiece) -> bool:
    """Whether this book has to invoice the piece; earlier days were settled elsewhere."""
    return retainer.settled_through is None or piece.span.start >= retainer.settled_through


def _pieces_of(
    retainer: Retainer, slice_: Slice, steps: Sequence[PriceStep], first_full: Slice | None
) -> list[FeePiece]:
    step_at = _steps_in(slice_.span, steps)
    cuts = [step.from_on for step in step_at]
    cuts += [day for pause in retainer.pauses for day in (pause.span.start, pause.span.end)]
    if retainer.settled_through is not None:
        cuts.append(retainer.settled_through)
    method = step_at[0].plan.proration
    billable_on = _billable_on(slice_, step_at[0].plan, first_full)
    pieces: list[FeePiece] = []
    for step, spans in _by_price(slice_.span.split_at(cuts), step_at):
        nets = prorate_parts(step.fee, spans, slice_, method)
        for span, net in zip(spans, nets, strict=True):
            free = _is_free(retainer, span)
            zero = Money(0, net.currency)
            fee, price = (zero, zero) if free else (step.fee, net)
            pieces.append(FeePiece(slice_, span, step.plan, fee, price, billable_on, step.reason, free))
    return pieces


def _steps_in(span: Period, steps: Sequence[PriceStep]) -> list[PriceStep]:
    """The price steps in force during `span`; one that leaves the fee as it is belongs to the one before."""
    before = [step for step in steps if step.from_on <= span.start]
    found = [before[-1] if before else steps[0]]
    for step in steps:
        if step.from_on in span and step.from_on > span.start and step.fee != found[-1].fee:
            found.append(step)
    return found


def _by_price(spans: Iterable[Period], steps: Sequence[PriceStep]) -> list[tuple[PriceStep, list[Period]]]:
    grouped: list[tuple[PriceStep, list[Period]]] = [(step, []) for step in steps]
    for span in spans:
        position = max(i for i, step in enumerate(steps) if i == 0 or step.from_on <= span.start)
        grouped[position][1].append(span)
    return [(step, found) for step, found in grouped if found]


def _is_free(retainer: Retainer, span: Period) -> bool:
    return any(pause.fee is PauseFee.NONE and pause.span.covers(span) for pause in retainer.pauses)


def _billable_on(slice_: Slice, plan: Plan, first_full: Slice | None) -> date:
    billed_with = slice_
    if slice_.is_stub and plan.proration is Proration.MERGE_STUB and first_full is not None:
        billed_with = first_full
    return billed_with.span.start if plan.timing is Timing.ADVANCE else billed_with.span.end


def billed_fees(lines: Iterable[InvoiceLine], skips: Iterable[Skip], currency: str) -> list[Billed]:
    """What was invoiced for the days of one retainer, as separate spans in order of date.

    `lines` are the retainer's fee lines and fee corrections in the order they were issued. A correction
    replaces the price of the days it covers.
    """
    tiles: list[Billed] = []
    for line in lines:
        amount = _agreed_amount(line)
        if line.key.kind is ChargeKind.FEE:
            tiles.append(Billed(line.key.service, amount, line.basis or Money(0, currency)))
        elif line.key.kind is ChargeKind.CORRECTION:
            tiles = _corrected(tiles, line.key.service, amount, line.basis)
    for skip in skips:
        nothing = Money(0, currency)
        if skip.key.kind is ChargeKind.FEE:
            tiles.append(Billed(skip.key.service, nothing, None))
        elif skip.key.kind is ChargeKind.CORRECTION:
            tiles = _corrected(tiles, skip.key.service, nothing, None)
    return sorted(tiles, key=lambda tile: tile.span)


def _agreed_amount(line: InvoiceLine) -> Money:
    """What the line cost as agreed: with the tax inside where prices include it."""
    return line.agreed if line.agreed is not None else line.net


def _corrected(tiles: list[Billed], span: Period, amount: Money, fee: Money | None) -> list[Billed]:
    """The tiles after a correction of `span`: cut at its ends, its money added, its price replaced."""
    result: list[Billed] = []
    inside: list[Billed] = []
    for tile in tiles:
        for part in split_billed(tile, [span.start, span.end]):
            (inside if span.covers(part.span) else result).append(part)
    if not inside:
        return result
    shares = amount.allocate([part.span.days for part in inside])
    result += [Billed(part.span, part.net + share, fee) for part, share in zip(inside, shares, strict=True)]
    return result


def split_billed(tile: Billed, cuts: Sequence[date]) -> list[Billed]:
    """A billed span cut at days inside it; the money is divided by days and adds up."""
    spans = tile.span.split_at(list(cuts))
    nets = tile.net.allocate([span.days for span in spans]) if len(spans) > 1 else [tile.net]
    return [Billed(span, net, tile.fee) for span, net in zip(spans, nets, strict=True)]


def missing_fees(pieces: Sequence[FeePiece], billed: Sequence[Billed]) -> list[FeeDue]:
    """The pieces, or parts of them, that no billed span covers. Pieces without money are left out."""
    due: list[FeeDue] = []
    for piece in pieces:
        covered = [over for tile in billed if (over := tile.span.overlap(piece.span))]
        cuts = [day for over in covered for day in (over.start, over.end)]
        spans = piece.span.split_at(cuts)
        nets = piece.net.allocate([span.days for span in spans])
        due += [
            FeeDue(piece, span, net)
            for span, net in zip(spans, nets, strict=True)
            if net and not any(over.covers(span) for over in covered)
        ]
    return due


def changed_fees(pieces: Sequence[FeePiece], billed: Sequence[Billed]) -> list[FeeChange]:
    """Invoiced days whose price in force is not the one they were invoiced at."""
    changes: list[FeeChange] = []
    cuts = [day for piece in pieces for day in (piece.span.start, piece.span.end)]
    for tile in billed:
        if tile.fee is None:
            continue
        for part in split_billed(tile, cuts):
            change = _change_of(part, tile.fee, pieces)
            if change is not None:
                changes.append(change)
    return changes


def _change_of(part: Billed, billed_fee: Money, pieces: Sequence[FeePiece]) -> FeeChange | None:
    piece = next((piece for piece in pieces if piece.span.covers(part.span)), None)
    if piece is None or piece.fee == billed_fee:
        return None
    outside = piece.span.split_at([part.span.start, part.span.end])
    shares = piece.net.allocate([span.days for span in outside])
    renewed = next(net for span, net in zip(outside, shares, strict=True) if span == part.span)
    if renewed == part.net:
        return None
    return FeeChange(part.span, piece.plan, piece.fee, -part.net, renewed)
