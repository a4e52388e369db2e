"""What is in a book whichever of two keys it has."""

from __future__ import annotations

from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import open_book
from retainerdesk.store.probe import sign_of
from retainerdesk.store.repositories.books import load_book
from tests.faults.jobs import CLOCK, FIRST_KEY, SECOND_KEY, TODAY

# Of each change of key the one of before and the one of afterwards; None: in clear.
KEYS: dict[str, tuple[BookKey | None, BookKey | None]] = {
    "encrypt": (None, FIRST_KEY),
    "rekey": (FIRST_KEY, SECOND_KEY),
    "decrypt": (FIRST_KEY, None),
}
WORDS = {"encrypt": "encrypting", "rekey": "a new key", "decrypt": "decrypting"}


def content_with(path: Path, key: BookKey | None) -> object:
    """Every row, and what a check finds, which is nothing. Raises EnvironmentProblem."""
    store = open_book(path, CLOCK, key=key)
    try:
        with store.reading() as uow:
            book = load_book(uow)
        return book, check_book(store, TODAY)
    finally:
        store.close()


def has_key(path: Path, key: BookKey | None) -> bool:
    """Whether a file says that it needs this key, or none."""
    return sign_of(path) == (None if key is None else key.sign)
