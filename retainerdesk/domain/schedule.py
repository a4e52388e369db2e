"""The periods of a retainer: which spans it is invoiced for, and which its allowance is counted in.

Plans in a row with the same cadence and alignment share one grid, anchored where the first of them begins
(for the first plan: on the retainer's start). A plan with another cadence ends the grid before it: the old
grid closes with a trailing stub and a new one begins. So periods tile the service span: no gap, no overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.period import Cadence, Grid, Period, full_periods, grid
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.term import span_of


@dataclass(frozen=True, slots=True)
class Slice:
    """One period of a retainer. `full` is the unclipped period it lies in; they differ for a stub.

    `months` is the length of the cadence in months, 0 for one of days or weeks.
    """

    span: Period
    full: Period
    months: int = 0

    @property
    def is_stub(self) -> bool:
        return self.span != self.full


def billing_periods(retainer: Retainer, until: date) -> list[Slice]:
    """The billing periods that start before `until`, in order; the last one may reach beyond it."""
    return _periods(retainer, until, lambda plan: plan.cadence)


def usage_periods(retainer: Retainer, until: date) -> list[Slice]:
    """The periods the allowance is counted in that start before `until`, in order."""
    return _periods(retainer, until, lambda plan: plan.metered_by)


def _periods(retainer: Retainer, until: date, cadence_of: Callable[[Plan], Cadence]) -> list[Slice]:
    slices: list[Slice] = []
    for boundaries, run in _runs(retainer, cadence_of):
        if run.start >= until:
            break
        last = boundaries.full_period(until) if until in run else boundaries.full_period(run.last_day)
        reach = Period(run.start, min(run.end, last.end))
        months = boundaries.cadence.months
        for full in full_periods(boundaries, reach):
            span = full if reach.covers(full) else reach.overlap(full)
            if span is not None and span.start < until:
                slices.append(Slice(span, full, months))
    return slices


_FAR_AWAY = date(9000, 1, 1)


def _runs(retainer: Retainer, cadence_of: Callable[[Plan], Cadence]) -> list[tuple[Grid, Period]]:
    """Each grid with the days it holds for; the last run of an open retainer ends far away."""
    service = span_of(retainer, _FAR_AWAY)
    firsts = [
        plan
        for index, plan in enumerate(retainer.plans)
        if index == 0 or _shape(plan, cadence_of) != _shape(retainer.plans[index - 1], cadence_of)
    ]
    starts = [service.start, *[max(plan.from_on, service.start) for plan in firsts[1:]]]
    ends = [*starts[1:], service.end]
    return [
        (_grid_of(plan, cadence_of(plan), start), Period(start, min(end, service.end)))
        for plan, start, end in zip(firsts, starts, ends, strict=True)
        if start < min(end, service.end)
    ]


def _shape(plan: Plan, cadence_of: Callable[[Plan], Cadence]) -> tuple[object, ...]:
    return (cadence_of(plan), plan.alignment, plan.billing_day)


def _grid_of(plan: Plan, cadence: Cadence, anchor: date) -> Grid:
    return grid(cadence, anchor, plan.alignment, plan.billing_day)
