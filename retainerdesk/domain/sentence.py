"""Sentences that are data first (a key and its values), then text by a language.

A `Language` has a template for every key, and knows how amounts, dates and counts are written. Another
language is another `Language`, not another rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Cadence
from retainerdesk.domain.retainer import Notice

Value = Money | date | Cadence | Notice | Fraction | Decimal | int | str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement named by `key`. Minutes are int, whole counts "count:unit" strings such as "2:period"."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A template for every key, and how each kind of value is written."""

    templates: Mapping[str, str]
    write: Callable[[Value], str]


def said(key: str, **values: Value) -> Sentence:
    """A sentence with its values, in the order given."""
    return Sentence(key, tuple(values.items()))


def in_words(sentences: Iterable[Sentence], language: Language) -> tuple[str, ...]:
    """The text of each sentence. Values are inserted as they are: escape for markup."""
    return tuple(
        language.templates[each.key].format(**{name: language.write(value) for name, value in each.values})
        for each in sentences
    )


def plain_number(value: Fraction | Decimal | int) -> str:
    """At most two decimals, without trailing zeros; for showing only."""
    exact = Fraction(value)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.2f}"
    return text.rstrip("0").rstrip(".")
