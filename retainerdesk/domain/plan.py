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
    """What happens to the overage of a period; `ask` leaves it open."""

    BILL = "bill"
    ABSORB = "absorb"
    CARRY = "carry"
    ASK = "ask"


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
    """What happens to chargeable minutes that no lot covers.

    `hourly_rate` is in major units of the plan's currency, up to 4 decimals.
    """

    hourly_rate: Decimal = Decimal(0)
    decision: OverageDecision = OverageDecision.ASK


@dataclass(frozen=True, slots=True)
class Plan:
    """Terms in force from `from_on` until the next plan of the same retainer begins.

    `fee` is for one full billing period. `allowance_minutes` is for one full usage period; usage periods
    follow `usage_cadence`, or the billing cadence where that is None. Whether lots grow
    older during a pause is said by the pause.
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

    @property
    def metered_by(self) -> Cadence:
        """The cadence of usage periods."""
        return self.usage_cadence or self.cadence
