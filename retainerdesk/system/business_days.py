"""Which days people work in a country: weekdays without public holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


def business_days(country: str) -> Callable[[date], bool]:
    """A predicate for the business days of an ISO 3166 alpha-2 country; unknown ones have weekdays only."""
    from holidays import country_holidays

    try:
        known = country_holidays(country)
    except NotImplementedError:
        return lambda day: day.weekday() < 5
    return lambda day: day.weekday() < 5 and day not in known
