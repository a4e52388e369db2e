"""Run inside a session bus with a real Secret Service: an encrypted book, its keyring wiped, then locked.

Prints a word for each thing that held. Without a person and a screen a locked keyring stays locked.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import secretstorage

from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.book_keys import Keys, encrypt_book, keep_key, new_key, phrase_key, phrase_of
from retainerdesk.store.book_store import open_book
from retainerdesk.system.secrets import KeyringState
from tests.faults.jobs import CLOCK, make_owing
from tests.system.real_keyring import _until_it_answers


def main(folder: Path) -> None:
    _until_it_answers()
    make_owing(folder)
    book, key = folder / "my.book", new_key()
    with closing(open_book(book, CLOCK)) as store:
        assert encrypt_book(store, key).is_in_keyring
    assert Keys().of(book) == key
    print("kept")
    with closing(secretstorage.dbus_init()) as bus:
        ring = secretstorage.get_default_collection(bus)
        for item in list(ring.get_all_items()):
            item.delete()
        wiped = Keys()
        assert wiped.of(book) is None
        assert wiped.trouble is None
        _opens(book, key)
        print("wiped, opened by phrase")
        keep_key(key)
        assert Keys().of(book) == key
        print("kept again")
        ring.lock()
        locked = Keys()
        assert locked.of(book) is None
        assert locked.trouble is not None
        assert locked.trouble.state is KeyringState.LOCKED
        _opens(book, key)
        print("locked, opened by phrase")


def _opens(book: Path, key: BookKey) -> None:
    found = phrase_key(" ".join(phrase_of(key)), book)
    with closing(open_book(book, CLOCK, key=found)) as store, store.reading() as uow:
        assert uow.connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar() == 3


if __name__ == "__main__":
    main(Path(sys.argv[1]))
