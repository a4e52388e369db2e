"""The lot ledger: which minutes were granted, which entry burned which lot, what was carried or lost.

For every period: opening + granted + adjusted = burned + expired + forfeited + carried, and every chargeable
minute is in exactly one place: a lot (or the deficit a plan carries), a prepaid block, the fee of a plan that
meters nothing, or the overage, whose decision says whether it is billed, absorbed, carried or still open.
A plan that includes money or sessions is counted in those. A period that was closed and locked keeps its row
as it stood; only later ones are computed. Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.block import BlockBurn, BlockPool, Draw, OpenedBlock, minute_price
from retainerdesk.domain.grants import granted_minutes
from retainerdesk.domain.lots import Burn, Closing, Lot, LotSource, LotState
from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.offsets import Offsets
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import PeriodClose
from retainerdesk.domain.plan import OverageDecision, Plan, UsageUnit
from retainerdesk.domain.retainer import PauseLots, Retainer
from retainerdesk.domain.schedule import Slice, usage_periods
from retainerdesk.domain.term import service_end, terms
from retainerdesk.domain.work import Call, WorkEntry

# What draws on the allowance: day, entry or call, and how much of it in the plan's unit.
Use = tuple[date, str, int]


@dataclass(frozen=True, slots=True)
class UsagePeriod:
    """The ledger of one period, in minutes, minor units or sessions, as `unit` says.

    An open period (`closed` False) shows the state so far. `used` is the chargeable work of the period, or
    its calls; `carried_in` the overage moved here from the one before; `opening` may be negative (a carried
    deficit). `burned` is what lots, or the deficit, covered; `from_blocks` what prepaid blocks did;
    `offset` is the part of that which was overage until it was decided to take it from blocks;
    `unmetered` what the fee covers where nothing is metered. `overage` is what nothing covered; `decision`
    what happens to it (None where there is none). Both sides add up:
    used + carried_in = burned + from_blocks + unmetered + overage. `closed_on` is the day somebody closed and
    locked it: then the row stays as it stood and names no single burns.
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
    from_blocks: int = 0
    unmetered: int = 0
    block_burns: tuple[BlockBurn, ...] = ()
    closed_on: date | None = None
    offset: int = 0

    @property
    def unit(self) -> UsageUnit:
        """What every figure of the period is counted in."""
        return self.plan.unit

    def in_minutes(self, amount: int) -> int:
        """A figure of the period as minutes of work, to the nearest; sessions have none."""
        if self.unit is UsageUnit.MINUTES:
            return amount
        price = value_price(self.plan) if self.unit is UsageUnit.MONEY else Fraction(0)
        return round_half_up(amount / price) if price else 0


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
    slices = [each for each in usage_periods(retainer, _day_after(today)) if each.span.start <= today]
    uses = [use for use in uses_of(retainer, work, calls) if use[0] <= today]
    locked = _locked(retainer, slices, today)
    rest = slices[len(locked) :]
    drawn = [burn for period in locked for burn in period.block_burns]
    ledger = _Run(retainer, _state_after(locked), BlockPool(blocks, drawn), today, locked)
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
    run, opened = _Run(retainer, LotState([]), BlockPool(()), today), tuple(blocks)
    for kept, slice_, own in zip(locked, slices, known, strict=True):
        state = _state_after(locked[: kept.index])
        state.carried_overage = kept.carried_in - _moved_into(retainer, kept.span, today)[0]
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
    decision, reason = _decision(retainer, kept.span, plan) if kept.overage else (None, "")
    return UsagePeriod(
        index, kept.span, plan, True, kept.opening, kept.granted, kept.adjusted, kept.used, kept.carried_in,
        kept.burned, kept.overage, kept.expired, kept.forfeited, kept.carried, decision, reason, (),
        kept.lots, kept.from_blocks, kept.unmetered, kept.block_burns, kept.closed_on,
    )  # fmt: skip


def _moved_into(retainer: Retainer, span: Period, today: date) -> tuple[int, int]:
    """What decisions about late work put into a period: (to be covered by it, granted to it)."""
    moved = [
        each.moved
        for each in retainer.late
        if each.to_on is not None and each.to_on in span and each.on <= today
    ]
    return sum(part for part in moved if part > 0), -sum(part for part in moved if part < 0)


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
    slices = [each for each in usage_periods(retainer, _day_after(day)) if each.span.start <= day]
    running = slices[len(closed) :]
    drawn = [burn for period in closed for burn in period.block_burns]
    again = _Run(retainer, _state_after(closed), BlockPool(blocks, drawn), day, closed)
    periods = zip(running, _by_period(uses_of(retainer, work, calls), running), strict=True)
    reopened = [again.period(index, slice_, own) for index, (slice_, own) in enumerate(periods, len(closed))]
    return again.settled((*closed, *reopened))


