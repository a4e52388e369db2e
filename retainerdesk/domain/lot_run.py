"""One walk over a retainer's usage periods: each takes the lots and blocks as the one before left them.

Grant, burn in order of day, decide the overage, close. `allowance` says where a walk begins and with what.
Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.block_pool import BlockPool, Draw
from retainerdesk.domain.grants import granted_minutes
from retainerdesk.domain.lots import Burn, Closing, LotSource, LotState
from retainerdesk.domain.offsets import Offsets
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.retainer import PauseLots, Retainer
from retainerdesk.domain.schedule import Slice
from retainerdesk.domain.term import service_end, terms
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import Use


@dataclass(slots=True)
class _Covered:
    """What covered the uses of one period, burn by burn; `open_amount` is what nothing did."""

    burns: list[Burn]
    block_burns: list[BlockBurn]
    from_blocks: int = 0
    open_amount: int = 0


class LotRun:
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
        self._term_ends = term_ends(retainer, today)
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
        moved_in, given_back = moved_into(retainer, span, self._today)
        state.carried_overage += moved_in
        opening, carried_in = state.balance, state.carried_overage
        closing = closing_of(retainer, index, slice_, plan, self._term_ends)
        adjusted = given_back + sum(item.minutes for item in retainer.adjustments if item.on in span)
        state.grant(closing.granted + adjusted, closing)
        covered = self._cover(uses, closing, plan)
        is_deficit = plan.rollover.policy.carries_deficit
        is_free = not is_deficit and not plan.is_metered and not self._pool.covers_work_by(span.end)
        unmetered = covered.open_amount if is_free else 0
        overage = 0 if is_deficit or is_free else covered.open_amount
        state.deficit += covered.open_amount if is_deficit else 0
        closed = span.end <= self._today
        decision, reason = decision_on(retainer, span, plan) if overage else (None, "")
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


def state_after(closed: Sequence[UsagePeriod]) -> LotState:
    """What the last of the periods that are over handed to the next one; nothing without any."""
    if not closed:
        return LotState([])
    period = closed[-1]
    lots = list(period.lots)
    deficit = sum(lot.remaining for lot in lots) - period.carried
    return LotState(lots, deficit, period.overage if period.decision is OverageDecision.CARRY else 0)


def moved_into(retainer: Retainer, span: Period, today: date) -> tuple[int, int]:
    """What decisions about late work put into a period: (to be covered by it, granted to it)."""
    moved = [
        each.moved
        for each in retainer.late
        if each.to_on is not None and each.to_on in span and each.on <= today
    ]
    return sum(part for part in moved if part > 0), -sum(part for part in moved if part < 0)


def term_ends(retainer: Retainer, today: date) -> list[date]:
    """The first days after each term that began by the day after `today`, and after the service."""
    ends = [term.span.end for term in terms(retainer, today + timedelta(days=1)) if not term.open_end]
    end = service_end(retainer)
    return [*ends, end] if end is not None else ends


def closing_of(retainer: Retainer, index: int, slice_: Slice, plan: Plan, ends: Sequence[date]) -> Closing:
    """What the close of a period needs: its grant, and whether it is frozen, a stub or a term's last."""
    span = slice_.span
    return Closing(
        index, span, plan.rollover, granted_minutes(retainer, slice_),
        frozen=_is_frozen(retainer, span),
        ends_term=any(span.start < end <= span.end for end in ends),
        is_partial_first=index == 0 and slice_.is_stub,
    )  # fmt: skip


def decision_on(retainer: Retainer, span: Period, plan: Plan) -> tuple[OverageDecision, str]:
    """What somebody decided about the overage of a period, and why; else what its plan says."""
    for decided in retainer.usage_decisions:
        if decided.period_on == span.start:
            return decided.decision, decided.reason
    return plan.overage.decision, ""


def _is_frozen(retainer: Retainer, span: Period) -> bool:
    """Whether most days of the period lie in pauses that freeze lots."""
    paused = [p.span.overlap(span) for p in retainer.pauses if p.lots is PauseLots.FREEZE]
    return 2 * sum(part.days for part in paused if part) > span.days
