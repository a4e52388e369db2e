"""The only place that reads the clock. Everything else gets `today` as an argument.

A business day is a local calendar date of the issuer's time zone, a setting of the book, never the zone
of the machine. Instants are UTC and serve the audit chain only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retainerdesk.domain.errors import RuleViolation


class Clock(Protocol):
    """What the rest of the program may ask about time."""

    def today(self, time_zone: str) -> date: ...

    def utc_now(self) -> datetime: ...


def zone(name: str) -> ZoneInfo:
    """The time zone called `name` (Europe/Berlin); raises RuleViolation if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        message = f"“{name}” is not a time zone; choose one such as Europe/Berlin."
        raise RuleViolation("business.time_zone", message, "time_zone") from unknown


class SystemClock:
    """The clock of the machine."""

    def today(self, time_zone: str) -> date:
        """The calendar date it is now in `time_zone`; raises RuleViolation for an unknown zone."""
        return datetime.now(zone(time_zone)).date()

    def utc_now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands on one business date (`--as-of`); instants still pass, so audit rows stay true."""

    day: date

    def today(self, time_zone: str) -> date:
        zone(time_zone)
        return self.day

    def utc_now(self) -> datetime:
        return datetime.now(UTC)