def uses_of(retainer: Retainer, work: Iterable[WorkEntry], calls: Iterable[Call]) -> list[Use]:
    """What draws on the retainer's allowance, in order of day, then id, in the unit of its plans.

    Work draws on money at the value rate in force that day, rounded half up once an entry.
    """
    unit = retainer.plans[0].unit
    if unit is UsageUnit.SESSIONS:
        return sorted(sessions_of(calls))
    if unit is UsageUnit.MONEY:
        return sorted((on, name, _value(retainer, on, minutes)) for on, name, minutes in minutes_of(work))
    return sorted(minutes_of(work))


def minutes_of(work: Iterable[WorkEntry]) -> list[Use]:
    """The chargeable minutes of each entry that has to do with the agreement."""
    return [(entry.on, entry.id, entry.chargeable_minutes) for entry in work if entry.kind.is_chargeable]


def sessions_of(calls: Iterable[Call]) -> list[Use]:
    """One session for each call that burns one."""
    return [(call.at.date(), call.id, 1) for call in calls if call.burns_session]


def _value(retainer: Retainer, on: date, minutes: int) -> int:
    return round_half_up(minutes * value_price(retainer.plan_on(on)))


def value_price(plan: Plan) -> Fraction:
    """What a minute of work takes from a value allowance, in exact minor units."""
    return minute_price(plan.value_rate or Decimal(0), plan.fee.currency)


def _state_after(closed: Sequence[UsagePeriod]) -> LotState:
    """What the last of the periods that are over handed to the next one; nothing without any."""
    if not closed:
        return LotState([])
    period = closed[-1]
    lots = list(period.lots)
    deficit = sum(lot.remaining for lot in lots) - period.carried
    return LotState(lots, deficit, period.overage if period.decision is OverageDecision.CARRY else 0)


def as_if_closed(retainer: Retainer, usage: UsagePeriod, today: date) -> UsagePeriod:
    """A running period with what would expire, be forfeited and carried on if it closed as it stands."""
    if usage.closed:
        return usage
    state, slice_ = _state_after([usage]), usage_periods(retainer, usage.span.end)[usage.index]
    closing = _closing(retainer, usage.index, slice_, usage.plan, _term_ends(retainer, today))
    expired, forfeited = state.close(closing)
    return replace(usage, expired=expired, forfeited=forfeited, carried=state.balance)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _term_ends(retainer: Retainer, today: date) -> list[date]:
    ends = [term.span.end for term in terms(retainer, _day_after(today)) if not term.open_end]
    end = service_end(retainer)
    return [*ends, end] if end is not None else ends


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


@dataclass(slots=True)
class _Covered:
    """What covered the uses of one period, burn by burn; `open_amount` is what nothing did."""

    burns: list[Burn]
    block_burns: list[BlockBurn]
    from_blocks: int = 0
    open_amount: int = 0


