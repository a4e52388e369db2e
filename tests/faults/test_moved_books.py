"""A book that is moved, deleted, replaced or unplugged while it is open takes no more writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.accounts import add_account
from tests.faults.figures import Figures
from tests.faults.jobs import CLOCK, make_owing
from tests.faults.loops import content


def move(book: Path) -> Path:
    return Path(shutil.move(book, book.with_name("elsewhere.book")))


def move_folder(book: Path) -> Path:
    folder = Path(shutil.move(book.parent, book.parent.with_name("other")))
    return folder / book.name


def delete(book: Path) -> Path:
    book.unlink()
    return book


def replace_by_rename(book: Path) -> Path:
    """What a sync program does: write beside it, rename over it."""
    other = book.with_name("synced")
    shutil.copy(book, other)
    other.replace(book)
    return book


def copy_a_shorter_one_over(book: Path) -> Path:
    with book.open("r+b") as file:
        file.truncate(book.stat().st_size // 2)
    return book


MOVES = [move, move_folder, delete, replace_by_rename, copy_a_shorter_one_over]


@pytest.fixture
def store(folder: Path) -> Iterator[BookStore]:
    make_owing(folder)
    book = open_book(folder / "my.book", CLOCK)
    # The pool now holds a connection to the file.
    with book.reading():
        pass
    yield book
    book.close()


def add(store: BookStore, name: str) -> None:
    with store.writing() as uow:
        add_account(uow, Account(name, name, "EUR"))
        uow.commit()


@pytest.mark.parametrize("happening", MOVES, ids=lambda each: each.__name__)
def test_nothing_is_written_to_a_book_that_is_no_longer_the_file_at_its_path(
    happening: Callable[[Path], Path], store: BookStore, figures: Figures
) -> None:
    there = happening(store.path)
    before = there.read_bytes() if there.exists() else None
    with pytest.raises(EnvironmentProblem, match=r"no longer there|was replaced|is damaged"):
        add(store, "late")
    assert (there.read_bytes() if there.exists() else None) == before
    figures.add("F26", f"a write after: {happening.__name__.replace('_', ' ')}", written=0)


def test_a_file_replaced_in_the_middle_of_a_change_is_noticed_before_the_commit(store: BookStore) -> None:
    with store.writing() as uow:
        add_account(uow, Account("late", "late", "EUR"))
        replace_by_rename(store.path)
        with pytest.raises(EnvironmentProblem, match="was replaced"):
            uow.commit()


def test_a_book_that_stays_takes_writes_however_it_grows(store: BookStore) -> None:
    for number in range(30):
        add(store, f"a{number}")
    before = content(store.path)
    add(store, "one-more")
    assert content(store.path) != before


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_an_unplugged_drive_gets_no_stray_file_at_its_mount_point(tmp_path: Path, figures: Figures) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(drive)], check=True)
    try:
        make_owing(drive / "job")
        book = open_book(drive / "job" / "my.book", CLOCK)
        with book.reading():
            pass
    finally:
        subprocess.run(["umount", "--lazy", str(drive)], check=True)
    with pytest.raises(EnvironmentProblem, match="no longer there"):
        add(book, "late")
    with pytest.raises(EnvironmentProblem, match="There is no book"):
        open_book(book.path, CLOCK)
    assert list(drive.iterdir()) == []
    book.close()
    assert list(drive.iterdir()) == []
    figures.add("F27", "a drive unplugged under the open book", stray_files=0)
