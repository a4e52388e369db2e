"""What a usage period includes: the allowances of the plans in force in it, for the days that are served."""

from __future__ import annotations

from collections.abc import Sequence

from retainerdesk.domain.period import Period
from retainerdesk.domain.proration import prorate_minutes
from retainerdesk.domain.retainer import PauseFee, Retainer
from retainerdesk.domain.schedule import Slice


def granted_minutes(retainer: Retainer, slice_: Slice) -> int:
    """What a usage period includes, in its unit: of each plan in force in it, for the days not paused.

    Prorated by the same factor as a fee, to the nearest minute, minor unit or session.
    """
    changes = [plan.from_on for plan in retainer.plans]
    cuts = changes + [day for pause in retainer.pauses for day in (pause.span.start, pause.span.end)]
    spans = [span for span in slice_.span.split_at(cuts) if not _is_paused(retainer, span)]
    first = retainer.plan_on(slice_.span.start)
    if not slice_.is_stub and spans == [slice_.span]:
        return first.allowance
    total = 0
    for minutes, parts in _by_allowance(retainer, spans):
        total += sum(prorate_minutes(minutes, parts, slice_, first.proration))
    return total


def _by_allowance(retainer: Retainer, spans: Sequence[Period]) -> list[tuple[int, list[Period]]]:
    grouped: dict[int, list[Period]] = {}
    for span in spans:
        grouped.setdefault(retainer.plan_on(span.start).allowance, []).append(span)
    return list(grouped.items())


def _is_paused(retainer: Retainer, span: Period) -> bool:
    return any(p.fee is PauseFee.NONE and p.span.covers(span) for p in retainer.pauses)
