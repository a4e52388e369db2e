"""Keys: kept before they are used, found by the sign of the file, forgotten afterwards and only if asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation, WrongKey
from retainerdesk.services.book_keys import (
    BookKey,
    KeyringProblem,
    KeyringState,
    Keys,
    decrypt_book,
    encrypt_book,
    left_in_clear,
    new_key,
    phrase_of,
    read_phrase,
    write_phrase,
)
from retainerdesk.services.upkeep import backup_book, restore_book
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.probe import sign_of
from retainerdesk.system.clock import FixedClock
from tests.keyrings import MemoryKeyring

CLOCK = FixedClock(date(2026, 1, 1))


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[BookStore]:
    book = open_book(tmp_path / "my.book", CLOCK, create=True)
    yield book
    book.close()


def names(ring: MemoryKeyring) -> list[str]:
    return [name for _, name in ring.kept]


def test_the_key_is_in_the_keyring_before_the_file_changes(ring: MemoryKeyring, plain: BookStore) -> None:
    """Seen at the moment the keyring is asked: the book is still in clear."""
    seen: list[object] = []

    class Watching(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            seen.append(plain.file.key)
            super().set_password(service, username, password)

    keyring.set_keyring(Watching())
    change = encrypt_book(plain, new_key())
    assert seen == [None]
    assert change.is_in_keyring
    assert plain.is_encrypted


def test_an_old_key_stays_for_old_backups_unless_it_is_to_be_forgotten(
    ring: MemoryKeyring, plain: BookStore
) -> None:
    one, two, three = new_key(), new_key(), new_key()
    encrypt_book(plain, one)
    encrypt_book(plain, two)
    assert names(ring) == [f"book key {each.sign.hex()}" for each in (one, two)]
    encrypt_book(plain, three, forget_old=True)
    assert names(ring) == [f"book key {each.sign.hex()}" for each in (one, three)]
    assert ring.done[-1] == f"removed book key {two.sign.hex()}"
    decrypt_book(plain, forget_old=True)
    assert names(ring) == [f"book key {one.sign.hex()}"]


def test_a_change_that_fails_forgets_nothing(ring: MemoryKeyring, plain: BookStore) -> None:
    one, two = new_key(), new_key()
    encrypt_book(plain, one)
    reader = open_book(plain.path, CLOCK, key=one)
    with reader.reading() as uow:
        uow.connection.exec_driver_sql("SELECT 1 FROM audit")
        with pytest.raises(EnvironmentProblem, match="in use"):
            encrypt_book(plain, two, forget_old=True)
    reader.close()
    assert plain.file.key == one
    assert f"book key {one.sign.hex()}" in names(ring)
    with plain.reading() as uow:
        uow.connection.exec_driver_sql("SELECT 1 FROM audit")


def test_a_book_that_was_moved_finds_its_key(ring: MemoryKeyring, plain: BookStore) -> None:
    key = new_key()
    encrypt_book(plain, key)
    plain.close()
    moved = plain.path.rename(plain.path.with_name("other name"))
    assert Keys().of(moved) == key


def test_without_a_keyring_the_book_is_encrypted_and_the_phrase_opens_it(plain: BookStore) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    key = new_key()
    change = encrypt_book(plain, key)
    plain.close()
    assert "no keyring" in change.note
    keys = Keys()
    assert keys.of(plain.path) is None
    assert keys.trouble is not None
    assert keys.trouble.state is KeyringState.MISSING
    with pytest.raises(KeyNeeded) as needed:
        open_book(plain.path, CLOCK)
    assert read_phrase(" ".join(phrase_of(key)), needed.value.sign) == key


def test_a_locked_keyring_changes_nothing(plain: BookStore, ring: MemoryKeyring) -> None:
    class Locked(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise KeyringLocked

    keyring.set_keyring(Locked())
    with pytest.raises(KeyringProblem, match="locked"):
        encrypt_book(plain, new_key())
    assert not plain.is_encrypted


def test_a_wiped_keyring_is_told_from_a_missing_one_and_from_a_spoilt_entry(
    ring: MemoryKeyring, plain: BookStore
) -> None:
    key = new_key()
    encrypt_book(plain, key)
    plain.close()
    ring.kept.clear()
    keys = Keys()
    assert keys.of(plain.path) is None
    assert keys.trouble is None
    for spoilt in ("nonsense", new_key().reveal().hex()):
        ring.kept["RetainerDesk", f"book key {key.sign.hex()}"] = spoilt
        asked = Keys()
        assert asked.of(plain.path) is None
        assert isinstance(asked.trouble, KeyringProblem)
        assert spoilt not in str(asked.trouble)


def test_another_phrase_and_a_slip_are_different_answers() -> None:
    key, other = BookKey(bytes(32)), BookKey(bytes([1] * 32))
    with pytest.raises(WrongKey, match="not the one of this book"):
        read_phrase(" ".join(phrase_of(other)), key.sign)
    slip = [*phrase_of(key)[:4], "zebra", *phrase_of(key)[5:]]
    with pytest.raises(RuleViolation, match="Word 5 is not the one"):
        read_phrase(" ".join(slip), key.sign)


def test_what_stays_in_clear_is_named(ring: MemoryKeyring, plain: BookStore) -> None:
    plain_copy = plain.path.with_name("my.book.before-restore-1")
    backup_book(plain, plain_copy)
    change = encrypt_book(plain, new_key())
    secret_copy = plain.path.with_name("my.book.before-restore-2")
    backup_book(plain, secret_copy)
    assert change.in_clear == (plain_copy,)
    files = plain.path.with_name("my.book.files")
    files.mkdir()
    (files / ".DS_Store").touch()
    assert left_in_clear(plain.path) == (plain_copy,)
    (files / ("a" * 64)).touch()
    assert left_in_clear(plain.path) == (plain_copy, files)


def test_a_restore_says_which_kind_the_book_is_now(
    ring: MemoryKeyring, plain: BookStore, tmp_path: Path
) -> None:
    backup_book(plain, tmp_path / "plain copy")
    encrypt_book(plain, new_key())
    backup_book(plain, tmp_path / "secret copy")
    plain.close()
    done = restore_book(tmp_path / "plain copy", plain.path)
    assert (done.was_encrypted, done.is_encrypted) == (True, False)
    assert "though the book was encrypted" in done.words
    done = restore_book(tmp_path / "secret copy", plain.path)
    assert (done.was_encrypted, done.is_encrypted) == (False, True)
    assert sign_of(plain.path) is not None


def test_a_phrase_is_never_written_over_another_file(tmp_path: Path) -> None:
    write_phrase(BookKey(bytes(32)), tmp_path / "phrase")
    assert (tmp_path / "phrase").stat().st_mode & 0o777 == 0o600
    with pytest.raises(EnvironmentProblem, match="exists already"):
        write_phrase(BookKey(bytes(32)), tmp_path / "phrase")
