"""How a number series begins and changes: numbers are left out only with a reason, and never come back.

Source: handbook, "Numbers".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from retainerdesk.domain.account import NumberGap, Series, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import check_format, fiscal_year, place_on, render, year_of

COUNTED_ON = "Numbered before this series began to count by year."
# Two formats that agree on these numbers of one day agree on all.
_PROBES = (1, 12, 12345)


def check_series(series: Series, others: Iterable[Series]) -> None:
    """Raise RuleViolation for a series without id, with a bad format, month or gap, or another's numbers."""
    if not series.id.strip():
        raise RuleViolation("series.id", "Enter a short name for the series, such as events.", "id")
    if not 1 <= series.year_starts_in <= 12:
        message = f"A fiscal year begins in a month from 1 to 12, not {series.year_starts_in}."
        raise RuleViolation("series.year_starts_in", message, "year_starts_in")
    check_format(series)
    _check_distinct(series, others)
    for index, gap in enumerate(series.gaps):
        _check_gap(series, gap, series.gaps[:index])


def _check_distinct(series: Series, others: Iterable[Series]) -> None:
    day = date(2026, 3, 9)
    own = [render(series, number, day) for number in _PROBES]
    for other in others:
        if other.id != series.id and own == [render(other, number, day) for number in _PROBES]:
            message = (
                f"“{other.title}” gives the same numbers as “{series.format}”: two documents would share one."
                f" Put letters in front, such as B-{series.format}."
            )
            raise RuleViolation("series.format", message, "format")


def _check_gap(series: Series, gap: NumberGap, known: Iterable[NumberGap]) -> None:
    if not 1 <= gap.first <= gap.last:
        message = f"A gap goes from a number to the same or a later one, not from {gap.first} to {gap.last}."
        raise RuleViolation("series.gap", message, "gap")
    if not gap.reason.strip():
        raise RuleViolation("series.reason", f"Say why {_numbers(gap)} are left out; it is kept.", "reason")
    if gap.year and series.reset is SeriesReset.NEVER:
        message = f"“{series.title}” never begins again, so its gaps have no year."
        raise RuleViolation("series.gap", message, "year")
    for other in known:
        if other.year == gap.year and other.first <= gap.last and gap.first <= other.last:
            message = f"{_numbers(other).capitalize()} are recorded as left out already: {other.reason}"
            raise RuleViolation("series.gap", message, "gap")


def _numbers(gap: NumberGap) -> str:
    return f"numbers {gap.first} to {gap.last}"


def with_gap(series: Series, gap: NumberGap, today: date, taken: Collection[int] = ()) -> Series:
    """The series with numbers recorded as left out. A yearly series without a named year means today's.

    `taken` are the sequences of the gap's year that have documents. Raises RuleViolation for one of them in
    the gap, for a gap that meets another, and without a reason.
    """
    gap = replace(gap, year=gap.year or year_of(series, today), reason=gap.reason.strip())
    _check_gap(series, gap, series.gaps)
    held = sorted(number for number in taken if gap.first <= number <= gap.last)
    if held:
        message = f"Number {held[0]} of “{series.title}” is on a document; leave it out of the gap."
        raise RuleViolation("series.gap", message, "gap")
    gaps = sorted((*series.gaps, gap), key=_place_of_gap)
    return replace(series, gaps=tuple(gaps))


def _place_of_gap(gap: NumberGap) -> tuple[int, int]:
    return gap.year, gap.first


def begun(series: Series, today: date, reason: str = "") -> Series:
    """A new series. One that does not begin at 1 takes over from another program and needs a `reason`."""
    first = series.next
    return raised(replace(series, next=1, year=0), first, today, reason)


def changed(before: Series, wanted: Series, today: date, reason: str = "", *, in_use: bool = True) -> Series:
    """What becomes of a series that somebody wants otherwise; `in_use` says that it has documents.

    `wanted.next` is the next number as it would be today. Its gaps and its year follow from what is kept:
    those of `wanted` are ignored. Raises RuleViolation for a purpose, a reset or a fiscal year that documents
    stand on, a next number that goes down, or one that goes up without a `reason`.
    """
    if in_use and wanted.purpose is not before.purpose:
        raise _in_use(before, "what it numbers", "purpose")
    if in_use and before.reset is SeriesReset.YEARLY and _counts_otherwise(before, wanted):
        raise _in_use(before, "how it counts by year", "reset")
    kept = replace(wanted, next=before.next, year=before.year, gaps=before.gaps)
    if wanted.reset is not before.reset or (not in_use and _counts_otherwise(before, wanted)):
        kept = _counted_anew(kept, before, today, in_use=in_use)
    return raised(kept, wanted.next, today, reason)


def _counts_otherwise(before: Series, wanted: Series) -> bool:
    return (before.reset, before.year_starts_in) != (wanted.reset, wanted.year_starts_in)


def _counted_anew(kept: Series, before: Series, today: date, *, in_use: bool) -> Series:
    """The series in its new way of counting: it goes on from the number it has reached."""
    if not in_use:
        year = year_of(kept, today)
        return replace(kept, year=0, gaps=tuple(replace(gap, year=year) for gap in before.gaps))
    year = fiscal_year(today, kept.year_starts_in)
    if year != today.year:
        # Documents of this calendar year say its name already, which the next fiscal year would count anew.
        message = (
            f"“{before.title}” has numbers of {today.year}, and would give them again when that fiscal year"
            f" begins in month {kept.year_starts_in}: change it then, or add another series."
        )
        raise RuleViolation("series.in_use", message, "year_starts_in")
    gaps = before.gaps
    if before.next > 1:
        gaps += (NumberGap(1, before.next - 1, COUNTED_ON, year),)
    return replace(kept, year=year, gaps=gaps)


def raised(series: Series, following: int, today: date, reason: str) -> Series:
    """The series with `following` as the next number today; the numbers before it become a gap.

    Raises RuleViolation if the number goes down, or goes up without a reason.
    """
    now = place_on(series, today).sequence
    if following < now:
        message = f"The next number of “{series.title}” is {now} and cannot go down to {following}."
        raise RuleViolation("series.next", message, "next")
    if following == now:
        return series
    gap = NumberGap(now, following - 1, reason, year_of(series, today))
    if not reason.strip():
        message = (
            f"{_numbers(gap).capitalize()} of “{series.title}” would be left out: say why, such as"
            " “used in the old program”. The reason is kept."
        )
        raise RuleViolation("series.reason", message, "reason")
    return with_gap(series, gap, today)


def _in_use(series: Series, what: str, field: str) -> RuleViolation:
    message = f"“{series.title}” has documents, so {what} cannot change; add another series for it."
    return RuleViolation("series.in_use", message, field)


def unexplained(series: Series, year: int, sequences: Collection[int], *, is_first: bool) -> int | None:
    """The first number of a year that has neither a document nor a recorded gap; None if all are there.

    The first year of a series (`is_first`) may begin anywhere: a book can be taken over in mid-year.
    """
    explained = set(sequences)
    for gap in series.gaps:
        if gap.year == year:
            explained.update(range(gap.first, min(gap.last, max(sequences)) + 1))
    first = min(sequences) if is_first else 1
    return next((number for number in range(first, max(sequences)) if number not in explained), None)
