"""Keys of encrypted books: found, kept, changed. The order is what matters: kept first, used, then forgotten.

A key is found by its sign, which stands at the beginning of the file, so that a moved book and an old backup
find theirs. Everything that asks the keyring may wait for the person: not on the thread of the window.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.book_key import KEY_BYTES, BookKey
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation, WrongKey
from retainerdesk.domain.recovery_phrase import PHRASE_WORDS, key_of, misspelt_word, phrase_of, wrong_places
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.services.backups import backup_folder, list_backups, machine_settings
from retainerdesk.services.kept_forms import exchanging
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.probe import sign_of
from retainerdesk.system import secrets
from retainerdesk.system.kept_files import holds_clear, sealed_with
from retainerdesk.system.paths import documents_folder
from retainerdesk.system.private_files import replace_file
from retainerdesk.system.secrets import KeyringProblem, KeyringState, read_secret_file

__all__ = [
    "PHRASE_WORDS",
    "BookKey",
    "KeyChange",
    "KeyringProblem",
    "KeyringState",
    "Keys",
    "decrypt_book",
    "encrypt_book",
    "keep_key",
    "left_in_clear",
    "new_key",
    "phrase_key",
    "phrase_of",
    "places_to_check",
    "read_phrase",
    "read_secret_file",
    "write_phrase",
    "wrong_places",
]

_CHECKED_WORDS = 3


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What a change of key led to.

    `note` says why the key is not in the keyring (empty: it is there, or none is needed). `in_clear` names
    what lies beside an encrypted book and is still readable without a key, `still_sealed` the files that
    could not be brought from the key of before, which is then not forgotten.
    """

    note: str = ""
    in_clear: tuple[Path, ...] = ()
    still_sealed: tuple[Path, ...] = ()

    @property
    def is_in_keyring(self) -> bool:
        return not self.note


class Keys:
    """The keys a start knows: those it was given, and those of the keyring, each asked for once.

    `trouble` is why the keyring gave none the last time; None if it was asked and simply has none.
    """

    def __init__(self, given: Iterable[BookKey] = ()) -> None:
        self._by_sign = {key.sign: key for key in given}
        self.trouble: KeyringProblem | None = None

    def add(self, key: BookKey) -> None:
        """Know one more key until the program ends."""
        self._by_sign[key.sign] = key

    def given(self, sign: bytes) -> BookKey | None:
        """The key with this sign, if it is known by now; asks nobody."""
        return self._by_sign.get(sign)

    def find(self, sign: bytes) -> BookKey | None:
        """The key with this sign, if anybody here knows it. May wait for the keyring."""
        if sign not in self._by_sign:
            try:
                self.trouble = None
                found = _kept_key(sign)
            except KeyringProblem as problem:
                self.trouble = problem
                return None
            if found is None:
                return None
            self._by_sign[sign] = found
        return self._by_sign[sign]

    def of(self, path: Path) -> BookKey | None:
        """The key of a file that this process does not have open; None for a plain one."""
        sign = sign_of(path)
        return None if sign is None else self.find(sign)


def new_key() -> BookKey:
    """A key that never was."""
    return BookKey(secrets.random_secret(KEY_BYTES))


def places_to_check() -> tuple[int, ...]:
    """Which words (from 0) of a phrase that was just shown are to be typed back."""
    return secrets.random_places(_CHECKED_WORDS, PHRASE_WORDS)


def write_phrase(key: BookKey, path: Path) -> None:
    """Write the 24 words to a new file that only its owner can read.

    Raises EnvironmentProblem if it cannot be written or is there: it might be the phrase of another book.
    """
    if path.exists():
        raise EnvironmentProblem(f"{path} exists already.", "Choose a new name; nothing was changed.")
    replace_file(path, (" ".join(phrase_of(key)) + "\n").encode())


