"""Money as integer minor units of one currency, with the one rounding rule of the program.

Every amount is rounded once, half up (a half moves away from zero), by `round_half_up`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from retainerdesk.domain.errors import RuleViolation

# Currencies whose minor unit is not a hundredth. Source: ISO 4217 list one, 2026-01-01; a test compares
# this table with the published list, so that an amendment is noticed.
_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
    "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4,
}  # fmt: skip

Exact = int | Fraction | Decimal

# Before the decimal point. What is larger was not meant, and would not fit the integers of a database.
MOST_DIGITS = 15


def exponent(currency: str) -> int:
    """Digits after the decimal point of `currency` (EUR 2, JPY 0, BHD 3)."""
    return _EXPONENTS.get(currency, 2)


def round_half_up(value: Exact) -> int:
    """The nearest integer; an exact half moves away from zero, so -x always rounds as x does."""
    exact = Fraction(value)
    magnitude = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return magnitude if exact >= 0 else -magnitude


def allocate(total: int, weights: Sequence[Exact]) -> list[int]:
    """Split an integer in proportion to `weights` (none negative) so that the parts add up to it.

    Largest remainder; between equal remainders the earlier part wins. All weights zero gives all to
    the first part. Raises ValueError without weights or with a negative one.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError("allocate needs weights, none of them negative")
    units = _in_whole_units(weights)
    whole = sum(units)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1)
    parts, remainders = zip(*(divmod(abs(total) * unit, whole) for unit in units), strict=True)
    shares = list(parts)
    by_remainder = sorted(range(len(shares)), key=lambda i: (-remainders[i], i))
    for index in by_remainder[: abs(total) - sum(shares)]:
        shares[index] += 1
    return shares if total >= 0 else [-share for share in shares]


def _in_whole_units(weights: Sequence[Exact]) -> list[int]:
    """Weights in the same proportion as integers. Days and minutes are integers already."""
    if all(type(weight) is int for weight in weights):
        return [int(weight) for weight in weights]
    exact = [Fraction(weight) for weight in weights]
    unit = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (unit // weight.denominator) for weight in exact]


def round_parts(exact: Sequence[Fraction], total: int) -> list[int]:
    """Round parts of either sign so that they add up to `total`, their own sum rounded to an integer.

    Every part becomes its floor or the integer above; the largest remainders are raised, between equal ones
    the earlier. Raises ValueError if `total` is not the rounded sum.
    """
    parts = [value.numerator // value.denominator for value in exact]
    missing = total - sum(parts)
    if abs(sum(exact, Fraction(0)) - total) > Fraction(1, 2):
        raise ValueError(f"{total} is not the rounded sum of the parts")
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[:missing]:
        parts[index] += 1
    return parts


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen, fils) of one ISO 4217 currency."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def times(self, factor: Exact) -> Money:
        """This amount times an exact factor, rounded half up once."""
        return Money(round_half_up(self.minor * Fraction(factor)), self.currency)

    def allocate(self, weights: Sequence[Exact]) -> list[Money]:
        """Split by `weights`; the parts add up to the whole (see `allocate`)."""
        return [Money(part, self.currency) for part in allocate(self.minor, weights)]

    def as_decimal(self) -> Decimal:
        """The amount in major units, with exactly the currency's digits."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        return f"{self.as_decimal():f}"

    def _same(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be mixed without a rate")
        return other


def parse_money(text: str, currency: str, field: str | None = None) -> Money:
    """Read a decimal string such as "3000.00" (a point, no grouping) as an amount of `currency`.

    Raises RuleViolation if the text is no number or has more digits than the currency.
    """
    value = parse_decimal(text, field)
    minor = value.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        digits = exponent(currency)
        raise RuleViolation(
            "money.digits", f"{text} has more than the {digits} decimals of {currency}.", field
        )
    return Money(int(minor), currency)


def check_size(amount: Money, what: str) -> None:
    """Raise RuleViolation for an amount with more digits before the point than one can be typed with."""
    if abs(amount.as_decimal()) >= 10**MOST_DIGITS:
        message = f"{what} cannot come to {amount} {amount.currency}: correct the quantity or the price."
        raise RuleViolation("money.size", message, "amount")


def parse_decimal(text: str, field: str | None = None) -> Decimal:
    """Read a plain decimal string ("-0.25"); refuses exponents, signs alone, infinities and 16+ digits."""
    body = text[1:] if text[:1] in {"-", "+"} else text
    whole, _, part = body.partition(".")
    plain = whole.isascii() and whole.isdigit() and (part == "" or (part.isascii() and part.isdigit()))
    if not plain or body.endswith("."):
        raise RuleViolation("number.form", f"“{text}” is not a number like 1250.00.", field)
    if len(whole.lstrip("0")) > MOST_DIGITS or len(part) > 10:
        raise RuleViolation("number.size", f"“{text}” has more digits than an amount can have.", field)
    return Decimal(text)
