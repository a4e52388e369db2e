"""A book with a key opens with it and with nothing else; a wrong key is told from damage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, WrongKey
from retainerdesk.store.backup import back_up, restore
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.check import check_book
from retainerdesk.store.cipher import PAGE_BYTES
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import side_file
from retainerdesk.store.probe import look_at, sign_of
from retainerdesk.store.repositories.books import load_book
from tests.store.conftest import CLOCK
from tests.store.full_book import FULL_BOOK

KEY, OTHER = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))


@pytest.fixture
def secret(full: BookStore) -> Path:
    """The full book, encrypted with KEY and closed."""
    full.change_key(KEY)
    full.close()
    return full.path


def is_whole(path: Path, key: BookKey | None) -> bool:
    store = open_book(path, CLOCK, key=key)
    try:
        with store.reading() as uow:
            return list(check_book(uow)) == [] and load_book(uow) == FULL_BOOK
    finally:
        store.close()


def damaged(path: Path, at: int, count: int = 1) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        old = file.read(count)
        file.seek(at)
        file.write(bytes(byte ^ 0x55 for byte in old))


def test_turning_on_changing_the_key_and_turning_off_keep_every_row(full: BookStore) -> None:
    for key in (KEY, OTHER, None):
        full.change_key(key)
        assert full.is_encrypted == (key is not None)
        with full.reading() as uow:
            assert load_book(uow) == FULL_BOOK
            assert list(check_book(uow)) == []
    with full.writing() as uow:
        uow.commit()
    full.close()
    assert is_whole(full.path, None)


def test_an_encrypted_book_shows_nothing_but_the_sign_of_its_key(secret: Path) -> None:
    content = secret.read_bytes()
    assert sign_of(secret) == KEY.sign == content[:16]
    for text in (b"SQLite", b"CREATE TABLE", b"acme", KEY.reveal(), KEY.reveal().hex().encode()):
        assert text not in content
    assert is_whole(secret, KEY)
    assert sorted(path.name for path in secret.parent.iterdir()) == [secret.name]


def test_a_new_book_opened_with_its_key_has_no_plain_side_files(secret: Path) -> None:
    store = open_book(secret, CLOCK, key=KEY)
    with store.writing() as uow:
        uow.connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
        uow.commit()
    wal = side_file(secret, "-wal").read_bytes()
    store.close()
    assert len(wal) > PAGE_BYTES
    assert b"alembic" not in wal


def test_no_key_a_wrong_key_and_damage_are_different_sentences(secret: Path) -> None:
    with pytest.raises(KeyNeeded, match="is an encrypted book, or no book at all") as needed:
        open_book(secret, CLOCK)
    assert needed.value.sign == KEY.sign
    with pytest.raises(WrongKey, match="is not encrypted with this key"):
        open_book(secret, CLOCK, key=OTHER)
    damaged(secret, 200)
    with pytest.raises(EnvironmentProblem, match="is damaged") as told:
        open_book(secret, CLOCK, key=KEY)
    assert not isinstance(told.value, (KeyNeeded, WrongKey))


@pytest.mark.parametrize("at", [0, 15, 16, 100, 4000, 4095, PAGE_BYTES, PAGE_BYTES + 77])
def test_one_damaged_byte_at_the_start_is_damage_with_the_right_key_and_not_with_another(
    secret: Path, at: int
) -> None:
    damaged(secret, at)
    before = secret.read_bytes()
    with pytest.raises(EnvironmentProblem, match="damaged") as told:
        is_whole(secret, KEY)
    assert not isinstance(told.value, (KeyNeeded, WrongKey))
    with pytest.raises(WrongKey):
        open_book(secret, CLOCK, key=OTHER)
    # A page further in is met by reading, when the book is open already.
    assert at >= PAGE_BYTES or secret.read_bytes() == before


def test_a_first_page_that_is_gone_is_damage_as_long_as_one_page_is_left(secret: Path) -> None:
    """The limit: with every page gone a damaged book and another key look the same."""
    damaged(secret, 0, PAGE_BYTES)
    with pytest.raises(EnvironmentProblem, match="first bytes"):
        open_book(secret, CLOCK, key=KEY)
    damaged(secret, PAGE_BYTES, secret.stat().st_size)
    with pytest.raises(WrongKey):
        open_book(secret, CLOCK, key=KEY)


def test_a_cut_encrypted_book_is_recognised_at_every_length(secret: Path) -> None:
    whole = secret.read_bytes()
    for size in [*range(PAGE_BYTES, len(whole), 7 * PAGE_BYTES), PAGE_BYTES + 1, len(whole) - 1]:
        secret.write_bytes(whole[:size])
        with pytest.raises(EnvironmentProblem, match=r"cut off|damaged"):
            open_book(secret, CLOCK, key=KEY)
        assert secret.read_bytes() == whole[:size]


def test_a_text_a_picture_and_a_damaged_plain_book_are_not_taken_for_encrypted(
    full_path: Path, tmp_path: Path
) -> None:
    damaged(full_path, 0, 16)
    text = tmp_path / "letter.txt"
    text.write_text("Dear client, " * 1000)
    for path in (full_path, text):
        assert sign_of(path) is None
        with pytest.raises(EnvironmentProblem, match="not a RetainerDesk book, or it is damaged"):
            open_book(path, CLOCK, key=KEY)


def test_a_plain_book_opens_whatever_key_is_at_hand(full_path: Path) -> None:
    assert is_whole(full_path, KEY)


def test_a_backup_of_an_encrypted_book_has_its_key(secret: Path, tmp_path: Path) -> None:
    store = open_book(secret, CLOCK, key=KEY)
    facts = back_up(store.file, tmp_path / "copy.book")
    store.close()
    assert facts.rows["work_entries"] > 0
    assert sign_of(tmp_path / "copy.book") == KEY.sign
    assert is_whole(tmp_path / "copy.book", KEY)


@pytest.mark.parametrize("was_encrypted", [True, False])
@pytest.mark.parametrize("is_backup_encrypted", [True, False])
def test_a_restore_takes_the_kind_of_the_backup_whatever_was_there(
    full: BookStore, tmp_path: Path, was_encrypted: bool, is_backup_encrypted: bool
) -> None:
    full.change_key(OTHER if is_backup_encrypted else None)
    back_up(full.file, tmp_path / "copy.book")
    full.change_key(KEY if was_encrypted else None)
    full.close()
    keys = {key.sign: key for key in (KEY, OTHER)}
    kept = restore(tmp_path / "copy.book", full.path, lambda path: keys.get(sign_of(path) or b""))
    assert kept is not None
    assert is_whole(full.path, OTHER if is_backup_encrypted else None)
    assert is_whole(kept, KEY if was_encrypted else None)


def test_a_restore_without_the_backups_key_leaves_the_book(secret: Path, tmp_path: Path) -> None:
    shutil.copy(secret, tmp_path / "copy.book")
    before = secret.read_bytes()
    with pytest.raises(KeyNeeded):
        restore(tmp_path / "copy.book", secret)
    assert secret.read_bytes() == before


def test_a_book_another_program_has_open_keeps_its_key(full: BookStore) -> None:
    """The other program would merge its -wal file into the new one when it closes."""
    script = "import sys; from tests.store.test_encrypted_books import hold; hold(sys.argv[1])"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(full.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(EnvironmentProblem, match="in use"):
            full.change_key(KEY)
        other.communicate(b"\n")
    assert not full.is_encrypted
    with full.reading() as uow:
        assert load_book(uow) == FULL_BOOK
    full.change_key(KEY)


def hold(path: str) -> None:
    """Have the book open until a line comes."""
    store = open_book(path, CLOCK)
    with store.reading() as uow:
        load_book(uow)
        sys.stdout.write("open\n")
        sys.stdout.flush()
    sys.stdin.readline()
    store.close()


def test_a_read_under_way_is_waited_for_and_then_refused(full_path: Path) -> None:
    store = open_book(full_path, CLOCK, busy_seconds=0.1)
    with store.reading(), pytest.raises(EnvironmentProblem, match="still working"):
        store.change_key(KEY)
    store.change_key(KEY)
    store.close()
    assert is_whole(full_path, KEY)


def test_a_backup_of_an_open_book_drops_none_of_its_locks(full: BookStore, tmp_path: Path) -> None:
    """Closing any handle on a file drops a process's locks on it: another program could then remove the -wal
    file under the open book."""
    with full.reading() as uow:
        load_book(uow)
    before = locks_on(full.path)
    back_up(full.file, tmp_path / "copy.book")
    assert before
    assert locks_on(full.path) == before


def locks_on(path: Path) -> list[str]:
    """The kernel's list of locks this process holds on a file."""
    inode = path.stat().st_ino
    lines = Path("/proc/locks").read_text().splitlines()
    mine = [line.split() for line in lines if f":{inode} " in line]
    return sorted(" ".join(words[1:4] + words[6:]) for words in mine if int(words[4]) == os.getpid())


