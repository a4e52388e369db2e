"""From the agreed margin of a month to the actual one, a bar for each cause; the bars sum exactly.

Within the agreed minutes, delivery comes first, then calls, preparation and account management: only the
excess of a kind is a cause. Work out of scope always is one. Source: handbook, "Margin".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import Money, round_half_up, round_parts
from retainerdesk.domain.work import WorkKind


class Cause(StrEnum):
    """Why the margin differs from the agreed one, in the order of the bars."""

    DISCOUNT = "discount"
    OUT_OF_SCOPE = "out_of_scope"
    EXTRA_CALLS = "extra_calls"
    PREPARATION = "preparation"
    ACCOUNT_MANAGEMENT = "account_management"
    EXTRA_DELIVERY = "extra_delivery"
    UNUSED_HOURS = "unused_hours"
    OVERAGE_BILLED = "overage_billed"
    BLOCKS = "blocks"
    ONE_OFF = "one_off"
    EXPENSES = "expenses"
    PAYMENT_FEES = "payment_fees"
    WRITTEN_OFF = "written_off"


# The order in which kinds use up the agreed minutes, and the cause of what exceeds them.
_KINDS_WITHIN = {
    WorkKind.DELIVERY: Cause.EXTRA_DELIVERY,
    WorkKind.CALL: Cause.EXTRA_CALLS,
    WorkKind.PREP: Cause.PREPARATION,
    WorkKind.ACCOUNT_MANAGEMENT: Cause.ACCOUNT_MANAGEMENT,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What one cause added to the margin, or took (negative)."""

    cause: Cause
    amount: Money


@dataclass(frozen=True, slots=True)
class Waterfall:
    """agreed + every bar = contribution; contribution + overhead (negative) = net. Zero bars are left out."""

    agreed: Money
    bars: tuple[Bar, ...]
    contribution: Money
    overhead: Money
    net: Money


@dataclass(frozen=True, slots=True)
class MonthWork:
    """Minutes of each kind in a month and their exact cost in minor units."""

    minutes: Mapping[WorkKind, int]
    cost: Mapping[WorkKind, Fraction]

    @property
    def total_minutes(self) -> int:
        return sum(self.minutes.values())

    @property
    def total_cost(self) -> Fraction:
        return sum(self.cost.values(), Fraction(0))


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """What a month earned and spent beside the work, in minor units of `currency`, costs as positive."""

    currency: str
    fee: int = 0
    discount: int = 0
    overage: int = 0
    one_off: int = 0
    expenses: int = 0
    payment_fees: int = 0
    written_off: int = 0
    overhead: int = 0
    blocks: int = 0

    @property
    def revenue(self) -> int:
        return self.fee - self.discount + self.overage + self.one_off + self.blocks


def waterfall(money: MonthMoney, work: MonthWork, agreed_minutes: int, idle_cost: Fraction) -> Waterfall:
    """The waterfall of one month. The cost of work is rounded once and shared by the causes.

    Agreed minutes never worked are costed as the month's average minute, or at `idle_cost` (minor units a
    minute) in a month without work.
    """
    within, excess = _split(work, agreed_minutes)
    unused = _unused_cost(work, agreed_minutes, within.total_minutes, idle_cost)
    exact = [-(within.total_cost + unused), unused, *(-cost for cost in excess.values())]
    agreed_cost, idle, *extra = round_parts(exact, -round_half_up(work.total_cost))
    amounts = {
        Cause.DISCOUNT: -money.discount,
        Cause.UNUSED_HOURS: idle,
        Cause.OVERAGE_BILLED: money.overage,
        Cause.BLOCKS: money.blocks,
        Cause.ONE_OFF: money.one_off,
        Cause.EXPENSES: -money.expenses,
        Cause.PAYMENT_FEES: -money.payment_fees,
        Cause.WRITTEN_OFF: -money.written_off,
        **dict(zip(excess, extra, strict=True)),
    }
    return _waterfall(money.currency, money.fee + agreed_cost, amounts, money.overhead)


def _split(work: MonthWork, agreed_minutes: int) -> tuple[MonthWork, dict[Cause, Fraction]]:
    """The work inside the agreed minutes, and the exact cost of what exceeds them by cause."""
    left = agreed_minutes
    minutes: dict[WorkKind, int] = {}
    cost: dict[WorkKind, Fraction] = {}
    excess = {Cause.OUT_OF_SCOPE: work.cost.get(WorkKind.OUT_OF_SCOPE, Fraction(0))}
    for kind, cause in _KINDS_WITHIN.items():
        worked, spent = work.minutes.get(kind, 0), work.cost.get(kind, Fraction(0))
        minutes[kind] = min(worked, left)
        cost[kind] = spent * Fraction(minutes[kind], worked) if worked else Fraction(0)
        excess[cause] = spent - cost[kind]
        left -= minutes[kind]
    return MonthWork(minutes, cost), excess


def _unused_cost(work: MonthWork, agreed: int, within: int, idle_cost: Fraction) -> Fraction:
    per_minute = work.total_cost / work.total_minutes if work.total_minutes else idle_cost
    return (agreed - within) * per_minute


def _waterfall(currency: str, agreed: int, amounts: Mapping[Cause, int], overhead: int) -> Waterfall:
    bars = tuple(Bar(cause, Money(amounts[cause], currency)) for cause in Cause if amounts.get(cause))
    contribution = agreed + sum(amounts.values())
    return Waterfall(
        agreed=Money(agreed, currency),
        bars=bars,
        contribution=Money(contribution, currency),
        overhead=Money(-overhead, currency),
        net=Money(contribution - overhead, currency),
    )


def joined(months: Sequence[Waterfall]) -> Waterfall:
    """The waterfall of several months of one currency: cause by cause, the sum of theirs."""
    currency = months[0].agreed.currency
    amounts: dict[Cause, int] = {}
    for month in months:
        for bar in month.bars:
            amounts[bar.cause] = amounts.get(bar.cause, 0) + bar.amount.minor
    agreed = sum((month.agreed for month in months[1:]), start=months[0].agreed)
    overhead = sum((month.overhead for month in months[1:]), start=months[0].overhead)
    return _waterfall(currency, agreed.minor, amounts, -overhead.minor)
