"""The commercial terms of a retainer from an effective date: what it costs and what it includes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Alignment, Cadence


class Timing(StrEnum):
    """Whether the fee is invoiced at the start or at the end of the period it pays for."""

    ADVANCE = "advance"
    ARREARS = "arrears"


class Proration(StrEnum):
    """What a stub or a split period costs."""

    ACTUAL_DAYS = "actual_days"
    FIXED_30 = "fixed_30"
    FULL = "full"
    SKIP_STUB = "skip_stub"
    MERGE_STUB = "merge_stub"


class RolloverPolicy(StrEnum):
    """What of a period's own grant moves on: nothing, what was left, what was overdrawn, or both."""

    NONE = "none"
    SURPLUS = "surplus"
    SURPLUS_AND_DEFICIT = "surplus_and_deficit"
    DEFICIT = "deficit"

    @property
    def carries_surplus(self) -> bool:
        return self in (RolloverPolicy.SURPLUS, RolloverPolicy.SURPLUS_AND_DEFICIT)

    @property
    def carries_deficit(self) -> bool:
        return self in (RolloverPolicy.DEFICIT, RolloverPolicy.SURPLUS_AND_DEFICIT)


class OverageDecision(StrEnum):
    """What happens to the overage of a period; `ask` leaves it open.

    `offset` takes it from a prepaid block instead; it is decided for a period, never agreed in a plan.
    """

    BILL = "bill"
    ABSORB = "absorb"
    CARRY = "carry"
    ASK = "ask"
    OFFSET = "offset"


class UsageUnit(StrEnum):
    """What an allowance or a block is counted in: minutes of work, money in minor units, or calls."""

    MINUTES = "minutes"
    MONEY = "money"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class Rollover:
    """How unused minutes are carried.

    `periods` is how many later periods a carried lot lives (None: no limit in periods), `cap_minutes` or
    `cap_percent` (of the period's grant) bound what one period carries, `total_cap_minutes` what may be
    alive at once. `expires_on` ends every carried lot on a date (first day it is dead); `until_term_end`
    ends them with the term. `exclude_partial_first` carries nothing out of a leading stub.
    """

    policy: RolloverPolicy = RolloverPolicy.NONE
    periods: int | None = None
    cap_minutes: int | None = None
    total_cap_minutes: int | None = None
    cap_percent: int | None = None
    expires_on: date | None = None
    until_term_end: bool = False
    exclude_partial_first: bool = False


@dataclass(frozen=True, slots=True)
class Overage:
    """What happens to chargeable minutes, money or sessions that no lot and no block covers.

    `hourly_rate` is in major units of the plan's currency, up to 4 decimals; it is the price of minutes.
    """

    hourly_rate: Decimal = Decimal(0)
    decision: OverageDecision = OverageDecision.ASK


@dataclass(frozen=True, slots=True)
class Plan:
    """Terms in force from `from_on` until the next plan of the same retainer begins.

    `fee` is for one full billing period. `allowance_minutes` is for one full usage period; usage periods
    follow `usage_cadence`, or the billing cadence where that is None. Whether lots grow
    older during a pause is said by the pause.

    Instead of minutes it may include money, drawn down by work at `value_rate` an hour (what goes beyond
    is money as well), or sessions, one a call; one beyond costs `session_price`. Without any allowance and
    without a rate nothing is metered: the fee covers all work.
    """

    from_on: date
    fee: Money
    cadence: Cadence
    alignment: Alignment = Alignment.ANNIVERSARY
    billing_day: int | None = None
    timing: Timing = Timing.ADVANCE
    proration: Proration = Proration.ACTUAL_DAYS
    allowance_minutes: int = 0
    rollover: Rollover = Rollover()
    overage: Overage = Overage()
    usage_cadence: Cadence | None = None
    text: str = ""
    allowance_money: Money | None = None
    value_rate: Decimal | None = None
    allowance_sessions: int | None = None
    session_price: Money | None = None

    @property
    def unit(self) -> UsageUnit:
        """What the allowance is counted in."""
        if self.allowance_money is not None:
            return UsageUnit.MONEY
        return UsageUnit.MINUTES if self.allowance_sessions is None else UsageUnit.SESSIONS

    @property
    def allowance(self) -> int:
        """What a full usage period includes: minutes, minor units or sessions, as `unit` says."""
        if self.allowance_money is not None:
            return self.allowance_money.minor
        return self.allowance_minutes if self.allowance_sessions is None else self.allowance_sessions

    @property
    def is_metered(self) -> bool:
        """Whether work can go beyond what the fee covers."""
        return self.unit is not UsageUnit.MINUTES or self.allowance > 0 or self.overage.hourly_rate > 0

    @property
    def metered_by(self) -> Cadence:
        """The cadence of usage periods."""
        return self.usage_cadence or self.cadence
