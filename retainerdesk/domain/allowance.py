"""The lot ledger: which minutes were granted, which entry burned which lot, what was carried or lost.

For every period: opening + granted + adjusted = burned + expired + forfeited + carried, and every chargeable
minute is in exactly one place: a lot (or the deficit a plan carries), or the overage, whose decision says
whether it is billed, absorbed, carried or still open. Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan, Rollover
from retainerdesk.domain.proration import prorate_minutes
from retainerdesk.domain.retainer import PauseFee, PauseLots, Retainer
from retainerdesk.domain.schedule import Slice, usage_periods
from retainerdesk.domain.term import service_end, terms
from retainerdesk.domain.work import WorkEntry

_NEVER = 10**9


class LotSource(StrEnum):
    """Where the minutes of a lot come from."""

    BASE = "base"
    ROLLOVER = "rollover"
    PURCHASED = "purchased"


@dataclass(frozen=True, slots=True)
class Lot:
    """Minutes granted in the period that starts on `origin_on`.

    `last_index` is the index of the last period they can be used in (a large number for "never");
    `expires_on` is a first dead day, if one was agreed.
    """

    origin_on: date
    source: LotSource
    remaining: int
    last_index: int
    expires_on: date | None = None
    until_term_end: bool = False


@dataclass(frozen=True, slots=True)
class Burn:
    """Minutes of one work entry taken from one lot. `lot_on` None: covered by no lot.

    `entry_id` is empty for overage carried in from the period before.
    """

    entry_id: str
    lot_on: date | None
    source: LotSource | None
    minutes: int


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


@dataclass(slots=True)
class _State:
    """What one period hands to the next: live lots, a deficit (positive), and carried overage."""

    lots: list[Lot]
    deficit: int = 0
    carried_overage: int = 0

    @property
    def balance(self) -> int:
        return sum(lot.remaining for lot in self.lots) - self.deficit


def lot_ledger(retainer: Retainer, work: Iterable[WorkEntry], today: date) -> tuple[UsagePeriod, ...]:
    """Every usage period that started up to `today`, in order, recomputed from plans and work.

    `work` is the retainer's; out-of-scope entries and days outside the service are ignored. A period is
    closed once its end is not after `today`.
    """
    slices = [each for each in usage_periods(retainer, _day_after(today)) if each.span.start <= today]
    by_period = _chargeable_by_period(work, slices)
    term_ends = _term_ends(retainer, today)
    state = _State([])
    ledger: list[UsagePeriod] = []
    for index, slice_ in enumerate(slices):
        period = _run_period(retainer, index, slice_, by_period[index], state, term_ends, today)
        ledger.append(period)
    return tuple(ledger)


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
    state: _State,
    term_ends: Sequence[date],
    today: date,
) -> UsagePeriod:
    """Compute one period and move `state` to its end."""
    plan = retainer.plan_on(slice_.span.last_day)
    opening, carried_in = state.balance, state.carried_overage
    granted = granted_minutes(retainer, slice_)
    adjusted = sum(item.minutes for item in retainer.adjustments if item.on in slice_.span)
    _grant(state, plan.rollover, index, slice_, granted + adjusted)
    burns = _burn(state, entries, carried_in)
    uncovered = sum(burn.minutes for burn in burns if burn.lot_on is None)
    in_deficit = uncovered if plan.rollover.policy.carries_deficit else 0
    state.deficit += in_deficit
    overage = uncovered - in_deficit
    used = sum(entry.minutes for entry in entries)
    closed = slice_.span.end <= today
    decision, reason = _decision(retainer, slice_.span, plan) if overage else (None, "")
    lost = _close(retainer, state, plan.rollover, index, slice_, granted, term_ends) if closed else (0, 0)
    state.carried_overage = overage if decision is OverageDecision.CARRY else 0
    return UsagePeriod(
        index, slice_.span, plan, closed, opening, granted, adjusted, used, carried_in,
        used + carried_in - overage, overage, lost[0], lost[1], state.balance, decision, reason,
        tuple(burns), tuple(state.lots),
    )  # fmt: skip


def granted_minutes(retainer: Retainer, slice_: Slice) -> int:
    """The included minutes of a usage period: of each plan in force in it, for the days not paused.

    Prorated by the same factor as a fee, to the nearest minute.
    """
    changes = [plan.from_on for plan in retainer.plans]
    cuts = changes + [day for pause in retainer.pauses for day in (pause.span.start, pause.span.end)]
    spans = [span for span in slice_.span.split_at(cuts) if not _is_paused(retainer, span)]
    first = retainer.plan_on(slice_.span.start)
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


def _grant(state: _State, rule: Rollover, index: int, slice_: Slice, minutes: int) -> None:
    """Add the period's own lot; a deficit, or a negative adjustment, is taken out of it first."""
    settled = min(state.deficit, max(minutes, 0))
    state.deficit -= settled
    minutes -= settled
    if minutes < 0:
        state.deficit += _take(state, -minutes)
    elif minutes > 0:
        last = index + _life_in_periods(rule) if rule.policy.carries_surplus else index
        state.lots.append(Lot(slice_.span.start, LotSource.BASE, minutes, last))


