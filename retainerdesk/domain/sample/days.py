"""Working days of the sample business: nobody there writes, calls or pays on a weekend."""

from __future__ import annotations

from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def weekday_by(day: date) -> date:
    """`day` itself, or the Friday before a weekend."""
    return day - _DAY * max(0, day.weekday() - _SATURDAY + 1)


def weekday_after(day: date) -> date:
    """The first weekday later than `day`."""
    following = day + _DAY
    return following + _DAY * (7 - following.weekday() if _is_weekend(following) else 0)


def ago(today: date, days: int) -> date:
    """The day so many days before `today`; negative counts lie ahead."""
    return today - timedelta(days=days)


def weekday_ago(today: date, days: int) -> date:
    """That day, or the Friday before a weekend."""
    return weekday_by(ago(today, days))
