"""What draws on an allowance: minutes of work, their value in money, or sessions, as the plan counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.block import minute_price
from retainerdesk.domain.money import round_half_up
from retainerdesk.domain.plan import Plan, UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import Call, WorkEntry

# What draws on the allowance: day, entry or call, and how much of it in the plan's unit.
Use = tuple[date, str, int]


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
