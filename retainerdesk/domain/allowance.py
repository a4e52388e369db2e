"""The lot ledger: which minutes were granted, which entry burned which lot, what was carried or lost.

For every period: opening + granted + adjusted = burned + expired + forfeited + carried, and every chargeable
minute is in exactly one place: a lot (or the deficit a plan carries), a prepaid block, the fee of a plan that
meters nothing, or the overage, whose decision says whether it is billed, absorbed, carried or still open.
A plan that includes money or sessions is counted in those. A period that was closed and locked keeps its row
as it stood; only later ones are computed. Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from retainerdesk.domain.block import OpenedBlock
from retainerdesk.domain.block_pool import BlockPool
from retainerdesk.domain.lot_run import LotRun, closing_of, decision_on, moved_into, state_after, term_ends
from retainerdesk.domain.lots import LotState
from retainerdesk.domain.period_close import PeriodClose
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.schedule import Slice, usage_periods
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import Use, uses_of
from retainerdesk.domain.work import Call, WorkEntry

_A_DAY = timedelta(days=1)


def lot_ledger(
    retainer: Retainer,
    work: Iterable[WorkEntry],
    today: date,
    calls: Iterable[Call] = (),
    blocks: Iterable[OpenedBlock] = (),
) -> tuple[UsagePeriod, ...]:
    """Every usage period that started up to `today`, in order, recomputed from plans, work and blocks.

    `work` and `calls` are the retainer's; out-of-scope entries, days outside the service and days after
    `today` are ignored. A period is closed once its end is not after `today`. `blocks` are those it may
    draw, opened up to `today`.
    """
    slices = [each for each in usage_periods(retainer, today + _A_DAY) if each.span.start <= today]
    uses = [use for use in uses_of(retainer, work, calls) if use[0] <= today]
    locked = _locked(retainer, slices, today)
    rest = slices[len(locked) :]
    drawn = [burn for period in locked for burn in period.block_burns]
    ledger = LotRun(retainer, state_after(locked), BlockPool(blocks, drawn), today, locked)
    periods = zip(rest, _by_period(uses, rest), strict=True)
    computed = [ledger.period(index, slice_, own) for index, (slice_, own) in enumerate(periods, len(locked))]
    return ledger.settled((*locked, *computed))


def recomputed(
    retainer: Retainer,
    ledger: Sequence[UsagePeriod],
    uses: Iterable[Use],
    today: date,
    blocks: Iterable[OpenedBlock] = (),
) -> Iterator[tuple[UsagePeriod, UsagePeriod]]:
    """Each closed and locked period of a ledger with what it would be, computed from what is known now.

    It starts from what the period before handed on, and takes the overage carried into it as it was. `uses`
    are those of the retainer; `blocks` may be drawn by what the other locked periods leave of them.
    """
    locked = [each for each in ledger if each.closed_on is not None]
    if not locked:
        return
    slices = usage_periods(retainer, locked[-1].span.end)[: len(locked)]
    known = _by_period(sorted(use for use in uses if use[0] <= today), slices)
    run, opened = LotRun(retainer, LotState([]), BlockPool(()), today), tuple(blocks)
    for kept, slice_, own in zip(locked, slices, known, strict=True):
        state = state_after(locked[: kept.index])
        state.carried_overage = kept.carried_in - moved_into(retainer, kept.span, today)[0]
        drawn = [burn for each in locked if each is not kept for burn in each.block_burns]
        run.restart(state, BlockPool(opened, drawn), kept.closed_on or today)
        yield kept, run.settled([run.period(kept.index, slice_, own)])[0]


def _locked(retainer: Retainer, slices: Sequence[Slice], today: date) -> list[UsagePeriod]:
    """The rows of the periods that are closed and locked on `today`, from the first one on."""
    rows: list[UsagePeriod] = []
    for slice_, kept in zip(slices, retainer.closes_on(today), strict=False):
        if slice_.span != kept.span:
            break
        rows.append(_kept_row(retainer, len(rows), kept))
    return rows


def _kept_row(retainer: Retainer, index: int, kept: PeriodClose) -> UsagePeriod:
    plan = next((each for each in retainer.plans if each.from_on == kept.plan_on), None)
    plan = plan or retainer.plan_on(kept.span.last_day)
    decision, reason = decision_on(retainer, kept.span, plan) if kept.overage else (None, "")
    return UsagePeriod(
        index, kept.span, plan, True, kept.opening, kept.granted, kept.adjusted, kept.used, kept.carried_in,
        kept.burned, kept.overage, kept.expired, kept.forfeited, kept.carried, decision, reason, (),
        kept.lots, kept.from_blocks, kept.unmetered, kept.block_burns, kept.closed_on,
    )  # fmt: skip


def ledger_as_of(
    retainer: Retainer,
    ledger: Sequence[UsagePeriod],
    work: Iterable[WorkEntry],
    day: date,
    calls: Iterable[Call] = (),
    blocks: Iterable[OpenedBlock] = (),
) -> tuple[UsagePeriod, ...]:
    """The ledger as it stood on `day`, made from a later one of the same retainer, work and blocks.

    Periods closed by `day` are those of `ledger`; only the one that ran then is computed again. `work` and
    `calls` are the retainer's up to `day`, at least those of the running period.
    """
    closed = [period for period in ledger if period.span.end <= day]
    slices = [each for each in usage_periods(retainer, day + _A_DAY) if each.span.start <= day]
    running = slices[len(closed) :]
    drawn = [burn for period in closed for burn in period.block_burns]
    again = LotRun(retainer, state_after(closed), BlockPool(blocks, drawn), day, closed)
    periods = zip(running, _by_period(uses_of(retainer, work, calls), running), strict=True)
    reopened = [again.period(index, slice_, own) for index, (slice_, own) in enumerate(periods, len(closed))]
    return again.settled((*closed, *reopened))


def as_if_closed(retainer: Retainer, usage: UsagePeriod, today: date) -> UsagePeriod:
    """A running period with what would expire, be forfeited and carried on if it closed as it stands."""
    if usage.closed:
        return usage
    state, slice_ = state_after([usage]), usage_periods(retainer, usage.span.end)[usage.index]
    closing = closing_of(retainer, usage.index, slice_, usage.plan, term_ends(retainer, today))
    expired, forfeited = state.close(closing)
    return replace(usage, expired=expired, forfeited=forfeited, carried=state.balance)


def _by_period(uses: Sequence[Use], slices: Sequence[Slice]) -> list[list[Use]]:
    """The uses of each slice, in their order; those outside every slice are left out."""
    buckets: list[list[Use]] = [[] for _ in slices]
    position = 0
    for use in uses:
        while position < len(slices) and slices[position].span.end <= use[0]:
            position += 1
        if position < len(slices) and use[0] in slices[position].span:
            buckets[position].append(use)
    return buckets
