"""What the lot ledger says of one period: what was used, what covered it, what is left.

A record: `allowance` and `lot_run` compute it. Source: handbook, "Allowance lots".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Burn, Lot
from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, Plan, UsageUnit
from retainerdesk.domain.uses import value_price


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