def test_a_key_never_shows_itself() -> None:
    key = BookKey(os.urandom(32))
    shown = f"{key!r} {key} {[key]} {(KEY == OTHER)}"
    assert key.reveal().hex() not in shown
    with pytest.raises(TypeError, match="not stored"):
        __import__("pickle").dumps(key)


def test_the_program_that_does_not_know_keys_reads_nothing(secret: Path) -> None:
    connection = dbapi2.connect(str(secret))
    with pytest.raises(dbapi2.DatabaseError):
        connection.execute("SELECT * FROM sqlite_master").fetchall()
    connection.close()
    assert look_at(secret, KEY).key == KEY


def test_a_page_torn_by_a_power_cut_is_put_back_from_the_journal(secret: Path, tmp_path: Path) -> None:
    """What a cut leaves while the file is not in WAL mode: half of the first page new, and a journal.

    Half of an encrypted page cannot be read; SQLite undoes it, if it is let.
    """
    cut = tmp_path / "cut" / "my.book"
    cut.parent.mkdir()
    connection = connect_raw(secret, key=KEY)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    # More than the cache holds: the old pages are flushed to the journal, the new ones to the file.
    connection.execute("PRAGMA user_version = 77")
    connection.execute("CREATE TABLE junk AS SELECT id, zeroblob(90000) FROM accounts")
    connection.execute("UPDATE accounts SET name = 'nobody'")
    for suffix in ("", "-journal"):
        shutil.copyfile(side_file(secret, suffix), side_file(cut, suffix))
    connection.close()
    damaged(cut, 512, 1024)
    assert look_at(cut, KEY).mode == "rw"
    assert is_whole(cut, KEY)
