"""Stored exchange rates: which one is in force on a day, and an amount in another currency by it.

Nothing is guessed. A rate is in force from its day until the next one of the same two currencies. A rate
stated the other way round counts too, as its exact reciprocal; on the same day the rate stated the way it is
asked for wins. Rates are never chained over a third currency. An amount is rounded half up, once.
Source: handbook, "Exchange rates".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Exact, Money, exponent, round_half_up

MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """From `on`, one unit of `from_currency` is `rate` units of `to_currency`; `source` says who says so."""

    from_currency: str
    to_currency: str
    on: date
    rate: Decimal
    source: str = ""

    @property
    def key(self) -> tuple[str, str, date]:
        """What makes a rate one thing: its currencies and its day."""
        return self.from_currency, self.to_currency, self.on


@dataclass(frozen=True, slots=True)
class RateInForce:
    """What one unit of `from_currency` comes to in `to_currency`, by the rate `stored`."""

    from_currency: str
    to_currency: str
    factor: Fraction
    stored: ExchangeRate

    @property
    def on(self) -> date:
        """The day the rate was stored for."""
        return self.stored.on

    @property
    def is_inverse(self) -> bool:
        """Whether the stored rate is stated the other way round."""
        return self.stored.from_currency != self.from_currency

    @property
    def words(self) -> str:
        """As it was stated, with its day: 1 GBP = 1.17 EUR (2026-02-28)."""
        kept = self.stored
        rate = f"{kept.rate:f}"
        rate = rate.rstrip("0").rstrip(".") if "." in rate else rate
        return f"1 {kept.from_currency} = {rate} {kept.to_currency} ({kept.on.isoformat()})"


def check_rate(rate: ExchangeRate) -> None:
    """Raise RuleViolation for a rate that says nothing: zero or below, one currency, too many decimals."""
    if rate.from_currency == rate.to_currency:
        message = f"A rate leads from one currency to another, not from {rate.from_currency} to itself."
        raise RuleViolation("rate.same", message, "to_currency")
    if not rate.rate.is_finite() or rate.rate <= 0:
        raise RuleViolation("rate.positive", "A rate is above zero, such as 1.1712.", "rate")
    exponent_of = rate.rate.normalize().as_tuple().exponent
    if isinstance(exponent_of, int) and -exponent_of > MOST_DECIMALS:
        message = f"A rate has at most {MOST_DECIMALS} decimals; state it the other way round if it is tiny."
        raise RuleViolation("rate.digits", message, "rate")


def convert(amount: Money, to_currency: str, rate: Exact) -> Money:
    """`amount` in `to_currency`, of which one unit of the amount's currency is `rate`; rounded half up once.

    Counts in units, not minor units: 1,000 JPY at 0.0061 is 6.10 EUR.
    """
    shift = Fraction(10) ** (exponent(to_currency) - exponent(amount.currency))
    return Money(round_half_up(amount.minor * Fraction(rate) * shift), to_currency)


class Rates:
    """The stored rates of a book, to be asked for the one in force on a day."""

    __slots__ = ("_by_pair",)

    def __init__(self, stored: Iterable[ExchangeRate] = ()) -> None:
        self._by_pair: dict[tuple[str, str], list[ExchangeRate]] = {}
        for rate in sorted(stored, key=lambda each: each.on):
            self._by_pair.setdefault((rate.from_currency, rate.to_currency), []).append(rate)

    def in_force(self, from_currency: str, to_currency: str, day: date) -> RateInForce | None:
        """The newest rate of `day` or before between two different currencies, or None."""
        straight = self._newest(from_currency, to_currency, day)
        turned = self._newest(to_currency, from_currency, day)
        if straight is not None and (turned is None or straight.on >= turned.on):
            return RateInForce(from_currency, to_currency, Fraction(straight.rate), straight)
        if turned is not None:
            return RateInForce(from_currency, to_currency, 1 / Fraction(turned.rate), turned)
        return None

    def as_of(self, day: date) -> Rates:
        """Without the rates of later days."""
        return Rates(each for own in self._by_pair.values() for each in own if each.on <= day)

    def _newest(self, from_currency: str, to_currency: str, day: date) -> ExchangeRate | None:
        known = self._by_pair.get((from_currency, to_currency), [])
        position = bisect_right(known, day, key=lambda each: each.on)
        return known[position - 1] if position else None


def no_rate(from_currency: str, to_currency: str, day: date) -> str:
    """What is missing where no rate is in force on `day`, in words: "… before" the day after it."""
    after = date.fromordinal(day.toordinal() + 1)
    return f"no exchange rate from {from_currency} to {to_currency} before {after.isoformat()}"


@dataclass(frozen=True, slots=True)
class Converted:
    """Amounts of several currencies in one: `total` of those with a rate, the `rates` used, what is apart.

    `unknown` are the amounts no rate leads from; they are never added.
    """

    total: Money
    rates: tuple[RateInForce, ...] = ()
    unknown: tuple[Money, ...] = ()


def add_up(amounts: Iterable[Money], currency: str, rates: Rates, day: date) -> Converted:
    """The sum of `amounts` in `currency` by the rates in force on `day`; each is rounded half up once."""
    total, used, unknown = Money(0, currency), [], []
    for amount in amounts:
        if amount.currency == currency:
            total += amount
        elif found := rates.in_force(amount.currency, currency, day):
            total += convert(amount, currency, found.factor)
            used.append(found)
        elif amount:
            unknown.append(amount)
    return Converted(total, tuple(dict.fromkeys(used)), tuple(unknown))
