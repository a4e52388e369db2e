"""A portable backup brings everything back; a sealed one only to who knows the passphrase."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Self

import pyrage
import pytest

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.exchange.backup_zip import Member, is_sealed, unseal, write_sealed
from retainerdesk.services.backup_archive import PassphraseNeeded, unpacked, write_backup_zip
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import restore_book
from retainerdesk.store.book_store import open_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.system.paths import documents_folder
from retainerdesk.system.sealing import seal_for
from tests.failing import FailsOnce
from tests.store.conftest import CLOCK, empty_template, full_path, full_template  # noqa: F401

PASSPHRASE = "four words of öde"
CONTENT = b"agreement " * 50_000
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def book(full_path: Path) -> Iterator[BookContext]:  # noqa: F811
    store = open_book(full_path, CLOCK)
    files = documents_folder(full_path)
    files.mkdir()
    (files / SHA).write_bytes(CONTENT)
    yield BookContext(store, CLOCK, files)
    store.close()


@pytest.fixture(params=[None, PASSPHRASE], ids=["open", "sealed"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


def test_a_restore_at_a_new_place_that_fails_leaves_nothing_that_looks_like_a_lost_book(
    book: BookContext, tmp_path: Path, passphrase: str | None
) -> None:
    """A folder is in the way where SQLite keeps its side file; the documents are in their place by then."""
    archive, place = tmp_path / "move.zip", tmp_path / "there" / "my.book"
    write_backup_zip(book, archive, passphrase)
    in_the_way = place.with_name("my.book-wal")
    (in_the_way / "and full").mkdir(parents=True)
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        restore_book(archive, place, passphrase=passphrase)
    assert [each.name for each in place.parent.iterdir()] == ["my.book-wal"]
    # What was there before stays.
    kept = documents_folder(place)
    kept.mkdir()
    (kept / "a").touch()
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        restore_book(archive, place, passphrase=passphrase)
    assert (kept / "a").exists()


def test_another_machine_gets_the_book_and_its_documents(
    book: BookContext, tmp_path: Path, passphrase: str | None
) -> None:
    archive = tmp_path / "move.zip"
    done = write_backup_zip(book, archive, passphrase)
    assert (done.documents, done.left_out) == (1, ())
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    place = tmp_path / "there" / "my.book"
    restore_book(archive, place, passphrase=passphrase)
    with book.store.reading() as uow:
        wanted = load_book(uow)
    store = open_book(place, CLOCK)
    with store.reading() as uow:
        assert load_book(uow) == wanted
    store.close()
    assert (documents_folder(place) / SHA).read_bytes() == CONTENT
    assert [each.name for each in tmp_path.rglob("*.work")] == []


def test_a_sealed_backup_shows_nothing_and_is_a_plain_age_file(book: BookContext, tmp_path: Path) -> None:
    archive = tmp_path / "move.zip"
    write_backup_zip(book, archive, PASSPHRASE)
    assert is_sealed(archive)
    content = archive.read_bytes()
    assert b"SQLite format" not in content
    assert b"agreement" not in content
    with zipfile.ZipFile(archive) as opened:
        key = pyrage.passphrase.decrypt(opened.read("key.age"), PASSPHRASE).decode()
        inner = pyrage.decrypt(opened.read("backup.zip.age"), [pyrage.x25519.Identity.from_str(key)])
    assert inner.startswith(b"PK\x03\x04")


def test_a_wrong_passphrase_is_told_from_none_and_from_damage(book: BookContext, tmp_path: Path) -> None:
    archive = tmp_path / "move.zip"
    write_backup_zip(book, archive, PASSPHRASE)
    with pytest.raises(PassphraseNeeded), unpacked(archive, tmp_path / "x"):
        pass
    with (
        pytest.raises(EnvironmentProblem, match="passphrase does not open"),
        unpacked(archive, tmp_path / "x", "no"),
    ):
        pass
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    archive.write_bytes(damaged)
    with pytest.raises(EnvironmentProblem, match="damaged"), unpacked(archive, tmp_path / "x", PASSPHRASE):
        pass


def test_a_short_passphrase_is_refused_and_nothing_is_written(book: BookContext, tmp_path: Path) -> None:
    with pytest.raises(RuleViolation, match="fewer than 8"):
        write_backup_zip(book, tmp_path / "move.zip", "short")
    assert not (tmp_path / "move.zip").exists()


def test_a_damaged_document_is_left_out_and_named(book: BookContext, tmp_path: Path) -> None:
    (book.folder / SHA).write_bytes(b"something else")
    done = write_backup_zip(book, tmp_path / "move.zip")
    assert (done.documents, done.left_out) == (0, (SHA,))


def test_a_write_that_fails_while_a_backup_is_sealed_is_told_wherever_it_is() -> None:
    """The last write of what is sealed in it, and the last of all."""
    members = [Member("documents/x", partial(io.BytesIO, b"agreement"))]
    write_sealed(whole := FailsOnce(0), members, PASSPHRASE, seal_for)
    for at in (-whole.left - 2, -whole.left):
        with pytest.raises(OSError, match="No space left"):
            write_sealed(FailsOnce(at), members, PASSPHRASE, seal_for)


def test_no_room_for_a_sealed_backup_is_said_as_for_any_file(book: BookContext, tmp_path: Path) -> None:
    """The book fits, twice; with its attached file of 500,000 bytes the archive does not."""
    (book.folder / SHA).write_bytes(CONTENT)
    other = os.urandom(5_000_000)
    (book.folder / hashlib.sha256(other).hexdigest()).write_bytes(other)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, hard))
    try:
        with pytest.raises(EnvironmentProblem, match=r"move\.zip cannot be written: File too large\."):
            write_backup_zip(book, tmp_path / "move.zip", PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.glob("*.zip*"))


def test_an_interruption_while_a_backup_is_sealed_comes_out_as_it_is() -> None:
    class Interrupted(io.BytesIO):
        def read(self, _count: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sealed(io.BytesIO(), [Member("documents/x", Interrupted)], PASSPHRASE, seal_for)


class Zeros:
    """A stream of so many bytes that never lie anywhere at once; `taken` counts what was written.

    `grown_bytes` is the most memory the process had while it was read or written, over that at first.
    """

    def __init__(self, count: int) -> None:
        self.left, self.taken = count, 0
        self._memory: list[int] = []

    @property
    def grown_bytes(self) -> int:
        return max(self._memory) - self._memory[0]

    def _note_memory(self) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self._memory.append(pages * resource.getpagesize())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, count: int = -1) -> bytes:
        portion = min(self.left, count if count >= 0 else self.left)
        self.left -= portion
        self._note_memory()
        return bytes(portion)

    def write(self, content: bytes) -> int:
        self.taken += len(content)
        self._note_memory()
        return len(content)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells the memory of the moment")
def test_sealing_and_unsealing_take_no_memory_for_the_content(tmp_path: Path) -> None:
    """Beside it age takes as much to make a key of the passphrase as a second allows: 256 MiB and more."""
    size, archive = 256 << 20, tmp_path / "large.zip"
    source, target = Zeros(size), Zeros(0)
    with archive.open("wb") as stream:
        write_sealed(stream, [Member("documents/x", lambda: source)], PASSPHRASE, seal_for)  # type: ignore[arg-type,return-value]
    unseal(archive, target, PASSPHRASE)
    assert target.taken > size
    assert max(source.grown_bytes, target.grown_bytes) < 32 << 20
