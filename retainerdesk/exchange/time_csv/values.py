"""Dates, clock times and durations as time trackers write them. What cannot be read is a ValueError."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from retainerdesk.domain.money import round_half_up

# Years outside are slips of the pen; a book refuses them too.
FIRST_YEAR, LAST_YEAR = 1901, 2200
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_OR_MONTH_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_HOURS = re.compile(r"([0-9]{1,4}):([0-9]{2})(?::([0-9]{2}))?")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


class DateOrder(StrEnum):
    """Which comes first in 03/04/2024."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What the dates of a whole file tell about their order; the texts are examples."""

    day_first: str | None = None
    month_first: str | None = None
    open: str | None = None


def date_evidence(texts: Iterable[str]) -> OrderEvidence:
    """Look through all dates of a file: a first number above 12 is a day, a second above 12 a month first.

    ISO dates, dates with points (always day first) and those that read the same either way prove nothing.
    """
    day_first = month_first = open_text = None
    for text in texts:
        found = _DAY_OR_MONTH_FIRST.fullmatch(text.strip())
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12:
            day_first = day_first or text
        elif second > 12:
            month_first = month_first or text
        elif first != second:
            open_text = open_text or text
    return OrderEvidence(day_first, month_first, open_text)


def parse_date(text: str, order: DateOrder) -> date:
    """A date as YYYY-MM-DD, DD.MM.YYYY, or with slashes or dashes in the given order. 24 means 2024."""
    found = _parse_date(text.strip(), order)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found


def _parse_date(text: str, order: DateOrder) -> date:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_OR_MONTH_FIRST.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if found[2] == "." or order is DateOrder.DAY_FIRST:
        return date(year, second, first)
    return date(year, first, second)


def parse_clock(text: str) -> time:
    """A time of day on a 24- or 12-hour clock: 16:05, 16:05:30, 4:05 PM, 12:00 a.m."""
    found = _CLOCK.fullmatch(text.translate(_SPACES).strip())
    if found is None:
        raise ValueError(text)
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


def parse_duration(text: str) -> Fraction:
    """Exact seconds of 1:30, 01:30:00, or decimal hours such as 1.5, 1,5 and 1.234,5."""
    text = text.translate(_SPACES).strip()
    if found := _HOURS.fullmatch(text):
        minutes, seconds = int(found[2]), int(found[3] or 0)
        if minutes > 59 or seconds > 59:
            raise ValueError(text)
        return Fraction(int(found[1]) * 3600 + minutes * 60 + seconds)
    plain = _with_point(text)
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,10})?", plain):
        raise ValueError(text)
    return Fraction(Decimal(plain)) * 3600


def _with_point(text: str) -> str:
    """The last of comma and point divides the decimals; the other one groups thousands."""
    mark = max(text.rfind(","), text.rfind("."))
    if mark < 0:
        return text
    return text[:mark].replace(",", "").replace(".", "") + "." + text[mark + 1 :]


def whole_minutes(seconds: Fraction) -> int:
    """Minutes of a duration, a half rounded up; anything above zero is at least one minute."""
    return max(round_half_up(seconds / 60), 1) if seconds > 0 else 0
