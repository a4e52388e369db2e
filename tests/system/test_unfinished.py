"""Only what has the name of an unfinished file, and is an hour old, is cleared up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retainerdesk.system.unfinished import clear_unfinished

HEX = "0123456789ab"
OLD = 3700
UNFINISHED = (
    f".my.book.{HEX}.tmp", f".my.book.{HEX}.new", f".my.book.{HEX}.new-wal", f".my.book.{HEX}.new-journal",
    ".my.book.ab_12xyz.work",
)  # fmt: skip
OTHERS = (
    "my.book", "my.book-wal", f"my.book.{HEX}.tmp", f".my.book.{HEX}.tmp.bak", ".my.book.tmp", ".hidden",
    f".my.book.{HEX[:-1]}.tmp", ".tmp", f".{HEX}.tmp", ".git",
)  # fmt: skip


def put(folder: Path, name: str, age_seconds: int) -> Path:
    path = folder / name
    if name.endswith(".work"):
        path.mkdir()
        (path / "inside").write_bytes(b"x")
    else:
        path.write_bytes(b"x")
    then = path.stat().st_mtime - age_seconds
    os.utime(path, (then, then))
    return path


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_is_unfinished_for_an_hour_is_removed_and_what_is_younger_stays(
    name: str, tmp_path: Path
) -> None:
    put(tmp_path, name, 600)
    assert clear_unfinished(tmp_path) == 0
    os.utime(tmp_path / name, (1, 1))
    assert clear_unfinished(tmp_path, "other.book") == 0
    assert clear_unfinished(tmp_path, "my.book") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_else_is_touched(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, 100 * OLD)
    assert clear_unfinished(tmp_path) == 0
    assert path.exists()


def test_a_link_is_removed_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    target = put(tmp_path, "dear", 100 * OLD)
    link = place / f".x.{HEX}.tmp"
    link.symlink_to(target)
    os.utime(link, (1, 1), follow_symlinks=False)
    assert clear_unfinished(place) == 1
    assert target.read_bytes() == b"x"


def test_a_folder_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert clear_unfinished(tmp_path / "gone") == 0
