"""Why a book cannot be opened: each kind in its own words with its own offers, and no file touched."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, LostBook
from retainerdesk.services.backups import Reason, make_backup
from retainerdesk.services.book_keys import Keys
from retainerdesk.services.book_trouble import refuse_lost, trouble_of, what_is_left
from retainerdesk.store.book_store import open_book
from retainerdesk.system.paths import documents_folder
from tests.store.conftest import CLOCK, empty_template, full_path, full_template  # noqa: F401

KEY = BookKey(bytes(range(32)))


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def torn(path: Path) -> None:
    """The first tables of the schema are gone, the header is not."""
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)


def a_letter(path: Path) -> None:
    path.write_text("Dear Ada, this is no database at all.\n" * 200)


def another_database(path: Path) -> None:
    from sqlcipher3 import dbapi2

    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE songs (name TEXT)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write((77).to_bytes(4, "big"))


def encrypted(path: Path) -> None:
    store = open_book(path, CLOCK)
    store.change_key(KEY)
    store.close()


CASES = [
    (cut_off, "damaged", "cut off", {"look", "restore"}),
    (empty, "damaged", "0 bytes", {"look", "restore"}),
    (torn, "damaged", "damaged", {"look", "restore"}),
    (a_letter, "no book", "not a RetainerDesk book", {"restore"}),
    (another_database, "no book", "a database, but not", {"restore"}),
    (newer, "newer RetainerDesk", "0077", set()),
    (encrypted, "encrypted", "encrypted", {"restore", "phrase"}),
]


@pytest.mark.parametrize(
    ("spoil", "heading", "words", "offers"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_each_trouble_has_its_words_and_its_offers(
    spoil: Callable[[Path], None],
    heading: str,
    words: str,
    offers: set[str],
    full_path: Path,  # noqa: F811
) -> None:
    spoil(full_path)
    before = hashlib.sha256(full_path.read_bytes()).hexdigest()
    refuse_lost(full_path)
    with pytest.raises(EnvironmentProblem) as problem:
        open_book(full_path, CLOCK, create=True)
    found = trouble_of(full_path, problem.value)
    assert heading in found.heading
    assert words in found.sentence
    assert found.way_out
    can = {"look": found.can_look, "restore": found.can_restore, "begin": found.can_begin,
           "phrase": found.needs_phrase}  # fmt: skip
    assert {name for name, is_offered in can.items() if is_offered} == offers
    what_is_left(full_path, Keys([KEY]))
    assert hashlib.sha256(full_path.read_bytes()).hexdigest() == before
    assert [each.name for each in full_path.parent.iterdir()] == [full_path.name]


def test_a_book_that_was_moved_away_is_told_by_its_backups_and_begins_only_when_asked(
    full_path: Path,  # noqa: F811
) -> None:
    store = open_book(full_path, CLOCK)
    make_backup(store, CLOCK, Reason.DAILY)
    store.close()
    shutil.move(full_path, full_path.with_name("elsewhere.book"))
    with pytest.raises(LostBook, match="moved, renamed or deleted") as lost:
        refuse_lost(full_path)
    found = trouble_of(full_path, lost.value)
    assert (found.can_begin, found.can_restore, found.can_look) == (True, True, False)


def test_a_book_that_is_gone_is_told_by_its_attached_files(tmp_path: Path) -> None:
    files = documents_folder(tmp_path / "my.book")
    files.mkdir()
    refuse_lost(tmp_path / "my.book")
    (files / "a").touch()
    with pytest.raises(LostBook):
        refuse_lost(tmp_path / "my.book")


def test_a_lost_drive_begins_no_book_and_makes_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "drive" / "my.book"
    with pytest.raises(LostBook, match="may not be connected") as lost:
        refuse_lost(place)
    found = trouble_of(place, lost.value)
    assert (found.can_begin, found.can_restore, found.can_look) == (False, False, False)
    assert not place.parent.exists()


def test_where_no_book_ever_was_one_may_begin(tmp_path: Path) -> None:
    refuse_lost(tmp_path / "new.book")


def test_of_a_book_cut_in_half_the_rows_that_are_left_are_counted(full_path: Path) -> None:  # noqa: F811
    whole = what_is_left(full_path, Keys())
    assert "accounts can be read" in whole
    assert "breaks off" not in whole
    cut_off(full_path)
    half = what_is_left(full_path, Keys())
    assert "2 accounts can be read" in half
    assert "invalid page number" in half
    empty(full_path)
    assert what_is_left(full_path, Keys()).startswith("Nothing of it can be read.")
