"""A clock on which nothing passes: two runs of a job leave the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from retainerdesk.system.clock import zone


@dataclass(frozen=True, slots=True)
class StillClock:
    """Stands on one day, at noon UTC."""

    day: date

    def today(self, time_zone: str) -> date:
        zone(time_zone)
        return self.day

    def utc_now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)
