"""A backup is the whole book as of one moment; a restore wins over whatever lies around."""

import hashlib
import os
import signal
import stat
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.book import Book
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.backup import back_up, restore
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.chain import chain_head
from retainerdesk.store.check import check_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.store.repositories.history import WORK
from tests.store.conftest import CLOCK, processes
from tests.store.full_book import FULL_BOOK


def content_of(path: Path) -> Book:
    store = open_book(path, CLOCK)
    with store.reading() as uow:
        assert list(check_book(uow)) == []
        book = load_book(uow)
    store.close()
    return book


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def drop_an_entry(store: BookStore) -> None:
    with store.writing() as uow:
        WORK.delete(uow, "acme", "w-1")
        uow.commit()


def test_a_backup_of_a_book_in_use_has_what_still_waits_in_its_wal_file(
    full: BookStore, tmp_path: Path
) -> None:
    drop_an_entry(full)
    assert (full.path.parent / "my.book-wal").stat().st_size > 0
    facts = back_up(full.path, tmp_path / "copy.book")
    with full.reading() as uow:
        now, head = load_book(uow), chain_head(uow)
    assert content_of(tmp_path / "copy.book") == now != FULL_BOOK
    assert facts.rows["work_entries"] == 1
    assert facts.chain_head.startswith(head)


def test_a_backup_is_one_private_file(full: BookStore, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    before = os.umask(0)
    try:
        back_up(full.path, tmp_path / "backups" / "copy.book")
    finally:
        os.umask(before)
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backups").iterdir()}
    assert files == {"copy.book": 0o600}


def test_a_backup_leaves_out_what_nobody_committed(full: BookStore, tmp_path: Path) -> None:
    with full.writing() as uow:
        WORK.delete(uow, "acme", "w-1")
        back_up(full.path, tmp_path / "copy.book")
    assert content_of(tmp_path / "copy.book") == FULL_BOOK


def test_a_backup_that_fails_leaves_the_one_before(full_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.book"
    back_up(full_path, target)
    before = digest(target)
    whole = full_path.read_bytes()
    # Somewhere in the middle a page of the book is overwritten.
    full_path.write_bytes(whole[:40_960] + b"\xff" * 4096 + whole[45_056:])
    with pytest.raises(EnvironmentProblem):
        back_up(full_path, target)
    assert digest(target) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.book", "my.book"]


def test_a_backup_never_replaces_its_own_book(full_path: Path) -> None:
    before = digest(full_path)
    with pytest.raises(EnvironmentProblem, match="itself"):
        back_up(full_path, full_path)
    assert digest(full_path) == before


def test_a_restore_brings_the_content_back_and_keeps_the_old_book(full_path: Path, tmp_path: Path) -> None:
    back_up(full_path, tmp_path / "copy.book")
    store = open_book(full_path, CLOCK)
    drop_an_entry(store)
    with store.reading() as uow:
        changed = load_book(uow)
    store.close()
    kept = restore(tmp_path / "copy.book", full_path)
    assert kept == tmp_path / "my.book.before-restore-1"
    assert content_of(full_path) == FULL_BOOK
    assert content_of(kept) == changed
    assert restore(tmp_path / "copy.book", full_path) == tmp_path / "my.book.before-restore-2"
    assert stat.S_IMODE(full_path.stat().st_mode) == 0o600


def _crash_with_work_in_the_wal_file(path: Path) -> None:
    store = open_book(path, CLOCK)
    drop_an_entry(store)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_restore_wins_over_the_wal_file_of_a_crash(full_path: Path, tmp_path: Path) -> None:
    """Copying a backup over a crashed book gives the crashed rows back; the restore must not."""
    back_up(full_path, tmp_path / "copy.book")
    worker = processes().Process(target=_crash_with_work_in_the_wal_file, args=(full_path,))
    worker.start()
    worker.join()
    assert (tmp_path / "my.book-wal").stat().st_size > 0
    kept = restore(tmp_path / "copy.book", full_path)
    assert not (tmp_path / "my.book-wal").exists()
    assert content_of(full_path) == FULL_BOOK
    assert kept is not None
    assert [len(file.work) for file in content_of(kept).accounts] == [1, 0]


def test_a_restore_over_a_damaged_book_keeps_its_bytes_and_its_wal_file(
    full_path: Path, tmp_path: Path
) -> None:
    back_up(full_path, tmp_path / "copy.book")
    full_path.write_bytes(b"damaged beyond recognition")
    (tmp_path / "my.book-wal").write_bytes(b"left over")
    kept = restore(tmp_path / "copy.book", full_path)
    assert content_of(full_path) == FULL_BOOK
    assert kept is not None
    assert kept.read_bytes() == b"damaged beyond recognition"
    assert (tmp_path / f"{kept.name}-wal").read_bytes() == b"left over"


def test_a_restore_where_no_book_is_makes_one_beside_a_left_over_wal_file(
    full_path: Path, tmp_path: Path
) -> None:
    back_up(full_path, tmp_path / "copy.book")
    (tmp_path / "other.book-wal").write_bytes(b"left over of a lost book")
    assert restore(tmp_path / "copy.book", tmp_path / "other.book") is None
    assert content_of(tmp_path / "other.book") == FULL_BOOK


def test_a_restore_into_a_book_that_is_open_is_refused(full: BookStore, tmp_path: Path) -> None:
    back_up(full.path, tmp_path / "copy.book")
    with full.reading() as uow:
        load_book(uow)
        with pytest.raises(EnvironmentProblem, match="in use"):
            restore(tmp_path / "copy.book", full.path)
    assert not list(tmp_path.glob("*before*"))


def bad_backups(folder: Path, good: Path) -> dict[str, Path]:
    """Files that must not be restored, by what is wrong with them."""
    whole = good.read_bytes()
    bad = {name: folder / name for name in ("empty", "half", "text", "newer", "damaged")}
    bad["empty"].write_bytes(b"")
    bad["half"].write_bytes(whole[: len(whole) // 2])
    bad["text"].write_text("a letter")
    bad["newer"].write_bytes(whole[:60] + (99).to_bytes(4, "big") + whole[64:])
    bad["damaged"].write_bytes(whole[:40_960] + b"\xff" * 4096 + whole[45_056:])
    return bad | {"missing": folder / "missing"}


@pytest.mark.parametrize("wrong", ["empty", "half", "text", "newer", "damaged", "missing"])
def test_a_bad_backup_is_refused_and_the_old_book_stays(full_path: Path, tmp_path: Path, wrong: str) -> None:
    back_up(full_path, tmp_path / "copy.book")
    bad = bad_backups(tmp_path, tmp_path / "copy.book")[wrong]
    before = digest(full_path)
    with pytest.raises(EnvironmentProblem):
        restore(bad, full_path)
    assert digest(full_path) == before
    assert not list(tmp_path.glob(".*"))


def test_an_idle_connection_elsewhere_is_enough_to_refuse_a_restore(full_path: Path, tmp_path: Path) -> None:
    back_up(full_path, tmp_path / "copy.book")
    other = dbapi2.connect(str(full_path), isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("SELECT count(*) FROM audit").fetchall()
    with pytest.raises(EnvironmentProblem, match="in use"):
        restore(tmp_path / "copy.book", full_path)
    other.close()