class _Run:
    """The periods of one retainer, computed in order: each moves the lots and blocks to its end."""

    def __init__(
        self,
        retainer: Retainer,
        state: LotState,
        pool: BlockPool,
        today: date,
        before: Iterable[UsagePeriod] = (),
    ) -> None:
        self._retainer, self._state, self._pool, self._today = retainer, state, pool, today
        self._term_ends = _term_ends(retainer, today)
        self._offsets = Offsets(retainer, pool, today)
        for each in before:
            self._offsets.owe(each.span, each.plan, each.overage)

    def restart(self, state: LotState, pool: BlockPool, day: date) -> None:
        """Go on from another state of lots and blocks, with what was decided about overage up to a day."""
        self._state, self._pool = state, pool
        self._offsets = Offsets(self._retainer, pool, day)

    def period(self, index: int, slice_: Slice, uses: Sequence[Use]) -> UsagePeriod:
        """Compute one period, the next one."""
        retainer, state, span = self._retainer, self._state, slice_.span
        plan = retainer.plan_on(span.last_day)
        moved_in, given_back = _moved_into(retainer, span, self._today)
        state.carried_overage += moved_in
        opening, carried_in = state.balance, state.carried_overage
        closing = _closing(retainer, index, slice_, plan, self._term_ends)
        adjusted = given_back + sum(item.minutes for item in retainer.adjustments if item.on in span)
        state.grant(closing.granted + adjusted, closing)
        covered = self._cover(uses, closing, plan)
        is_deficit = plan.rollover.policy.carries_deficit
        is_free = not is_deficit and not plan.is_metered and not self._pool.covers_work_by(span.end)
        unmetered = covered.open_amount if is_free else 0
        overage = 0 if is_deficit or is_free else covered.open_amount
        state.deficit += covered.open_amount if is_deficit else 0
        closed = span.end <= self._today
        decision, reason = _decision(retainer, span, plan) if overage else (None, "")
        expired, forfeited = state.close(closing) if closed else (0, 0)
        state.carried_overage = overage if decision is OverageDecision.CARRY else 0
        if closed:
            self._offsets.owe(span, plan, overage)
        used = sum(amount for _, _, amount in uses)
        return UsagePeriod(
            index, span, plan, closed, opening, closing.granted, adjusted, used, carried_in,
            used + carried_in - overage - covered.from_blocks - unmetered, overage, expired, forfeited,
            state.balance, decision, reason, tuple(covered.burns), tuple(state.lots),
            covered.from_blocks, unmetered, tuple(covered.block_burns),
        )  # fmt: skip

    def _cover(self, uses: Sequence[Use], closing: Closing, plan: Plan) -> _Covered:
        """Burn the overage carried in first, then the uses in their order: lots, then blocks."""
        covered = _Covered([], [])
        carried = (closing.span.start, "", self._state.carried_overage)
        for on, name, amount in (carried, *uses):
            self._offsets.draw_before(on)
            for burn in self._state.burn(name, amount, closing):
                if burn.lot_on is not None:
                    covered.burns.append(burn)
                else:
                    self._draw(covered, burn, on, plan)
        return covered

    def settled(self, periods: Iterable[UsagePeriod]) -> tuple[UsagePeriod, ...]:
        """The periods with what was decided to be taken from blocks taken from them; the rest is asked."""
        self._offsets.draw_rest()
        return tuple(self._offset(each) for each in periods)

    def _offset(self, period: UsagePeriod) -> UsagePeriod:
        if period.decision is not OverageDecision.OFFSET or not period.overage:
            return period
        drawn = self._offsets.burns_of(period.span.start)
        covered = sum(burn.covered for burn in drawn)
        return replace(
            period,
            overage=period.overage - covered,
            from_blocks=period.from_blocks + covered,
            offset=covered,
            decision=OverageDecision.OFFSET if covered == period.overage else OverageDecision.ASK,
            burns=self._offsets.taken_from(period.burns, drawn),
            block_burns=(*period.block_burns, *drawn),
        )

    def _draw(self, covered: _Covered, burn: Burn, on: date, plan: Plan) -> None:
        """Take out of blocks what no lot covers; the rest is open."""
        left = burn.minutes
        if self._pool:
            wanted = Draw(burn.entry_id, on, left, plan.unit, plan.overage.hourly_rate)
            for each in self._pool.draw(wanted):
                opened_on = self._pool.opened_on(each.block_id)
                covered.block_burns.append(each)
                covered.burns.append(
                    Burn(burn.entry_id, opened_on, LotSource.PURCHASED, each.covered, each.block_id)
                )
                covered.from_blocks += each.covered
                left -= each.covered
        if left:
            covered.burns.append(Burn(burn.entry_id, None, None, left))
            covered.open_amount += left


def _closing(retainer: Retainer, index: int, slice_: Slice, plan: Plan, term_ends: Sequence[date]) -> Closing:
    span = slice_.span
    return Closing(
        index, span, plan.rollover, granted_minutes(retainer, slice_),
        frozen=_is_frozen(retainer, span),
        ends_term=any(span.start < end <= span.end for end in term_ends),
        is_partial_first=index == 0 and slice_.is_stub,
    )  # fmt: skip


def _decision(retainer: Retainer, span: Period, plan: Plan) -> tuple[OverageDecision, str]:
    for decided in retainer.usage_decisions:
        if decided.period_on == span.start:
            return decided.decision, decided.reason
    return plan.overage.decision, ""


def _is_frozen(retainer: Retainer, span: Period) -> bool:
    """Whether most days of the period lie in pauses that freeze lots."""
    paused = [p.span.overlap(span) for p in retainer.pauses if p.lots is PauseLots.FREEZE]
    return 2 * sum(part.days for part in paused if part) > span.days
