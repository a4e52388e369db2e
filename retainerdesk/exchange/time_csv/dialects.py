"""Which columns Toggl Track, Clockify and Harvest name what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class TimeSource(StrEnum):
    """The program that wrote an export."""

    TOGGL = "toggl"
    CLOCKIFY = "clockify"
    HARVEST = "harvest"

    @property
    def label(self) -> str:
        """The name people know it by."""
        return {"toggl": "Toggl Track", "clockify": "Clockify", "harvest": "Harvest"}[self.value]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Columns of one program, in lower case; the first name present wins. `mark` columns give it away."""

    source: TimeSource
    mark: tuple[str, ...]
    day: str
    duration: tuple[str, ...]
    person: tuple[str, ...]
    email: str = ""
    start: str = ""
    end_day: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    text: str = "description"


DIALECTS = (
    Dialect(
        source=TimeSource.CLOCKIFY,
        mark=("user", "client", "start date", "start time", "duration (h)"),
        day="start date",
        duration=("duration (h)", "duration (decimal)"),
        person=("user",),
        email="email",
        start="start time",
        end_day=("end date",),
        end=("end time",),
    ),
    Dialect(
        source=TimeSource.TOGGL,
        mark=("user", "client", "start date", "start time", "duration"),
        day="start date",
        duration=("duration",),
        person=("user",),
        email="email",
        start="start time",
        end_day=("end date", "stop date"),
        end=("end time", "stop time"),
    ),
    Dialect(
        source=TimeSource.HARVEST,
        mark=("date", "client", "project", "hours", "first name", "last name"),
        day="date",
        duration=("hours",),
        person=("first name", "last name"),
        text="notes",
    ),
)


def dialect_of(header: Sequence[str]) -> Dialect | None:
    """The program that writes such a header, if one of the three does."""
    names = {name.strip().lower() for name in header}
    for dialect in DIALECTS:
        if names.issuperset(dialect.mark):
            return dialect
    return None
