"""How a language of the continent writes the values of a sentence: figures, days, hours, counts, cadences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Cadence, CadenceUnit
from retainerdesk.domain.retainer import Notice
from retainerdesk.domain.sentence import Value, plain_number


@dataclass(frozen=True, slots=True)
class ValueForms:
    """The marks and words of one language.

    `thousands` parts figures; decimals follow a comma. `day` is a strftime pattern of digits. `counted` gives
    the word for one and for many by unit; with `zero_is_one` none takes the word for one. `cadences` are
    those with a name; any other is `each`, by unit, with its count.
    """

    thousands: str
    day: str
    hours: str
    minutes: str
    counted: Mapping[str, tuple[str, str]]
    cadences: Mapping[tuple[CadenceUnit, int], str]
    each: Mapping[CadenceUnit, str]
    zero_is_one: bool = False

    def write(self, value: Value) -> str:
        """A value as the language writes it."""
        if isinstance(value, Money):
            return f"{self._figure(f'{value.as_decimal():,f}')} {value.currency}"
        if isinstance(value, date):
            return f"{value:{self.day}}"
        if isinstance(value, Cadence):
            return self._cadence(value)
        if isinstance(value, Notice):
            return self._count(value.count, value.unit.value.removesuffix("s"))
        return self._number(value)

    def _number(self, value: Fraction | Decimal | int | str) -> str:
        if isinstance(value, int):
            return self._hours(value)
        if isinstance(value, str):
            count, colon, unit = value.partition(":")
            # What is no count is an hourly rate, written with a decimal point.
            return self._count(int(count), unit) if colon and count.isdigit() else self._figure(value)
        return f"{self._figure(plain_number(value))} %"

    def _figure(self, text: str) -> str:
        return text.translate({ord(","): self.thousands, ord("."): ","})

    def _hours(self, minutes: int) -> str:
        hours, rest = divmod(abs(minutes), 60)
        parts = [f"{hours} {self.hours}"] if hours or not rest else []
        parts += [f"{rest} {self.minutes}"] if rest else []
        return ("-" if minutes < 0 else "") + " ".join(parts)

    def _cadence(self, cadence: Cadence) -> str:
        named = self.cadences.get((cadence.unit, cadence.every))
        return named or f"{self.each[cadence.unit]} {self._count(cadence.every, cadence.unit.value)}"

    def _count(self, count: int, unit: str) -> str:
        one, many = self.counted[unit]
        return f"{count} {one if self._is_one(count) else many}"

    def _is_one(self, count: int) -> bool:
        return count == 1 or (count == 0 and self.zero_is_one)
