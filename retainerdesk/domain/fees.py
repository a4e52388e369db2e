"""The fees a retainer ought to bring: its billing periods cut into pieces of one price.

A period is cut where the price in force changes and where a pause begins or ends. What was invoiced of the
pieces, and what changes when terms change under them, is in `fee_changes`. Source: handbook, "Billing" and
"Proration".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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


def fee_pieces(retainer: Retainer, until: date, since: date = date.min) -> list[FeePiece]:
    """The pieces of all billing periods that start before `until` and end after `since`, in order.

    They tile the service span, or its end.
    """
    slices = [each for each in billing_periods(retainer, until) if each.span.end > since]
    if not slices:
        return []
    steps = price_steps(retainer, slices[-1].span.end)
    # The period after the last one, which may lie beyond `until`: a stub merges into it all the same.
    beyond = billing_periods(retainer, date.fromordinal(slices[-1].span.end.toordinal() + 1))
    following = [*[each for each in beyond if each.span.end > since][1:], slices[-1]]
    pieces: list[FeePiece] = []
    for slice_, next_one in zip(slices, following, strict=False):
        pieces += _pieces_of(retainer, slice_, steps, next_one)
    return [piece for piece in pieces if _is_ours(retainer, piece)]


def _is_ours(retainer: Retainer, piece: FeePiece) -> bool:
    """Whether this book has to invoice the piece; earlier days were settled elsewhere."""
    return retainer.settled_through is None or piece.span.start >= retainer.settled_through


def _pieces_of(
    retainer: Retainer, slice_: Slice, steps: Sequence[PriceStep], following: Slice
) -> list[FeePiece]:
    step_at = _steps_in(slice_.span, steps)
    cuts = [step.from_on for step in step_at]
    cuts += [day for pause in retainer.pauses for day in (pause.span.start, pause.span.end)]
    if retainer.settled_through is not None:
        cuts.append(retainer.settled_through)
    method = step_at[0].plan.proration
    billable_on = _billable_on(slice_, step_at[0].plan, following)
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


def _billable_on(slice_: Slice, plan: Plan, following: Slice) -> date:
    is_leading_stub = slice_.is_stub and slice_.span.end == slice_.full.end
    merges = is_leading_stub and plan.proration is Proration.MERGE_STUB
    billed_with = following if merges else slice_
    return billed_with.span.start if plan.timing is Timing.ADVANCE else billed_with.span.end
