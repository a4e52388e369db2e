"""Opening: only whole, known books are opened, and nothing else is touched."""

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.book_store import create_book, open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.store.repositories.parties import save_business
from tests.store.conftest import CLOCK
from tests.store.full_book import BUSINESS, FULL_BOOK


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def set_in_book(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def test_a_book_is_created_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="no book"):
        open_book(tmp_path / "new.book", CLOCK)
    assert list(tmp_path.iterdir()) == []
    open_book(tmp_path / "new.book", CLOCK, create=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.book"]


def test_a_sqlite_url_names_the_same_file(full_path: Path) -> None:
    store = open_book(f"sqlite:///{full_path}", CLOCK)
    with store.reading() as uow:
        assert load_book(uow) == FULL_BOOK
    store.close()


@pytest.mark.parametrize("url", ["postgresql://me:secret@host/book", "https://host/book", "sqlite://x"])
def test_another_kind_of_address_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(EnvironmentProblem, match="cannot be kept") as problem:
        open_book(url, CLOCK)
    assert "secret" not in str(problem.value)


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_book_and_side_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = open_book(tmp_path / "a.book", CLOCK, create=True)
        with store.writing() as uow:
            save_business(uow, BUSINESS)
            uow.commit()
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"a.book": 0o600, "a.book-wal": 0o600, "a.book-shm": 0o600}


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE alembic_version SET version_num = '0099'",),
        ("PRAGMA user_version = 99",),
        ("UPDATE alembic_version SET version_num = '0099'", "PRAGMA user_version = 99"),
    ],
)
def test_a_newer_schema_is_refused_by_name_without_touching_the_file(
    full_path: Path, statements: tuple[str, ...]
) -> None:
    set_in_book(full_path, *statements)
    before = digest(full_path)
    with pytest.raises(EnvironmentProblem, match=r"newer RetainerDesk.*0002"):
        open_book(full_path, CLOCK, create=True)
    assert digest(full_path) == before
    assert [path.name for path in full_path.parent.iterdir()] == ["my.book"]


def test_a_newer_schema_still_in_the_wal_file_is_refused_too(full_path: Path) -> None:
    other = dbapi2.connect(str(full_path), isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("UPDATE alembic_version SET version_num = '0099'")
    before = digest(full_path)
    with pytest.raises(EnvironmentProblem, match="newer RetainerDesk"):
        open_book(full_path, CLOCK)
    assert digest(full_path) == before
    other.close()


LENGTHS = [0, 1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 100_000, -4096, -1]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_truncated_book_is_recognised_and_left_as_it_is(full_path: Path, length: int) -> None:
    whole = full_path.read_bytes()
    full_path.write_bytes(whole[:length])
    with pytest.raises(EnvironmentProblem) as problem:
        open_book(full_path, CLOCK, create=True)
    assert problem.value.way_out
    assert full_path.read_bytes() == whole[:length]


def test_any_other_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear Jo,\n" * 100)
    other = tmp_path / "other.sqlite"
    set_in_book(other, "CREATE TABLE t (x)")
    for path in (text, other):
        before = digest(path)
        with pytest.raises(EnvironmentProblem, match="not a RetainerDesk book"):
            open_book(path, CLOCK, create=True)
        assert digest(path) == before


def test_a_folder_in_the_place_of_a_book_is_a_plain_problem(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        open_book(tmp_path, CLOCK, create=True)


def test_a_new_book_is_not_made_beside_the_unfinished_work_of_a_lost_one(tmp_path: Path) -> None:
    (tmp_path / "my.book-wal").write_bytes(b"x" * 100)
    with pytest.raises(EnvironmentProblem, match="unfinished work"):
        open_book(tmp_path / "my.book", CLOCK, create=True)


def test_creating_never_replaces_a_file_that_appeared_meanwhile(empty_path: Path) -> None:
    before = digest(empty_path)
    with pytest.raises(EnvironmentProblem, match="exists already"):
        create_book(empty_path, CLOCK)
    assert digest(empty_path) == before
    assert [path.name for path in empty_path.parent.iterdir()] == ["my.book"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="gone"):
        open_book(tmp_path / "gone" / "my.book", CLOCK, create=True)


AS_ANOTHER_USER = """
import os, sys
from datetime import date
from pathlib import Path
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.system.clock import FixedClock
if os.geteuid() == 0:
    os.setuid(65534)
store = open_book(Path(sys.argv[1]), FixedClock(date(2026, 1, 1)))
with store.reading() as uow:
    print(len(load_book(uow).accounts), store.read_only)
try:
    with store.writing():
        pass
except EnvironmentProblem as problem:
    print(problem.message)
try:
    open_book(Path(sys.argv[1]).with_name("new.book"), FixedClock(date(2026, 1, 1)), create=True)
except EnvironmentProblem as problem:
    print(problem.message)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="drops privileges the Linux way")
def test_a_book_in_a_read_only_folder_can_be_read_and_says_why_not_written(full_path: Path) -> None:
    folder = full_path.parent
    full_path.chmod(0o444)
    folder.chmod(0o555)
    for parent in folder.parents:
        if parent.owner() == folder.owner() and not parent.stat().st_mode & 0o001:
            parent.chmod(0o711)
    done = subprocess.run(
        [sys.executable, "-c", AS_ANOTHER_USER, str(full_path)], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "2 True"
    assert "reading only" in lines[1]
    assert "Nothing can be written in the folder" in lines[2]
    assert [path.name for path in folder.iterdir()] == ["my.book"]
