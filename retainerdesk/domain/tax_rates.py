"""Rates of value added tax by country and date: what the law says, and what a book says instead.

Source: handbook, "Tax", Rates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One rate of a country, in percent, in force on `[from_on, until)`; without `until` it still is.

    Category and name say which rate it is: the rows of one rate follow each other. `country` is ISO 3166
    alpha-2. A row is the program's or, with `is_own`, one of the book.
    """

    country: str
    category: TaxCategory
    name: str
    percent: Decimal
    from_on: date
    until: date | None = None
    source: str = ""
    is_own: bool = False

    @property
    def id(self) -> str:
        """Which row of the country it is: category, name and first day."""
        return f"{self.country}/{self.category.value}/{self.name}/{self.from_on}"

    @property
    def line(self) -> tuple[str, TaxCategory, str]:
        """Which rate it is, whatever the percent of the day."""
        return self.country, self.category, self.name.casefold()

    @property
    def words(self) -> str:
        """Such as “Standard 19 %”."""
        return f"{self.name} {percent_words(self.percent)}"

    def is_in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class RateChange:
    """A day on which a rate becomes another one; None after it was ended, or before it began."""

    on: date
    before: TaxRate | None
    after: TaxRate | None


def read_tax_rates(text: str) -> tuple[TaxRate, ...]:
    """The table in resources/rates/tax_rates.json, by country. Raises ValueError for what it cannot be."""
    data = json.loads(text)
    found: list[TaxRate] = []
    for country, entry in data["countries"].items():
        source = f"{entry['source']}, {entry['address']} (entered {data['entered_on']})"
        for category, name, percent, from_on, until in entry["rates"]:
            end = None if until is None else date.fromisoformat(until)
            begin = date.fromisoformat(from_on)
            row = TaxRate(country, TaxCategory(category), name, Decimal(percent), begin, end, source)
            if end is not None and end <= row.from_on:
                raise ValueError(f"{row.id} ends before it begins")
            found.append(row)
    return tuple(found)


def percent_words(percent: Decimal) -> str:
    """Such as “19 %” or “5.5 %”."""
    plain = format(percent.normalize(), "f")
    return f"{plain} %"


def rates_on(rates: Iterable[TaxRate], country: str, day: date) -> tuple[TaxRate, ...]:
    """The rates of a country in force on a day: standard first, then from the highest down.

    Of the rows of one rate that have begun the newest counts, and of two that began on one day the book's
    own. If that one has ended the rate has ended.
    """
    newest: dict[tuple[str, TaxCategory, str], TaxRate] = {}
    for rate in rates:
        if rate.country != country or rate.from_on > day:
            continue
        known = newest.get(rate.line)
        if known is None or (rate.from_on, rate.is_own) >= (known.from_on, known.is_own):
            newest[rate.line] = rate
    return tuple(sorted((rate for rate in newest.values() if rate.is_in_force(day)), key=_place))


def _place(rate: TaxRate) -> tuple[bool, Decimal, str]:
    return rate.category is not TaxCategory.STANDARD, -rate.percent, rate.name


def rate_for(rates: Iterable[TaxRate], country: str, tax: TaxRule, day: date) -> TaxRate | None:
    """The rate in force that a tax rule uses, by category and percent; None if none is like it."""
    for rate in rates_on(rates, country, day):
        if (rate.category, rate.percent) == (tax.category, tax.rate_percent):
            return rate
    return None


def changes_of(rates: Iterable[TaxRate], used: TaxRate, span: Period) -> Iterator[RateChange]:
    """The days after the first of `span` and before its end on which a rate becomes another, in order."""
    own = [rate for rate in rates if rate.line == used.line]
    days = {rate.from_on for rate in own} | {rate.until for rate in own if rate.until is not None}
    for day in sorted(days):
        if not span.start < day < span.end:
            continue
        before = next(iter(rates_on(own, used.country, day - timedelta(days=1))), None)
        after = next(iter(rates_on(own, used.country, day)), None)
        if (before and before.percent) != (after and after.percent):
            yield RateChange(day, before, after)


def tax_hints(
    rates: Iterable[TaxRate], country: str, tax: TaxRule, service: Period, issued_on: date
) -> tuple[str, ...]:
    """What is odd about the tax of a line, a sentence each; hints, never a refusal.

    A rate that is none of the country on the issue date, and a change in law between the first day of the
    service and the later of its last day and the issue date. Nothing is said about untaxed categories and
    about countries without rates.
    """
    known = [rate for rate in rates if rate.country == country]
    in_force = rates_on(known, country, issued_on)
    if not tax.category.is_taxed or not in_force:
        return ()
    now = rate_for(known, country, tax, issued_on)
    hints = [] if now else [_not_in_force(in_force, country, tax, issued_on)]
    used = now or rate_for(known, country, tax, service.start)
    if used is not None:
        span = Period(service.start, max(service.end, issued_on + timedelta(days=1)))
        hints += [_changed(change, country, service) for change in changes_of(known, used, span)]
    return tuple(hints)


def _not_in_force(in_force: Iterable[TaxRate], country: str, tax: TaxRule, day: date) -> str:
    words = ", ".join(rate.words for rate in in_force)
    what = f"{percent_words(tax.rate_percent)} is not a {tax.category.value} rate of {country} on {day}"
    return f"{what}; in force are: {words}."


def _changed(change: RateChange, country: str, service: Period) -> str:
    named = change.after or change.before
    assert named is not None
    before = percent_words(change.before.percent) if change.before else "none"
    after = percent_words(change.after.percent) if change.after else "none"
    return (
        f"The rate “{named.name}” of {country} changes from {before} to {after} on {change.on}; the service"
        f" is of {service.start} to {service.last_day}."
    )


def check_own_rate(rate: TaxRate) -> None:
    """Raise RuleViolation for a row of a book without a country, name, source, or a percent that can be."""
    if len(rate.country) != 2 or not (rate.country.isascii() and rate.country.isupper()):
        message = "Enter the country as two capital letters, such as DE."
        raise RuleViolation("tax_rate.country", message, "country")
    if not rate.category.is_taxed:
        message = "Only standard and reduced rates have a percent; the other categories have none."
        raise RuleViolation("tax_rate.category", message, "category")
    if not rate.name.strip():
        raise RuleViolation("tax_rate.name", "Enter what the rate is called, such as Standard.", "name")
    if not 0 < rate.percent <= 100:
        raise RuleViolation("tax_rate.percent", "A rate is above 0 and at most 100 percent.", "percent")
    if rate.until is not None and rate.until <= rate.from_on:
        message = f"The rate would end on {rate.until}, before it begins on {rate.from_on}."
        raise RuleViolation("tax_rate.until", message, "until")
    if not rate.source.strip():
        message = "Say where the rate is published, so that it can be looked up again."
        raise RuleViolation("tax_rate.source", message, "source")
