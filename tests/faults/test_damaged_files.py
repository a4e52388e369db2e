"""Files that are cut off, flipped, newer, or opened with a SQLite that loses commits."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retainerdesk.domain.book import Book
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.services.upkeep import check_book, fill_sample
from retainerdesk.store import schema
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.store.sqlite_version import refuse_unsafe
from tests.faults import jobs
from tests.faults.figures import ALL, SAMPLE, Figures, depths

FLIPS = 400
SIZES = 200


@depths
def test_a_book_that_is_cut_off_is_recognised_and_left_as_it_is(
    depth: str, folder: Path, figures: Figures
) -> None:
    """0 and 1 byte, half a header, half a page, all but the last page, and sizes drawn between them."""
    jobs.make_owing(folder)
    book = folder / "my.book"
    whole = book.read_bytes()
    chance = random.Random(17)
    sizes = [0, 1, 15, 16, 50, 99, 100, 2048, 4096, len(whole) - 4096, len(whole) - 1]
    sizes += [chance.randrange(len(whole)) for _ in range((20 if depth == SAMPLE else SIZES) - len(sizes))]
    for size in sizes:
        book.write_bytes(whole[:size])
        with pytest.raises(EnvironmentProblem):
            open_book(book, jobs.CLOCK, create=True)
        assert book.read_bytes() == whole[:size]
    if depth == ALL:
        figures.add("F17", "a book cut off", sizes=len(sizes), recognised=len(sizes), overwritten=0)


def seen(book: Path) -> tuple[Book | None, bool]:
    """The book as the program shows it (None: it cannot), and whether opening or checking complains."""
    try:
        with closing(open_book(book, jobs.CLOCK)) as store:
            if check_book(store, jobs.TODAY):
                return None, True
            with store.reading() as uow:
                return load_book(uow), False
    except EnvironmentProblem:
        return None, True


def make_full(folder: Path) -> None:
    """The sample business, billed up to now: hardly a byte of the file means nothing."""
    jobs.make_empty(folder)
    with jobs.opened(folder, create=True) as store:
        fill_sample(store, jobs.TODAY)


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_a_flipped_bit_that_changes_what_is_shown_is_noticed(folder: Path, figures: Figures) -> None:
    """At least 99 % of the harmful flips; SQLite's own integrity check is counted beside it."""
    make_full(folder)
    book = folder / "my.book"
    whole = book.read_bytes()
    sound, complains = seen(book)
    assert not complains
    chance = random.Random(18)
    noticed = silent = by_sqlite = crashes = 0
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        book.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        try:
            shown, complains = seen(book)
        except Exception:  # noqa: BLE001 - a crash is what this counts
            crashes += 1
            continue
        finally:
            for side in ("-wal", "-shm"):
                book.with_name(book.name + side).unlink(missing_ok=True)
        noticed += complains
        silent += not complains and shown != sound
        by_sqlite += not sqlite_is_content(book)
    assert crashes == 0
    assert silent * 100 <= noticed
    figures.add(
        "F18", "single flipped bits", flips=FLIPS, noticed=noticed, shown_wrongly=silent,
        by_integrity_check_alone=by_sqlite, crashes=crashes,
    )  # fmt: skip


def sqlite_is_content(book: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{book}?immutable=1", uri=True)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


@pytest.mark.parametrize("where", ["header", "revision"])
def test_a_book_of_a_newer_schema_is_refused_and_not_touched(
    where: str, folder: Path, figures: Figures
) -> None:
    jobs.make_owing(folder)
    book = folder / "my.book"
    with closing(sqlite3.connect(book)) as connection:
        if where == "header":
            connection.execute(f"PRAGMA user_version = {schema.SCHEMA_NUMBER + 1}")
        else:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
    before = book.read_bytes()
    with pytest.raises(EnvironmentProblem, match="newer RetainerDesk"):
        open_book(book, jobs.CLOCK)
    assert book.read_bytes() == before
    assert [path.name for path in folder.iterdir() if path.name.startswith("my.book")] == ["my.book"]
    figures.add("F14", f"a book of a newer schema, told by its {where}", refused="1/1", changed=0)


def test_every_sqlite_that_loses_commits_is_told_from_those_that_do_not(figures: Figures) -> None:
    """Repaired in 3.51.3, and on their branches in 3.44.6 and 3.50.7."""
    versions = {
        (3, 40, 1): False, (3, 44, 6): True, (3, 50, 6): False, (3, 50, 7): True, (3, 51, 2): False,
        (3, 51, 3): True,
    }  # fmt: skip
    for version, is_safe in versions.items():
        if is_safe:
            refuse_unsafe(version)
        else:
            with pytest.raises(EnvironmentProblem, match="can lose saved work"):
                refuse_unsafe(version)
    figures.add("F13", "SQLite versions with and without the WAL-reset fault", told_apart="6/6")
