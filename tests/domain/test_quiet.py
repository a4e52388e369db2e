"""Quiet by the account's own rhythm. Days are counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.quiet import Level, QuietLimits, median_gap, quiet_on

LAST = date(2026, 3, 31)


def every(days: int, count: int = 6) -> list[date]:
    return [LAST - timedelta(days=days * k) for k in range(count)]


def after(days: int) -> date:
    return LAST + timedelta(days=days)


class TestMedianGap:
    def test_one_long_holiday_does_not_change_the_rhythm(self) -> None:
        """Gaps 7, 7, 40, 7: sorted 7, 7, 7, 40, median 7."""
        days = [date(2026, 1, 1) + timedelta(days=n) for n in (0, 7, 14, 54, 61)]
        assert median_gap(days) == 7

    def test_an_even_number_of_gaps_takes_the_middle_of_two(self) -> None:
        """Gaps 5, 8, 10, 20: (8 + 10) / 2 = 9."""
        days = [date(2026, 1, 1) + timedelta(days=n) for n in (0, 5, 13, 23, 43)]
        assert median_gap(days) == 9

    def test_two_calls_on_a_day_are_one_touch(self) -> None:
        assert median_gap([*every(7, 4), *every(7, 4)]) == 7

    def test_two_gaps_are_not_enough(self) -> None:
        assert median_gap(every(7, 3)) is None
        assert median_gap([], 0) is None


class TestQuietOn:
    @pytest.mark.parametrize(
        ("days", "level"),
        [
            (0, Level.CALM),
            (15, Level.CALM),  # 1.5 × 10 = 15, not above it
            (16, Level.AMBER),
            (25, Level.AMBER),  # 2.5 × 10 = 25
            (26, Level.RED),
        ],
    )
    def test_amber_above_one_and_a_half_and_red_above_two_and_a_half_times_the_usual(
        self, days: int, level: Level
    ) -> None:
        assert quiet_on(after(days), every(10)).level is level

    def test_half_days_count_as_passed_only_when_whole(self) -> None:
        """Usual 7: 1.5 × 7 = 10.5, so the 11th day is above it; 2.5 × 7 = 17.5, so the 18th."""
        found = quiet_on(after(0), every(7))
        assert (found.amber_on, found.red_on) == (after(11), after(18))

    def test_a_daily_rhythm_is_not_quiet_within_the_floor(self) -> None:
        assert quiet_on(after(7), every(1)).level is Level.CALM
        assert quiet_on(after(8), every(1)).is_quiet

    def test_with_little_history_the_agreed_rhythm_counts(self) -> None:
        found = quiet_on(after(30), every(7, 3), call_every_days=14)
        assert (found.level, found.usual_days, found.from_history) == (Level.AMBER, Fraction(14), False)

    def test_with_enough_history_the_own_rhythm_wins_over_the_agreed_one(self) -> None:
        found = quiet_on(after(30), every(30), call_every_days=7)
        assert (found.level, found.usual_days, found.from_history) == (Level.CALM, Fraction(30), True)

    def test_with_neither_nothing_is_said(self) -> None:
        found = quiet_on(after(400), every(7, 2))
        assert (found.level, found.is_quiet, found.days_since) == (Level.UNKNOWN, False, 400)
        assert quiet_on(LAST, []).level is Level.UNKNOWN

    def test_without_any_touch_the_silence_counts_from_the_beginning(self) -> None:
        found = quiet_on(after(40), [], call_every_days=14, known_since=LAST)
        assert (found.level, found.last_touch, found.days_since) == (Level.RED, None, 40)

    def test_a_touch_resets_it(self) -> None:
        assert quiet_on(after(40), every(10)).level is Level.RED
        assert quiet_on(after(40), [*every(10), after(40)]).level is Level.CALM

    def test_a_planned_call_is_no_touch_yet(self) -> None:
        assert quiet_on(after(16), [*every(10), after(17)]).level is Level.AMBER

    @given(st.lists(st.integers(0, 400), max_size=20), st.integers(0, 400), st.integers(1, 60))
    def test_silence_only_gets_louder_and_never_within_the_floor(
        self, offsets: list[int], days: int, agreed: int
    ) -> None:
        touches = [LAST - timedelta(days=offset) for offset in offsets]
        order = [Level.UNKNOWN, Level.CALM, Level.AMBER, Level.RED]
        now, later = (quiet_on(after(n), touches, agreed, LAST) for n in (days, days + 1))
        assert order.index(now.level) <= order.index(later.level)
        assert now.days_since is not None
        assert not now.is_quiet or now.days_since > QuietLimits().floor_days
