"""Which days people work in a country: weekdays without public holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache


def business_days(country: str) -> Callable[[date], bool]:
    """A predicate for the business days of an ISO 3166 alpha-2 country; unknown ones have weekdays only.

    The holidays of the country are looked up when the first weekday is asked about, not before: most starts
    of the program ask about none.
    """

    def is_business_day(day: date) -> bool:
        return day.weekday() < 5 and not _is_holiday(country, day)

    return is_business_day


@cache
def _is_holiday(country: str, day: date) -> bool:
    from holidays import country_holidays

    try:
        return day in country_holidays(country, years=day.year)
    except NotImplementedError:
        return False