def _life_in_periods(rule: Rollover) -> int:
    return _NEVER if rule.periods is None else rule.periods


def _take(state: _State, minutes: int) -> int:
    """Take minutes out of the live lots in burning order; returns what could not be taken."""
    for lot in sorted(state.lots, key=_burn_order):
        part = min(lot.remaining, minutes)
        minutes -= part
        _reduce(state, lot, part)
    return minutes


def _burn_order(lot: Lot) -> tuple[bool, int, date, date]:
    """Earliest expiry first, then the oldest; purchased lots last."""
    dead_on = lot.expires_on or date.max
    return (lot.source is LotSource.PURCHASED, lot.last_index, dead_on, lot.origin_on)


def _reduce(state: _State, lot: Lot, minutes: int) -> None:
    position = state.lots.index(lot)
    state.lots[position] = replace(lot, remaining=lot.remaining - minutes)


def _burn(state: _State, entries: Sequence[WorkEntry], carried_in: int) -> list[Burn]:
    demands = [("", carried_in)] if carried_in else []
    demands += [(entry.id, entry.minutes) for entry in entries]
    burns: list[Burn] = []
    for entry_id, minutes in demands:
        open_minutes = minutes
        for lot in sorted(state.lots, key=_burn_order):
            part = min(lot.remaining, open_minutes)
            if part:
                _reduce(state, lot, part)
                burns.append(Burn(entry_id, lot.origin_on, lot.source, part))
                open_minutes -= part
        if open_minutes:
            burns.append(Burn(entry_id, None, None, open_minutes))
    state.lots = [lot for lot in state.lots if lot.remaining]
    return burns


def _decision(retainer: Retainer, span: Period, plan: Plan) -> tuple[OverageDecision, str]:
    for decided in retainer.usage_decisions:
        if decided.period_on == span.start:
            return decided.decision, decided.reason
    return plan.overage.decision, ""


def _close(
    retainer: Retainer,
    state: _State,
    rule: Rollover,
    index: int,
    slice_: Slice,
    granted: int,
    term_ends: Sequence[date],
) -> tuple[int, int]:
    """Expire what is due and roll the period's own remainder over; returns (expired, forfeited) minutes."""
    frozen = _is_frozen(retainer, slice_.span)
    own = [lot for lot in state.lots if lot.source is LotSource.BASE]
    others = [lot for lot in state.lots if lot.source is not LotSource.BASE]
    alive = [_aged(lot, frozen) for lot in others if not _is_dead(lot, index, slice_, frozen, term_ends)]
    expired = sum(lot.remaining for lot in others) - sum(lot.remaining for lot in alive)
    unused = sum(lot.remaining for lot in own)
    live_balance = sum(lot.remaining for lot in alive if lot.source is LotSource.ROLLOVER)
    carried = _carried_minutes(rule, unused, granted, live_balance, index == 0 and slice_.is_stub)
    if carried:
        alive.append(_rollover_lot(rule, slice_.span, index, carried))
        if _is_dead(alive[-1], index, slice_, frozen, term_ends):
            alive.pop()
            state.lots = alive
            return expired + carried, unused - carried
    state.lots = alive
    return expired, unused - carried


def _rollover_lot(rule: Rollover, span: Period, index: int, minutes: int) -> Lot:
    last = index + _life_in_periods(rule)
    return Lot(span.start, LotSource.ROLLOVER, minutes, last, rule.expires_on, rule.until_term_end)


def _carried_minutes(rule: Rollover, unused: int, granted: int, live_balance: int, is_partial: bool) -> int:
    """min(unused, cap of the period, total cap - live balance), never below zero."""
    if not rule.policy.carries_surplus or rule.periods == 0:
        return 0
    if is_partial and rule.exclude_partial_first:
        return 0
    bounds = [unused]
    if rule.cap_minutes is not None:
        bounds.append(rule.cap_minutes)
    if rule.cap_percent is not None:
        bounds.append(round_half_up(Fraction(rule.cap_percent * granted, 100)))
    if rule.total_cap_minutes is not None:
        bounds.append(rule.total_cap_minutes - live_balance)
    return max(0, min(bounds))


def _is_dead(lot: Lot, index: int, slice_: Slice, frozen: bool, term_ends: Sequence[date]) -> bool:
    """Whether a lot ends with this period. A frozen period does not count as one of its periods."""
    of_age = lot.last_index <= index and not frozen
    by_date = lot.expires_on is not None and lot.expires_on <= slice_.span.end
    by_term = lot.until_term_end and any(slice_.span.start < end <= slice_.span.end for end in term_ends)
    return lot.source is not LotSource.PURCHASED and (of_age or by_date or by_term)


def _aged(lot: Lot, frozen: bool) -> Lot:
    return replace(lot, last_index=lot.last_index + 1) if frozen and lot.last_index < _NEVER else lot


def _is_frozen(retainer: Retainer, span: Period) -> bool:
    """Whether most days of the period lie in pauses that freeze lots."""
    paused = [p.span.overlap(span) for p in retainer.pauses if p.lots is PauseLots.FREEZE]
    return 2 * sum(part.days for part in paused if part) > span.days
