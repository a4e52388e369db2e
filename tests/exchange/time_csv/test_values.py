"""Dates, times and durations in the spellings of time trackers."""

from datetime import date, time
from fractions import Fraction

import pytest

from retainerdesk.exchange.time_csv.values import (
    DateOrder,
    date_evidence,
    parse_clock,
    parse_date,
    parse_duration,
    whole_minutes,
)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2025-02-03", DateOrder.MONTH_FIRST, date(2025, 2, 3)),
        ("2025/02/03", DateOrder.DAY_FIRST, date(2025, 2, 3)),
        ("3.2.2025", DateOrder.MONTH_FIRST, date(2025, 2, 3)),
        ("03/02/2025", DateOrder.DAY_FIRST, date(2025, 2, 3)),
        ("02/03/2025", DateOrder.MONTH_FIRST, date(2025, 2, 3)),
        ("02-03-25", DateOrder.MONTH_FIRST, date(2025, 2, 3)),
        ("29/02/2024", DateOrder.DAY_FIRST, date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_in_the_order_of_its_file(text: str, order: DateOrder, expected: date) -> None:
    assert parse_date(text, order) == expected


@pytest.mark.parametrize(
    "text", ["", "today", "29/02/2025", "2025-02-30", "13/13/2025", "03/02-2025", "0001-01-01"]
)
def test_a_date_that_is_none_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text, DateOrder.DAY_FIRST)


def test_the_order_of_dates_is_told_by_any_number_above_twelve() -> None:
    assert date_evidence(["03/04/2024", "13/04/2024"]).day_first == "13/04/2024"
    assert date_evidence(["03/04/2024", "04/13/2024"]).month_first == "04/13/2024"
    assert date_evidence(["03/04/2024", "2024-04-13", "13.04.2024"]).open == "03/04/2024"
    assert date_evidence(["03/03/2024", "2024-04-13"]).open is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16:05", time(16, 5)),
        ("9:05:30", time(9, 5, 30)),
        ("4:05 PM", time(16, 5)),
        ("04:05\u202fpm", time(16, 5)),
        ("12:00 AM", time(0, 0)),
        ("12:00 p.m.", time(12, 0)),
    ],
)
def test_a_time_of_day_is_read_on_both_clocks(text: str, expected: time) -> None:
    assert parse_clock(text) == expected


@pytest.mark.parametrize("text", ["13:00 PM", "0:30 AM", "24:00", "12", "noon", "12:60"])
def test_a_time_that_is_none_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90),
        ("01:30:00", 90),
        ("100:00:00", 6000),
        ("1.5", 90),
        ("1,5", 90),
        ("1.234,5", 74_070),
        ("1,234.5", 74_070),
        ("0", 0),
        ("00:00:00", 0),
        ("00:00:01", 1),
        ("00:00:29", 1),
        ("00:01:29", 1),
        ("00:01:30", 2),
        ("0,01", 1),
        ("0.33", 20),
        ("0.008333", 1),
    ],
)
def test_durations_are_rounded_half_up_to_minutes_and_never_to_nothing(text: str, minutes: int) -> None:
    """0.33 h is 19.8 minutes, so 20; 1,234.5 h is 74,070 minutes; 90 seconds are 1.5 minutes, so 2."""
    assert whole_minutes(parse_duration(text)) == minutes


@pytest.mark.parametrize("text", ["", "two", "-1", "1:75", "1:00:75", "1e5", "٣"])
def test_a_duration_that_is_none_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_duration(text)


def test_a_duration_in_hours_is_exact() -> None:
    """A tenth of an hour is 360 seconds, not a float close to it."""
    assert parse_duration("0.1") == Fraction(360)