def read_phrase(text: str, sign: bytes) -> BookKey:
    """The key a typed phrase stands for, which must have this sign.

    Raises RuleViolation (field "phrase") that names the wrong word by its place where that can be told, and
    WrongKey if the phrase is sound but of another key.
    """
    try:
        key = key_of(text)
    except RuleViolation as unsound:
        place = misspelt_word(text, sign)
        if place is None:
            raise
        raise RuleViolation(
            "phrase.wrong", f"Word {place} is not the one on your sheet: check it.", "phrase"
        ) from unsound
    if key.sign != sign:
        raise WrongKey(
            "This is a recovery phrase, but not the one of this book.",
            "Each new key has a new phrase: use the one shown last, or for a backup the one of its time.",
        )
    return key


def phrase_key(text: str, path: Path) -> BookKey:
    """The key a typed phrase stands for, which must be that of a file this process does not have open."""
    return read_phrase(text, sign_of(path) or b"")


def keep_key(key: BookKey) -> None:
    """Keep a key in the keyring. Raises KeyringProblem. May wait."""
    secrets.keep_secret(_name_of(key.sign), key.reveal().hex())


def encrypt_book(
    store: BookStore, key: BookKey, *, forget_old: bool = False, stopping: Stopping = NEVER
) -> KeyChange:
    """Encrypt the open book and its kept files with `key`, or give them this new one; its phrase was checked.

    The key is in the keyring before the file is exchanged. Without any keyring the book is encrypted all the
    same and its phrase is asked for at each start. A keyring that is locked or refuses is a KeyringProblem,
    and nothing is changed. `forget_old` removes the key of before from the keyring afterwards, unless a file
    needs it still; backups made with it then need its phrase. Raises Stopped, with nothing changed.
    """
    old, note = store.file.key, ""
    try:
        keep_key(key)
    except KeyringProblem as problem:
        if problem.state is not KeyringState.MISSING:
            raise
        note = problem.message
    _change(store, key, stopping)
    return KeyChange(note, left_in_clear(store.path), _left_behind(store, old, forget_old=forget_old))


def decrypt_book(store: BookStore, *, forget_old: bool = False, stopping: Stopping = NEVER) -> KeyChange:
    """Write the open book and its kept files in clear.

    Its key stays in the keyring for older backups, unless `forget_old` and no file needs it still. Raises
    Stopped, with nothing changed.
    """
    old = store.file.key
    _change(store, None, stopping)
    return KeyChange(still_sealed=_left_behind(store, old, forget_old=forget_old))


def _left_behind(store: BookStore, old: BookKey | None, *, forget_old: bool) -> tuple[Path, ...]:
    """The files still sealed with the key of before; forgets it, if it is to be, only if there are none."""
    if old is None or old == store.file.key:
        return ()
    folder = documents_folder(store.path)
    try:
        left = sealed_with(folder, old)
    except EnvironmentProblem:
        # What cannot be looked at may need it.
        left = (folder,)
    if forget_old and not left:
        secrets.remove_secret(_name_of(old.sign))
    return left


def _change(store: BookStore, key: BookKey | None, stopping: Stopping) -> None:
    known = Keys(each for each in (store.file.key, key) if each is not None)
    with exchanging(store.path, key, known.find, lambda: store.file.key, stopping):
        store.change_key(key)


def left_in_clear(book: Path) -> tuple[Path, ...]:
    """What belongs to an encrypted book and can be read without its key: copies, backups, unsealed files."""
    folder = documents_folder(book)
    copies = sorted(book.parent.glob(f"{glob.escape(book.name)}.before-*"))
    plain = [path for path in copies if path.is_file() and path.stat().st_size and sign_of(path) is None]
    backups = backup_folder(book, machine_settings())
    if any(each.manifest is None or not each.manifest.encrypted for each in list_backups(backups)):
        plain.append(backups)
    return (*plain, *([folder] if holds_clear(folder) else []))


def _kept_key(sign: bytes) -> BookKey | None:
    text = secrets.read_secret(_name_of(sign))
    if text is None:
        return None
    try:
        key = BookKey(bytes.fromhex(text))
    except ValueError:
        raise _spoilt() from None
    if key.sign != sign:
        raise _spoilt()
    return key


def _spoilt() -> EnvironmentProblem:
    return KeyringProblem(
        KeyringState.REFUSED,
        "What the keyring holds for this book is not its key.",
        "Enter the recovery phrase; the key is then stored again.",
    )


def _name_of(sign: bytes) -> str:
    return f"book key {sign.hex()}"
