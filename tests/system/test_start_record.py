"""The third start in ten minutes is a safe one if the two before never went well."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retainerdesk.system.start_record import StartRecord

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that is set by hand, in minutes after noon."""

    minutes: float = 0

    def utc_now(self) -> datetime:
        return NOON + timedelta(minutes=self.minutes)


def starts(folder: Path, *minutes: float) -> list[bool]:
    """Which of the starts at these minutes were safe ones; none of them went well."""
    return [StartRecord(folder, "k", Hands(at)).begin() for at in minutes]


@pytest.mark.parametrize(
    ("minutes", "safe"),
    [
        ((0, 1, 2), [False, False, True]),
        ((0, 1, 9.9), [False, False, True]),
        ((0, 1, 10.5), [False, False, False]),
        ((0, 1, 2, 3), [False, False, True, True]),
        ((0, 20, 40), [False, False, False]),
        ((0, 1, -60), [False, False, False]),
    ],
)
def test_the_third_start_in_ten_minutes_is_safe(
    minutes: tuple[float, ...], safe: list[bool], tmp_path: Path
) -> None:
    assert starts(tmp_path, *minutes) == safe


def test_a_good_start_ends_the_count(tmp_path: Path) -> None:
    assert starts(tmp_path, 0, 1) == [False, False]
    StartRecord(tmp_path, "k", Hands()).good()
    assert starts(tmp_path, 2, 3, 4) == [False, False, True]


def test_starts_of_another_book_are_counted_apart(tmp_path: Path) -> None:
    starts(tmp_path, 0, 1)
    assert not StartRecord(tmp_path, "other", Hands(2)).begin()


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'["yesterday"]', b"\xff\xfe", b"[" * 70_000])
def test_a_record_that_makes_no_sense_stops_no_start(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "starts-k.json").write_bytes(content)
    assert starts(tmp_path, 0, 1, 2) == [False, False, True]


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX matter")
def test_the_record_is_its_owners_alone(tmp_path: Path) -> None:
    starts(tmp_path / "new", 0)
    assert (tmp_path / "new" / "starts-k.json").stat().st_mode & 0o777 == 0o600
