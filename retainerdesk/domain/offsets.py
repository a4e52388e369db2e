"""Overage that is settled from prepaid blocks by decision.

A block covers by itself what is worked while it is open. What was worked before it was sold was overage that
day, and may be taken from it afterwards, if somebody decides so: the minutes then leave the overage and are
in the block, on the day of the decision. Work of that day and before comes first, later work after, so that
nothing that was drawn already changes. What the blocks do not hold stays overage and is asked about again.
Source: handbook, "Allowance", what happens to overage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.block_pool import BlockPool, Draw
from retainerdesk.domain.lots import Burn, LotSource
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.retainer import Retainer


@dataclass(slots=True)
class _Offset:
    """What one period owes to blocks from a day on, and what they gave."""

    on: date
    period_on: date
    wanted: Draw
    burns: list[BlockBurn] = field(default_factory=list)


class Offsets:
    """The decisions of one retainer to take overage from blocks, drawn in the order of their days."""

    def __init__(self, retainer: Retainer, pool: BlockPool, today: date) -> None:
        self._pool, self._today = pool, today
        self._decided = {
            each.period_on: each.decided_on
            for each in retainer.usage_decisions
            if each.decision is OverageDecision.OFFSET
        }
        self._waiting: list[_Offset] = []
        self._done: dict[date, _Offset] = {}

    def owe(self, span: Period, plan: Plan, amount: int) -> None:
        """Note what a closed period has over, if it was decided to take it from blocks."""
        if span.start not in self._decided or not amount:
            return
        on = max(self._decided[span.start] or span.end, span.end)
        if on <= self._today:
            wanted = Draw("", on, amount, plan.unit, plan.overage.hourly_rate)
            self._waiting.append(_Offset(on, span.start, wanted))
            self._waiting.sort(key=lambda each: (each.on, each.period_on))

    def draw_before(self, day: date) -> None:
        """Take out of the blocks what was decided before `day`."""
        while self._waiting and self._waiting[0].on < day:
            self._draw(self._waiting.pop(0))

    def draw_rest(self) -> None:
        """Take out of the blocks whatever is decided."""
        while self._waiting:
            self._draw(self._waiting.pop(0))

    def _draw(self, offset: _Offset) -> None:
        offset.burns = self._pool.draw(offset.wanted)
        self._done[offset.period_on] = offset

    def burns_of(self, period_on: date) -> tuple[BlockBurn, ...]:
        """What blocks gave for the overage of the period that starts on a day."""
        found = self._done.get(period_on)
        return tuple(found.burns) if found else ()

    def taken_from(self, burns: tuple[Burn, ...], drawn: tuple[BlockBurn, ...]) -> tuple[Burn, ...]:
        """The burns of a period with the first of its open ones in blocks, entry by entry."""
        left = [(each.block_id, each.covered) for each in drawn]
        found: list[Burn] = []
        for burn in burns:
            open_amount = burn.minutes if burn.lot_on is None else 0
            if not open_amount:
                found.append(burn)
                continue
            while open_amount and left:
                block_id, covered = left[0]
                part = min(open_amount, covered)
                opened_on = self._pool.opened_on(block_id)
                found.append(Burn(burn.entry_id, opened_on, LotSource.PURCHASED, part, block_id))
                open_amount -= part
                left = left[1:] if part == covered else [(block_id, covered - part), *left[1:]]
            if open_amount:
                found.append(Burn(burn.entry_id, None, None, open_amount))
        return tuple(found)
