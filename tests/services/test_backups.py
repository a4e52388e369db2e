"""Automatic backups: made when something changed, thinned, told apart, and never in the way."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.backup_manifest import manifest_path, parse_manifest, read_manifest
from retainerdesk.services.backup_preview import preview_backup
from retainerdesk.services.backups import (
    Reason,
    backup_folder,
    backup_if_changed,
    daily_backup,
    delete_backup,
    list_backups,
    machine_settings,
    make_backup,
    pin_backup,
    verify_backup,
    warned_backup,
)
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.history import WORK
from retainerdesk.system.machine_settings import MachineSettings, save_settings
from retainerdesk.system.paths import documents_folder, user_paths
from tests.store.conftest import empty_path, empty_template, full_path, full_template  # noqa: F401

TODAY = date(2026, 5, 4)


@dataclass
class SetClock:
    """A clock that stands where a test puts it."""

    at: datetime = datetime(2026, 5, 4, 9, tzinfo=UTC)

    def today(self, time_zone: str) -> date:
        return self.at.date()

    def utc_now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def book(full_path: Path, clock: SetClock) -> Iterator[BookContext]:  # noqa: F811
    store = open_book(full_path, clock)
    yield BookContext(store, clock, documents_folder(full_path))
    store.close()


def change(book: BookContext) -> None:
    with book.store.writing() as uow:
        WORK.delete(uow, "acme", WORK.of_account(uow, "acme")[0].id)
        uow.commit()


def folder_of(book: BookContext) -> Path:
    return backup_folder(book.path, machine_settings())


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(40_000)
        file.write(b"\xff" * 4000)


def test_the_note_beside_a_backup_tells_what_is_inside(book: BookContext) -> None:
    made = make_backup(book.store, book.clock, Reason.BY_HAND)
    note = read_manifest(made.path)
    assert note is not None
    assert note.inside is not None
    assert (note.book, note.reason, note.encrypted, note.damaged) == ("my.book", Reason.BY_HAND, False, "")
    assert note.inside.accounts == len(preview_backup(made.path, None, today=TODAY).accounts) > 0
    assert made.is_good
    assert list_backups(folder_of(book)) == (made,)


def test_backups_and_notes_are_private_under_any_mask(book: BookContext) -> None:
    before = os.umask(0)
    try:
        made = make_backup(book.store, book.clock, Reason.BY_HAND)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in made.path.parent.iterdir()} == {0o600}


def test_the_backup_of_the_day_is_made_once_and_only_after_a_change(
    book: BookContext, clock: SetClock
) -> None:
    assert daily_backup(book) is not None
    change(book)
    assert daily_backup(book) is None
    clock.at += timedelta(days=1)
    assert daily_backup(book) is not None
    clock.at += timedelta(days=1)
    assert daily_backup(book) is None


def test_a_copy_from_the_future_does_not_stop_the_backup_of_the_day(
    book: BookContext, clock: SetClock
) -> None:
    clock.at += timedelta(days=26_000)
    future = daily_backup(book)
    clock.at -= timedelta(days=26_000)
    made = daily_backup(book)
    assert made is not None
    assert [each.path for each in list_backups(folder_of(book))] == [future.path, made.path]  # type: ignore[union-attr]


def test_of_two_backups_of_one_second_the_later_is_the_newer(book: BookContext) -> None:
    """By name "by-hand" would stand above "before-restore"."""
    folder = folder_of(book)
    first = make_backup(book.store, book.clock, Reason.BY_HAND)
    later = make_backup(book.store, book.clock, Reason.BEFORE_RESTORE)
    assert [each.path for each in list_backups(folder)] == [later.path, first.path]


def test_an_unchanged_book_is_not_copied_again_before_an_import(book: BookContext) -> None:
    assert backup_if_changed(book, Reason.DAILY) is not None
    assert backup_if_changed(book, Reason.BEFORE_IMPORT) is None
    change(book)
    assert backup_if_changed(book, Reason.BEFORE_IMPORT) is not None


def test_an_empty_book_needs_no_backup(empty_path: Path, clock: SetClock) -> None:  # noqa: F811
    store = open_book(empty_path, clock)
    assert backup_if_changed(BookContext(store, clock, empty_path), Reason.DAILY) is None
    store.close()


def test_old_backups_go_as_new_ones_come_and_pinned_ones_stay(book: BookContext, clock: SetClock) -> None:
    keep = MachineSettings(backup_days=2, backup_weeks=0, backup_months=0)
    first = make_backup(book.store, clock, Reason.DAILY, keep)
    pin_backup(first, clock, pinned=True)
    for _ in range(8):
        clock.at += timedelta(days=1)
        make_backup(book.store, clock, Reason.DAILY, keep)
    backups = list_backups(folder_of(book))
    assert len(backups) == 6
    assert backups[-1].path == first.path
    assert not [each for each in folder_of(book).glob("*.json") if not each.with_suffix("").exists()]


def test_a_damaged_backup_is_found_and_is_no_longer_good(book: BookContext) -> None:
    made = make_backup(book.store, book.clock, Reason.DAILY)
    assert verify_backup(made, None, book.clock).is_good
    damage(made.path)
    found = verify_backup(made, None, book.clock)
    assert not found.is_good
    assert found.manifest is not None
    assert found.manifest.damaged


def test_the_last_good_backup_and_pinned_ones_cannot_be_deleted(book: BookContext, clock: SetClock) -> None:
    only = make_backup(book.store, clock, Reason.DAILY)
    with pytest.raises(RuleViolation, match="last good"):
        delete_backup(only, list_backups(only.path.parent))
    clock.at += timedelta(hours=1)
    other = make_backup(book.store, clock, Reason.DAILY)
    with pytest.raises(RuleViolation, match="pinned"):
        delete_backup(pin_backup(other, clock, pinned=True), list_backups(only.path.parent))
    delete_backup(only, list_backups(only.path.parent))
    assert [each.name for each in list_backups(only.path.parent)] == [other.name]


def test_a_file_somebody_put_into_the_folder_is_listed_and_never_thinned(
    book: BookContext, clock: SetClock
) -> None:
    made = make_backup(book.store, clock, Reason.DAILY)
    foreign = Path(shutil.copy(made.path, made.path.with_name("mine.retainerdesk")))
    for _ in range(9):
        clock.at += timedelta(days=40)
        make_backup(book.store, clock, Reason.DAILY, MachineSettings(backup_days=0, backup_weeks=0))
    listed = [each for each in list_backups(made.path.parent) if each.path == foreign]
    assert [each.reason for each in listed] == [Reason.FOUND]
    assert verify_backup(listed[0], None, clock).is_good


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"format": "retainerdesk-backup"}', b"[" * 40_000, b"\xff\xfe\x00"],
)
def test_a_note_that_makes_no_sense_is_no_note(content: bytes, book: BookContext) -> None:
    assert parse_manifest(content) is None
    made = make_backup(book.store, book.clock, Reason.DAILY)
    manifest_path(made.path).write_bytes(content)
    assert [each.manifest for each in list_backups(made.path.parent)] == [None]


@pytest.mark.parametrize("field", ["pinned", "sha256", "made_at", "inside", "reason", "links"])
def test_a_note_with_one_wrong_field_is_no_note(field: str, book: BookContext) -> None:
    made = make_backup(book.store, book.clock, Reason.DAILY)
    note = json.loads(manifest_path(made.path).read_text())
    broken = json.dumps({**note, field: 1.5})
    assert parse_manifest(broken.encode()) is None


@pytest.fixture
def chosen_folder(tmp_path: Path) -> Iterator[Path]:
    """The settings name a folder that is not there."""
    folder = tmp_path / "drive" / "backups"
    save_settings(user_paths().config, replace(machine_settings(), backup_folder=str(folder)))
    yield folder
    save_settings(user_paths().config, MachineSettings())


def test_a_drive_that_is_not_there_is_said_and_no_folder_is_made_in_its_place(
    book: BookContext, chosen_folder: Path
) -> None:
    with pytest.raises(EnvironmentProblem, match="is not there"):
        daily_backup(book)
    assert "is not there" in warned_backup(book, Reason.BEFORE_IMPORT)
    assert not chosen_folder.parent.exists()
    chosen_folder.mkdir(parents=True)
    made = daily_backup(book)
    assert made is not None
    assert chosen_folder in made.path.parents


def test_two_books_of_one_name_keep_their_backups_apart(tmp_path: Path) -> None:
    settings = MachineSettings(backup_folder=str(tmp_path))
    one, other = (backup_folder(tmp_path / place / "book.retainerdesk", settings) for place in ("a", "b"))
    assert one != other
    assert one.parent == other.parent == tmp_path


def test_the_preview_says_what_is_newer_in_the_book(book: BookContext) -> None:
    made = make_backup(book.store, book.clock, Reason.DAILY)
    same = preview_backup(made.path, None, today=TODAY, book=book)
    assert same.difference == "The book holds the very same."
    change(book)
    newer = preview_backup(made.path, None, today=TODAY, book=book)
    assert newer.difference == "1 change newer in the book."
    before = made.path.read_bytes()
    assert preview_backup(made.path, None, today=TODAY).difference == ""
    assert made.path.read_bytes() == before
    assert [each.name for each in made.path.parent.iterdir() if each.name.endswith(("-wal", "-shm"))] == []
