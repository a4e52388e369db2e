"""The lot ledger: which minutes were granted, which entry burned which lot, what was carried or lost.

For every period: opening + granted + adjusted = burned + expired + forfeited + carried, and every chargeable
minute is in exactly one place: a lot (or the deficit a plan carries), or the overage, whose decision says
whether it is billed, absorbed, carried or still open. Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.lots import Burn, Closing, Lot, LotState
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.proration import prorate_minutes
from retainerdesk.domain.retainer import PauseFee, PauseLots, Retainer
from retainerdesk.domain.schedule import Slice, usage_periods
from retainerdesk.domain.term import service_end, terms
from retainerdesk.domain.work import WorkEntry


@dataclass(frozen=True, slots=True)
class UsagePeriod:
    """The ledger of one period, all in minutes. An open period (`closed` False) shows the state so far.

    `used` is the chargeable work of the period; `carried_in` the overage moved here from the one before;
    `opening` may be negative (a carried deficit). `burned` is what lots, or the deficit, covered.
    `overage` is what nothing covered; `decision` what happens to it (None where there is none).
    """

    index: int
    span: Period
    plan: Plan
    closed: bool
    opening: int
    granted: int
    adjusted: int
    used: int
    carried_in: int
    burned: int
    overage: int
    expired: int
    forfeited: int
    carried: int
    decision: OverageDecision | None
    reason: str
    burns: tuple[Burn, ...]
    lots: tuple[Lot, ...]


def lot_ledger(retainer: Retainer, work: Iterable[WorkEntry], today: date) -> tuple[UsagePeriod, ...]:
    """Every usage period that started up to `today`, in order, recomputed from plans and work.

    `work` is the retainer's; out-of-scope entries, days outside the service and days after `today` are
    ignored. A period is closed once its end is not after `today`.
    """
    slices = [each for each in usage_periods(retainer, _day_after(today)) if each.span.start <= today]
    by_period = _chargeable_by_period((entry for entry in work if entry.on <= today), slices)
    term_ends = _term_ends(retainer, today)
    state = LotState([])
    ledger: list[UsagePeriod] = []
    for index, slice_ in enumerate(slices):
        period = _run_period(retainer, index, slice_, by_period[index], state, term_ends, today)
        ledger.append(period)
    return tuple(ledger)


def ledger_as_of(
    retainer: Retainer, ledger: Sequence[UsagePeriod], work: Iterable[WorkEntry], day: date
) -> tuple[UsagePeriod, ...]:
    """The ledger as it stood on `day`, made from a later one of the same retainer and work.

    Periods closed by `day` are those of `ledger`; only the one that ran then is computed again. `work` is the
    retainer's up to `day`, at least that of the running period.
    """
    closed = [period for period in ledger if period.span.end <= day]
    slices = [each for each in usage_periods(retainer, _day_after(day)) if each.span.start <= day]
    running = slices[len(closed) :]
    by_period = _chargeable_by_period(work, running)
    term_ends = _term_ends(retainer, day)
    state = _state_after(closed[-1]) if closed else LotState([])
    reopened = [
        _run_period(retainer, index, slice_, entries, state, term_ends, day)
        for index, (slice_, entries) in enumerate(zip(running, by_period, strict=True), start=len(closed))
    ]
    return (*closed, *reopened)


def _state_after(period: UsagePeriod) -> LotState:
    """What a closed period handed to the next one."""
    lots = list(period.lots)
    deficit = sum(lot.remaining for lot in lots) - period.carried
    return LotState(lots, deficit, period.overage if period.decision is OverageDecision.CARRY else 0)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _term_ends(retainer: Retainer, today: date) -> list[date]:
    ends = [term.span.end for term in terms(retainer, _day_after(today)) if not term.open_end]
    end = service_end(retainer)
    return [*ends, end] if end is not None else ends


def _chargeable_by_period(work: Iterable[WorkEntry], slices: Sequence[Slice]) -> list[list[WorkEntry]]:
    """The chargeable entries of each slice, in order of date, then id."""
    ordered = sorted((entry for entry in work if entry.kind.is_chargeable), key=lambda e: (e.on, e.id))
    buckets: list[list[WorkEntry]] = [[] for _ in slices]
    position = 0
    for entry in ordered:
        while position < len(slices) and slices[position].span.end <= entry.on:
            position += 1
        if position < len(slices) and entry.on in slices[position].span:
            buckets[position].append(entry)
    return buckets


def _run_period(
    retainer: Retainer,
    index: int,
    slice_: Slice,
    entries: Sequence[WorkEntry],
    state: LotState,
    term_ends: Sequence[date],
    today: date,
) -> UsagePeriod:
    """Compute one period and move `state` to its end."""
    plan = retainer.plan_on(slice_.span.last_day)
    opening, carried_in = state.balance, state.carried_overage
    closing = _closing(retainer, index, slice_, plan, term_ends)
    adjusted = sum(item.minutes for item in retainer.adjustments if item.on in slice_.span)
    state.grant(closing.granted + adjusted, closing)
    burns = _burn_all(state, entries, closing)
    uncovered = sum(burn.minutes for burn in burns if burn.lot_on is None)
    in_deficit = uncovered if plan.rollover.policy.carries_deficit else 0
    state.deficit += in_deficit
    overage = uncovered - in_deficit
    used = sum(entry.chargeable_minutes for entry in entries)
    closed = slice_.span.end <= today
    decision, reason = _decision(retainer, slice_.span, plan) if overage else (None, "")
    expired, forfeited = state.close(closing) if closed else (0, 0)
    state.carried_overage = overage if decision is OverageDecision.CARRY else 0
    return UsagePeriod(
        index, slice_.span, plan, closed, opening, closing.granted, adjusted, used, carried_in,
        used + carried_in - overage, overage, expired, forfeited, state.balance, decision, reason,
        tuple(burns), tuple(state.lots),
    )  # fmt: skip


def _closing(retainer: Retainer, index: int, slice_: Slice, plan: Plan, term_ends: Sequence[date]) -> Closing:
    span = slice_.span
    return Closing(
        index, span, plan.rollover, granted_minutes(retainer, slice_),
        frozen=_is_frozen(retainer, span),
        ends_term=any(span.start < end <= span.end for end in term_ends),
        is_partial_first=index == 0 and slice_.is_stub,
    )  # fmt: skip


def _burn_all(state: LotState, entries: Sequence[WorkEntry], closing: Closing) -> list[Burn]:
    """Burn the overage carried in first, then the entries in their order."""
    burns = state.burn("", state.carried_overage, closing)
    for entry in entries:
        burns += state.burn(entry.id, entry.chargeable_minutes, closing)
    return burns


def granted_minutes(retainer: Retainer, slice_: Slice) -> int:
    """The included minutes of a usage period: of each plan in force in it, for the days not paused.

    Prorated by the same factor as a fee, to the nearest minute.
    """
    changes = [plan.from_on for plan in retainer.plans]
    cuts = changes + [day for pause in retainer.pauses for day in (pause.span.start, pause.span.end)]
    spans = [span for span in slice_.span.split_at(cuts) if not _is_paused(retainer, span)]
    first = retainer.plan_on(slice_.span.start)
    if not slice_.is_stub and spans == [slice_.span]:
        return first.allowance_minutes
    total = 0
    for minutes, parts in _by_allowance(retainer, spans):
        total += sum(prorate_minutes(minutes, parts, slice_, first.proration))
    return total


def _by_allowance(retainer: Retainer, spans: Sequence[Period]) -> list[tuple[int, list[Period]]]:
    grouped: dict[int, list[Period]] = {}
    for span in spans:
        grouped.setdefault(retainer.plan_on(span.start).allowance_minutes, []).append(span)
    return list(grouped.items())


def _is_paused(retainer: Retainer, span: Period) -> bool:
    return any(p.fee is PauseFee.NONE and p.span.covers(span) for p in retainer.pauses)


def _decision(retainer: Retainer, span: Period, plan: Plan) -> tuple[OverageDecision, str]:
    for decided in retainer.usage_decisions:
        if decided.period_on == span.start:
            return decided.decision, decided.reason
    return plan.overage.decision, ""


def _is_frozen(retainer: Retainer, span: Period) -> bool:
    """Whether most days of the period lie in pauses that freeze lots."""
    paused = [p.span.overlap(span) for p in retainer.pauses if p.lots is PauseLots.FREEZE]
    return 2 * sum(part.days for part in paused if part) > span.days
