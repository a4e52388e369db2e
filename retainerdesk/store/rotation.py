"""Which automatic backups may go: the newest of each day, week and month stay, and some are never removed.

Pure: no clock, no disk. Days, weeks and months are counted only where there is a good copy, so a clock that
jumps ahead by years removes no more than a day does. Copies from the future (the clock was wrong then, or is
now) take no place and are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar


class Copy(Protocol):
    """What the rule looks at. `is_good`: it was opened and checked, and nothing was found since."""

    @property
    def name(self) -> str: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def is_good(self) -> bool: ...
    @property
    def is_pinned(self) -> bool: ...


CopyT = TypeVar("CopyT", bound=Copy)


@dataclass(frozen=True, slots=True)
class Keep:
    """How many good copies stay: the newest `recent` whatever their age, then one a day, week and month.

    Each counts days, weeks (from Monday) and months (UTC) that have a good copy. `recent` is at least 1.
    """

    recent: int = 5
    days: int = 7
    weeks: int = 5
    months: int = 12

    def __post_init__(self) -> None:
        if self.recent < 1 or min(self.days, self.weeks, self.months) < 0:
            raise ValueError("at least one recent copy is kept")


def thin(copies: Iterable[CopyT], now: datetime, keep: Keep) -> tuple[CopyT, ...]:
    """The copies that may be removed at the instant `now`, newest first.

    Never a pinned one, one of the future, or one of the newest `recent` good ones. Copies that are not good
    take no place of a good one; the newest `recent` of them stay too, as somebody may want to look at them.
    """
    past = sorted((each for each in copies if each.made_at <= now), key=_age, reverse=True)
    good = [each for each in past if each.is_good]
    kept = {each.name for each in good[: keep.recent]}
    for part_of, count in ((_day, keep.days), (_week, keep.weeks), (_month, keep.months)):
        kept |= _newest_of_each(good, part_of, count)
    kept |= {each.name for each in [each for each in past if not each.is_good][: keep.recent]}
    return tuple(each for each in past if not each.is_pinned and each.name not in kept)


def _age(copy: Copy) -> tuple[datetime, str]:
    return copy.made_at, copy.name


def _newest_of_each(
    newest_first: Sequence[Copy], part_of: Callable[[datetime], tuple[int, ...]], count: int
) -> set[str]:
    newest: dict[tuple[int, ...], str] = {}
    for copy in newest_first:
        newest.setdefault(part_of(copy.made_at), copy.name)
    return set(list(newest.values())[:count])


def _day(instant: datetime) -> tuple[int, ...]:
    return instant.year, instant.month, instant.day


def _week(instant: datetime) -> tuple[int, ...]:
    return tuple(instant.isocalendar()[:2])


def _month(instant: datetime) -> tuple[int, ...]:
    return instant.year, instant.month
