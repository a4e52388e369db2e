"""Document numbers: what comes next in a series, and how it is written, by an allow-list of placeholders.

The format is a person's text, so it is read by a pattern of our own and never handed to str.format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from retainerdesk.domain.account import NumberGap, Series, SeriesPurpose, SeriesReset
from retainerdesk.domain.errors import RuleViolation

# EN 16931 has no limit, but bank references and file names do.
LONGEST_NUMBER = 40
LARGEST_WIDTH = 12

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PADDED = re.compile(r"number:0([1-9][0-9]?)")
_OF_THE_YEAR = frozenset({"year", "yy"})
_FORBIDDEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """The place of a document in its series: 1, 2, … within `year`, 0 if that never begins again."""

    year: int
    sequence: int


@dataclass(frozen=True, slots=True)
class NumberRange:
    """`count` numbers of one series without a gap between the first and the last."""

    series_id: str
    count: int
    first: str
    last: str


def fiscal_year(on: date, starts_in: int) -> int:
    """The fiscal year of a day, called by the calendar year it begins in; `starts_in` is a month, 1 to 12."""
    return on.year if on.month >= starts_in else on.year - 1


def year_of(series: Series, on: date) -> int:
    """The year in which a document of that issue date is counted; 0 if the series never begins again."""
    return fiscal_year(on, series.year_starts_in) if series.reset is SeriesReset.YEARLY else 0


def place_on(series: Series, on: date) -> NumberPlace:
    """The place the next document takes if it is issued on that day; recorded gaps are passed over.

    Raises RuleViolation for a day in a year before the one that is being counted.
    """
    year = year_of(series, on)
    if year < series.year:
        message = f"The numbers of {series.year} have begun in “{series.title}”; {on} lies before that year."
        raise RuleViolation("series.year", message, "issued_on")
    sequence = series.next if series.year in (0, year) else 1
    for gap in sorted(series.gaps, key=_first_number):
        if gap.year == year and gap.first <= sequence <= gap.last:
            sequence = gap.last + 1
    return NumberPlace(year, sequence)


def _first_number(gap: NumberGap) -> int:
    return gap.first


def after(series: Series, place: NumberPlace) -> Series:
    """The series once the document of that place is issued."""
    return replace(series, year=place.year, next=place.sequence + 1)


def series_for(known: Iterable[Series], purpose: SeriesPurpose, chosen: str | None = None) -> Series | None:
    """The series that numbers a document: the one chosen, else the default, else the first; None if none is.

    A choice that is unknown or numbers something else counts as no choice.
    """
    own = sorted((each for each in known if each.purpose is purpose), key=_series_id)
    wanted = [each for each in own if each.id == chosen] or [each for each in own if each.is_default]
    usual = [each for each in own if each.id == purpose.value]
    return next(iter(wanted or usual or own), None)


def usual_purpose(series_id: str) -> SeriesPurpose:
    """What a series numbers where nobody says: credit notes if it is called so, else invoices."""
    is_credit = series_id == SeriesPurpose.CREDIT_NOTE.value
    return SeriesPurpose.CREDIT_NOTE if is_credit else SeriesPurpose.INVOICE


def _series_id(series: Series) -> str:
    return series.id


def check_format(series: Series, field: str | None = "format") -> None:
    """Raise RuleViolation for a format that could repeat a number or spoil a file name."""
    text = series.format
    if text != text.strip() or not text.isprintable():
        raise _refused("has spaces at an end or characters that cannot be printed", text, field)
    outside = _PLACEHOLDER.sub("", text)
    if "{" in outside or "}" in outside:
        raise _refused("has a brace without its partner", text, field)
    names = _PLACEHOLDER.findall(text)
    for name in names:
        if name not in ("year", "yy", "month", "number") and _width(name) is None:
            raise _refused(f"has {{{name}}}, which is not year, yy, month, number or number:04", text, field)
    if sum(name.startswith("number") for name in names) != 1:
        raise _refused("needs {number} exactly once, or numbers would repeat", text, field)
    if series.reset is SeriesReset.YEARLY and not _OF_THE_YEAR.intersection(names):
        why = "needs {year} or {yy}, because it begins at 1 again every year and numbers would repeat"
        raise _refused(why, text, field)
    if forbidden := sorted(_FORBIDDEN.intersection(outside)):
        raise _refused(f"has “{forbidden[0]}”, which no file name may have", text, field)
    if len(_fill(series, 1, date(2000, 1, 1))) > LONGEST_NUMBER:
        raise _refused(f"gives numbers longer than {LONGEST_NUMBER} characters", text, field)


def render(series: Series, sequence: int, issued_on: date) -> str:
    """The number of the `sequence`-th document (1, 2, …) of a series, issued on `issued_on`.

    {year} 2026, {yy} 26, {month} 01 to 12, {number} 41, {number:04} 0041; a longer number is never cut. In a
    yearly series the year is the fiscal year. Raises RuleViolation for a format that is refused or a result
    over 40 characters, ValueError below 1.
    """
    if sequence < 1:
        raise ValueError("documents are numbered from 1")
    check_format(series)
    number = _fill(series, sequence, issued_on)
    if len(number) > LONGEST_NUMBER:
        raise _refused(f"gives a number longer than {LONGEST_NUMBER} characters", series.format, "format")
    return number


def next_numbers(series: Series, issued_on: date) -> Iterator[tuple[int, str]]:
    """The sequences and numbers the series gives out next on that day, without end; gaps are passed over."""
    while True:
        place = place_on(series, issued_on)
        yield place.sequence, render(series, place.sequence, issued_on)
        series = after(series, place)


def number_ranges(series: Series, count: int, issued_on: date) -> tuple[NumberRange, ...]:
    """The next `count` numbers as ranges; a gap among them ends one and begins another."""
    ranges: list[NumberRange] = []
    before = None
    for sequence, number in islice(next_numbers(series, issued_on), count):
        if before is not None and sequence == before + 1:
            last = ranges.pop()
            ranges.append(replace(last, count=last.count + 1, last=number))
        else:
            ranges.append(NumberRange(series.id, 1, number, number))
        before = sequence
    return tuple(ranges)


def _fill(series: Series, sequence: int, issued_on: date) -> str:
    year = year_of(series, issued_on) or issued_on.year
    dated = {"year": f"{year:04}", "yy": f"{year % 100:02}", "month": f"{issued_on.month:02}"}

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return dated[name] if name in dated else str(sequence).zfill(_width(name) or 1)

    return _PLACEHOLDER.sub(value, series.format)


def _width(name: str) -> int | None:
    """The digits of {number:0N}; None for any other placeholder."""
    match = _PADDED.fullmatch(name)
    width = int(match.group(1)) if match else None
    return width if width is not None and width <= LARGEST_WIDTH else None


def _refused(why: str, text: str, field: str | None) -> RuleViolation:
    return RuleViolation("series.format", f"The number format “{text}” {why}.", field)
