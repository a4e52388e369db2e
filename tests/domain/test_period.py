"""Boundaries from the anchor, periods that tile, and months that are short."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.period import (
    MONTHLY,
    Alignment,
    Cadence,
    CadenceUnit,
    Grid,
    Period,
    add_months,
    grid,
    tile,
)

YEARLY = Cadence(CadenceUnit.YEAR)
QUARTERLY = Cadence(CadenceUnit.MONTH, 3)
WEEKLY = Cadence(CadenceUnit.WEEK)

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))
LAST_DAYS = DAYS.map(lambda day: add_months(day.replace(day=1), 1) - timedelta(days=1))
ANCHORS = st.one_of(DAYS, LAST_DAYS, st.sampled_from([date(2024, 2, 29), date(2000, 2, 29)]))
CADENCES = st.builds(Cadence, st.sampled_from(CadenceUnit), st.integers(1, 18))
GRIDS = st.builds(grid, CADENCES, ANCHORS, st.sampled_from(Alignment), st.none() | st.integers(1, 31))


def starts(boundaries: Grid, count: int) -> list[date]:
    return [boundaries.boundary(k) for k in range(count)]


class TestPeriod:
    def test_the_end_is_not_inside(self) -> None:
        january = Period(date(2026, 1, 1), date(2026, 2, 1))
        assert (january.days, january.last_day) == (31, date(2026, 1, 31))
        assert date(2026, 1, 31) in january
        assert date(2026, 2, 1) not in january

    def test_a_period_cannot_end_before_it_starts(self) -> None:
        with pytest.raises(ValueError, match="before it starts"):
            Period(date(2026, 1, 2), date(2026, 1, 1))

    def test_neighbours_do_not_overlap(self) -> None:
        january, february = tile(grid(MONTHLY, date(2026, 1, 1), Alignment.ANNIVERSARY), year_part(2))
        assert january.overlap(february) is None
        assert january.overlap(Period(date(2026, 1, 31), date(2026, 3, 1))) == Period(
            date(2026, 1, 31), date(2026, 2, 1)
        )

    def test_cuts_outside_or_on_an_edge_do_not_split(self) -> None:
        january = Period(date(2026, 1, 1), date(2026, 2, 1))
        assert january.split_at([date(2026, 1, 1), date(2026, 2, 1), date(2027, 1, 1)]) == [january]
        assert january.split_at([date(2026, 1, 11), date(2026, 1, 11)]) == [
            Period(date(2026, 1, 1), date(2026, 1, 11)),
            Period(date(2026, 1, 11), date(2026, 2, 1)),
        ]

    @given(DAYS, st.integers(1, 400), st.lists(st.integers(-10, 410), max_size=6))
    def test_the_parts_of_a_split_tile_the_whole(self, start: date, days: int, offsets: list[int]) -> None:
        whole = Period(start, start + timedelta(days=days))
        parts = whole.split_at([start + timedelta(days=offset) for offset in offsets])
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert all(a.end == b.start for a, b in pairwise(parts))
        assert all(part.days > 0 and whole.covers(part) for part in parts)


def year_part(months: int) -> Period:
    return Period(date(2026, 1, 1), add_months(date(2026, 1, 1), months))


class TestBoundaries:
    def test_the_31st_is_clamped_and_comes_back(self) -> None:
        assert starts(grid(MONTHLY, date(2025, 1, 31), Alignment.ANNIVERSARY), 5) == [
            date(2025, 1, 31),
            date(2025, 2, 28),
            date(2025, 3, 31),
            date(2025, 4, 30),
            date(2025, 5, 31),
        ]

    def test_a_leap_day_comes_back_every_four_years(self) -> None:
        assert starts(grid(YEARLY, date(2024, 2, 29), Alignment.ANNIVERSARY), 5) == [
            date(2024, 2, 29),
            date(2025, 2, 28),
            date(2026, 2, 28),
            date(2027, 2, 28),
            date(2028, 2, 29),
        ]

    @pytest.mark.parametrize(
        ("cadence", "anchor", "first", "second"),
        [
            (MONTHLY, date(2026, 8, 10), date(2026, 8, 1), date(2026, 9, 1)),
            (QUARTERLY, date(2026, 8, 10), date(2026, 7, 1), date(2026, 10, 1)),
            (Cadence(CadenceUnit.MONTH, 6), date(2026, 8, 10), date(2026, 7, 1), date(2027, 1, 1)),
            (YEARLY, date(2026, 8, 10), date(2026, 1, 1), date(2027, 1, 1)),
            (WEEKLY, date(2026, 8, 12), date(2026, 8, 10), date(2026, 8, 17)),
            (Cadence(CadenceUnit.MONTH, 5), date(2026, 8, 10), date(2026, 8, 1), date(2027, 1, 1)),
            (Cadence(CadenceUnit.DAY, 10), date(2026, 8, 12), date(2026, 8, 12), date(2026, 8, 22)),
        ],
    )
    def test_calendar_alignment_starts_at_the_calendar_unit(
        self, cadence: Cadence, anchor: date, first: date, second: date
    ) -> None:
        assert starts(grid(cadence, anchor, Alignment.CALENDAR), 2) == [first, second]

    @pytest.mark.parametrize(
        ("anchor", "billing_day", "first", "second"),
        [
            (date(2026, 3, 10), 15, date(2026, 2, 15), date(2026, 3, 15)),
            (date(2026, 3, 20), 15, date(2026, 3, 15), date(2026, 4, 15)),
            (date(2026, 3, 10), 31, date(2026, 2, 28), date(2026, 3, 31)),
            (date(2026, 2, 28), 31, date(2026, 2, 28), date(2026, 3, 31)),
            (date(2026, 1, 10), 31, date(2025, 12, 31), date(2026, 1, 31)),
            (date(2026, 3, 10), None, date(2026, 3, 10), date(2026, 4, 10)),
        ],
    )
    def test_a_billing_day_is_clamped_to_each_month(
        self, anchor: date, billing_day: int | None, first: date, second: date
    ) -> None:
        assert starts(grid(MONTHLY, anchor, Alignment.DAY, billing_day), 2) == [first, second]

    def test_weeks_do_not_care_about_the_clock_change(self) -> None:
        """Europe's clocks change on 29 March 2026; a day stays a day."""
        assert starts(grid(WEEKLY, date(2026, 3, 26), Alignment.ANNIVERSARY), 2)[1] == date(2026, 4, 2)

    def test_a_cadence_of_nothing_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            grid(Cadence(CadenceUnit.MONTH, 0), date(2026, 1, 1), Alignment.ANNIVERSARY)

    @given(CADENCES.filter(lambda cadence: cadence.months > 0), ANCHORS, st.integers(-60, 60))
    def test_boundaries_never_drift_from_the_anchor(self, cadence: Cadence, anchor: date, k: int) -> None:
        boundary = grid(cadence, anchor, Alignment.ANNIVERSARY).boundary(k)
        last_of_month = (add_months(boundary.replace(day=1), 1) - timedelta(days=1)).day
        assert boundary.day == min(anchor.day, last_of_month)
        months = (boundary.year - anchor.year) * 12 + boundary.month - anchor.month
        assert months == k * cadence.months

    @given(GRIDS, st.integers(-500, 500))
    def test_boundaries_only_move_forward(self, boundaries: Grid, k: int) -> None:
        k = k // max(1, boundaries.cadence.months)
        assert boundaries.boundary(k) < boundaries.boundary(k + 1)

    @given(CADENCES, ANCHORS, st.sampled_from(Alignment), st.none() | st.integers(1, 31))
    def test_the_anchor_lies_in_period_zero(
        self, cadence: Cadence, anchor: date, alignment: Alignment, billing_day: int | None
    ) -> None:
        boundaries = grid(cadence, anchor, alignment, billing_day)
        assert boundaries.boundary(0) <= anchor < boundaries.boundary(1)
        assert boundaries.index_of(anchor) == 0

    @given(GRIDS, st.integers(-4000, 4000))
    def test_the_index_of_a_day_is_that_of_the_period_holding_it(self, boundaries: Grid, offset: int) -> None:
        day = boundaries.origin + timedelta(days=offset)
        assert day in boundaries.full_period(day)

    @given(GRIDS, st.integers(-40, 40))
    def test_a_boundary_opens_its_own_period_and_the_day_before_closes_the_last(
        self, boundaries: Grid, k: int
    ) -> None:
        assert boundaries.index_of(boundaries.boundary(k)) == k
        assert boundaries.index_of(boundaries.boundary(k) - timedelta(days=1)) == k - 1


