"""Half-open spans of days, and the boundaries a cadence computes from its anchor.

Every boundary is computed from the anchor, never from the boundary before it: anchor 31 January gives
28 February, then 31 March. Source: handbook, "Periods".
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day inside; people see this one, not `end`."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def covers(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Period) -> Period | None:
        """The days in both, or None if there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def split_at(self, cuts: Iterator[date] | list[date]) -> list[Period]:
        """This period cut at each day of `cuts` that lies strictly inside it."""
        inside = {cut for cut in cuts if self.start < cut < self.end}
        if not inside:
            return [self] if self.start < self.end else []
        days = [self.start, *sorted(inside), self.end]
        return [Period(days[i], days[i + 1]) for i in range(len(days) - 1) if days[i] < days[i + 1]]


class CadenceUnit(StrEnum):
    """What a cadence counts in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Alignment(StrEnum):
    """Where boundaries lie: on the anchor's own day, on the calendar, or on a chosen day of the month."""

    ANNIVERSARY = "anniversary"
    CALENDAR = "calendar"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A step of `every` units; quarterly is 3 months, half-yearly 6."""

    unit: CadenceUnit
    every: int = 1

    @property
    def months(self) -> int:
        """Length in months; 0 for cadences counted in days or weeks."""
        if self.unit is CadenceUnit.MONTH:
            return self.every
        return 12 * self.every if self.unit is CadenceUnit.YEAR else 0

    @property
    def days(self) -> int:
        """Length in days; 0 for cadences counted in months or years."""
        if self.unit is CadenceUnit.DAY:
            return self.every
        return 7 * self.every if self.unit is CadenceUnit.WEEK else 0


MONTHLY = Cadence(CadenceUnit.MONTH, 1)


def add_months(day: date, months: int) -> date:
    """`months` later (or earlier, if negative), the day clamped to the length of the month."""
    return _clamped(day.year, day.month - 1 + months, day.day)


def _clamped(year: int, month_index: int, day_of_month: int) -> date:
    year, month_index = year + month_index // 12, month_index % 12
    # Every month has 28 days: most dates need no calendar.
    if day_of_month > 28:
        day_of_month = min(day_of_month, monthrange(year, month_index + 1)[1])
    return date(year, month_index + 1, day_of_month)


@dataclass(frozen=True, slots=True)
class Grid:
    """All boundaries of one cadence: `boundary(k)` for every whole k, also before the start.

    `origin` is boundary 0 and `day_of_month` the day meant, before clamping (31 for "the last").
    """

    cadence: Cadence
    origin: date
    day_of_month: int

    def boundary(self, k: int) -> date:
        months = self.cadence.months
        if months:
            month_index = self.origin.month - 1 + k * months
            return _clamped(self.origin.year, month_index, self.day_of_month)
        return self.origin + timedelta(days=k * self.cadence.days)

    def index_of(self, day: date) -> int:
        """The k of the period that holds `day`: boundary(k) <= day < boundary(k + 1)."""
        if self.cadence.months:
            months = (day.year - self.origin.year) * 12 + day.month - self.origin.month
            k = months // self.cadence.months
        else:
            k = (day - self.origin).days // self.cadence.days
        return k - 1 if self.boundary(k) > day else k

    def full_period(self, day: date) -> Period:
        """The unclipped period that holds `day`."""
        k = self.index_of(day)
        return Period(self.boundary(k), self.boundary(k + 1))


def grid(cadence: Cadence, anchor: date, alignment: Alignment, billing_day: int | None = None) -> Grid:
    """The boundaries of a cadence anchored at `anchor`; boundary 0 is at or before the anchor.

    Calendar alignment starts at the 1st of the month (of the calendar quarter for 3 months, of January for
    years, and so on for every length that divides a year), or at the ISO Monday for weeks. Alignment to a
    day uses `billing_day` 1 to 31, clamped to each month; it needs a cadence of months or years.
    """
    if cadence.every < 1:
        raise ValueError("a cadence is at least one unit long")
    if alignment is Alignment.CALENDAR:
        return _calendar_grid(cadence, anchor)
    if alignment is Alignment.DAY and cadence.months:
        return _billing_day_grid(cadence, anchor, billing_day or anchor.day)
    return Grid(cadence, anchor, anchor.day)


def _calendar_grid(cadence: Cadence, anchor: date) -> Grid:
    if cadence.unit is CadenceUnit.WEEK:
        return Grid(cadence, anchor - timedelta(days=anchor.weekday()), 1)
    if cadence.months == 0:
        return Grid(cadence, anchor, anchor.day)
    step = cadence.months if 12 % cadence.months == 0 else 12 if cadence.months % 12 == 0 else 1
    first_month = (anchor.month - 1) // step * step + 1
    return Grid(cadence, date(anchor.year, first_month, 1), 1)


def _billing_day_grid(cadence: Cadence, anchor: date, billing_day: int) -> Grid:
    origin = _clamped(anchor.year, anchor.month - 1, billing_day)
    if origin > anchor:
        origin = _clamped(anchor.year, anchor.month - 2, billing_day)
    return Grid(cadence, origin, billing_day)


def full_periods(boundaries: Grid, span: Period) -> list[Period]:
    """The unclipped periods of a grid that share a day with `span`, in order."""
    periods: list[Period] = []
    k = boundaries.index_of(span.start)
    start = boundaries.boundary(k)
    while start < span.end:
        k += 1
        end = boundaries.boundary(k)
        if end > span.start:
            periods.append(Period(start, end))
        start = end
    return periods


def tile(boundaries: Grid, span: Period) -> list[Period]:
    """The periods of a grid clipped to `span`, in order: no gap, no overlap, first and last may be stubs."""
    clipped = (span.overlap(full) for full in full_periods(boundaries, span))
    return [part for part in clipped if part is not None]
