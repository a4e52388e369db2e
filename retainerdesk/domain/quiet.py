"""How long an account has been silent against its own rhythm. Any touch resets it.

Source: handbook, "Relationship".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise


class Level(StrEnum):
    """UNKNOWN where there is neither enough history nor an agreed rhythm."""

    UNKNOWN = "unknown"
    CALM = "calm"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class QuietLimits:
    """Amber above `amber` × the usual gap, red above `red` ×, and neither within `floor_days`."""

    amber: Fraction = Fraction(3, 2)
    red: Fraction = Fraction(5, 2)
    floor_days: int = 7
    gaps_needed: int = 3


@dataclass(frozen=True, slots=True)
class Quiet:
    """The silence on a day.

    `usual_days` is the median gap, or the agreed one (`from_history` False); `amber_on` and `red_on` are the
    first days of that level if nobody speaks. All None where nothing can be said.
    """

    level: Level
    last_touch: date | None = None
    days_since: int | None = None
    usual_days: Fraction | None = None
    from_history: bool = False
    amber_on: date | None = None
    red_on: date | None = None

    @property
    def is_quiet(self) -> bool:
        return self.level in (Level.AMBER, Level.RED)


def median_gap(touches: Iterable[date], gaps_needed: int = 3) -> Fraction | None:
    """The median number of days between touches, each day counted once; None with fewer gaps than needed."""
    days = sorted(set(touches))
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    if len(gaps) < max(1, gaps_needed):
        return None
    middle = len(gaps) // 2
    return Fraction(gaps[middle]) if len(gaps) % 2 else Fraction(gaps[middle - 1] + gaps[middle], 2)


def quiet_on(
    today: date,
    touches: Iterable[date],
    call_every_days: int | None = None,
    known_since: date | None = None,
    limits: QuietLimits | None = None,
) -> Quiet:
    """How quiet an account is on `today`. Touches after today (calls planned) do not count.

    With fewer than three gaps `call_every_days` is the usual gap; without a single touch the silence is
    counted from `known_since`, the day the relationship began.
    """
    bounds = limits or QuietLimits()
    past = [day for day in touches if day <= today]
    own = median_gap(past, bounds.gaps_needed)
    usual = own if own is not None else Fraction(call_every_days) if call_every_days else None
    last = max(past, default=None)
    counted_from = last or (min(known_since, today) if known_since else None)
    if counted_from is None:
        return Quiet(Level.UNKNOWN)
    days_since = (today - counted_from).days
    if usual is None:
        return Quiet(Level.UNKNOWN, last, days_since)
    amber_on, red_on = (
        counted_from + timedelta(days=_longest_calm(usual * factor, bounds) + 1)
        for factor in (bounds.amber, bounds.red)
    )
    level = Level.RED if today >= red_on else Level.AMBER if today >= amber_on else Level.CALM
    return Quiet(level, last, days_since, usual, own is not None, amber_on, red_on)


def _longest_calm(limit: Fraction, bounds: QuietLimits) -> int:
    """The last whole day of silence that is not above the limit."""
    return max(limit.numerator // limit.denominator, bounds.floor_days)