class TestTile:
    def test_a_calendar_grid_gives_a_leading_stub(self) -> None:
        span = Period(date(2026, 8, 10), date(2026, 10, 1))
        assert tile(grid(MONTHLY, span.start, Alignment.CALENDAR), span) == [
            Period(date(2026, 8, 10), date(2026, 9, 1)),
            Period(date(2026, 9, 1), date(2026, 10, 1)),
        ]

    def test_an_anniversary_grid_gives_no_leading_stub(self) -> None:
        span = Period(date(2026, 8, 10), date(2026, 10, 10))
        assert [part.days for part in tile(grid(MONTHLY, span.start, Alignment.ANNIVERSARY), span)] == [
            31,
            30,
        ]

    def test_an_empty_span_has_no_periods(self) -> None:
        span = Period(date(2026, 8, 10), date(2026, 8, 10))
        assert tile(grid(MONTHLY, span.start, Alignment.ANNIVERSARY), span) == []

    @given(GRIDS, st.integers(-800, 800), st.integers(1, 1500))
    def test_periods_tile_a_span_without_gap_or_overlap(
        self, boundaries: Grid, offset: int, days: int
    ) -> None:
        start = boundaries.origin + timedelta(days=offset)
        span = Period(start, start + timedelta(days=days))
        parts = tile(boundaries, span)
        assert (parts[0].start, parts[-1].end) == (span.start, span.end)
        assert all(a.end == b.start for a, b in pairwise(parts))
        assert all(part.days > 0 for part in parts)
        assert all(part == boundaries.full_period(part.start) for part in parts[1:-1])


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "result"),
        [
            (date(2025, 1, 31), 1, date(2025, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2025, 3, 31), -1, date(2025, 2, 28)),
            (date(2025, 12, 31), 1, date(2026, 1, 31)),
            (date(2025, 1, 15), -13, date(2023, 12, 15)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2025, 1, 31), 0, date(2025, 1, 31)),
        ],
    )
    def test_the_day_is_clamped_to_the_month(self, day: date, months: int, result: date) -> None:
        assert add_months(day, months) == result
