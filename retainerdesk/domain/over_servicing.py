"""Work given away: overage absorbed plus work out of scope, as minutes, at standard rate and at cost.

Source: handbook, "Words" and "Margin".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.period import Period


@dataclass(frozen=True, slots=True)
class Service:
    """What one usage period offered and what was done in it, in whole minutes.

    `granted` is the period's own allowance; `used` all chargeable minutes; `given` the part of them that no
    lot covers and nobody pays (absorbed, or not decided yet); `out_of_scope` is beside them.
    """

    period: Period
    granted: int
    used: int
    given: int = 0
    out_of_scope: int = 0
    closed: bool = True
    retainer_id: str = ""

    @property
    def over_minutes(self) -> int:
        return self.given + self.out_of_scope

    @property
    def unused_minutes(self) -> int:
        return max(0, self.granted - self.used)


@dataclass(frozen=True, slots=True)
class OverServicing:
    """Two labelled figures: `gross` counts only what was too much, `net` sets unused minutes against it.

    Percentages are of the allowance, None where there was none. Values are of the gross minutes, rounded
    half up once, None where the rate is not known.
    """

    gross_minutes: int
    net_minutes: int
    gross_percent: Fraction | None
    net_percent: Fraction | None
    at_standard_rate: Money | None
    at_cost: Money | None


def over_servicing(
    services: Iterable[Service],
    currency: str,
    standard_rate: Fraction | None = None,
    cost_rate: Fraction | None = None,
) -> OverServicing:
    """Over-servicing of several periods. Rates are exact minor units of `currency` an hour."""
    every = tuple(services)
    gross = sum(each.over_minutes for each in every)
    net = gross - sum(each.unused_minutes for each in every)
    granted = sum(each.granted for each in every)
    return OverServicing(
        gross_minutes=gross,
        net_minutes=net,
        gross_percent=percent_of(gross, granted),
        net_percent=percent_of(net, granted),
        at_standard_rate=_value(gross, standard_rate, currency),
        at_cost=_value(gross, cost_rate, currency),
    )


def percent_of(minutes: int, allowance: int) -> Fraction | None:
    """Minutes in percent of an allowance; None without one."""
    return Fraction(100 * minutes, allowance) if allowance else None


def _value(minutes: int, rate: Fraction | None, currency: str) -> Money | None:
    return None if rate is None else Money(round_half_up(rate * minutes / 60), currency)
