"""What is typed into a filter, compared with names as a reader sees them and not as they are stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def searchable(text: str) -> str:
    """`text` without case, without marks nobody sees, and with one form of each letter (NFKC).

    Full-width letters and ligatures are found by plain ones. It is for comparing only: what is kept and shown
    stays as it was typed.
    """
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", seen.casefold())


def has_all(text: str, wanted: Iterable[str]) -> bool:
    """Whether every searchable word is somewhere in the searchable `text`. Nothing in a word is special."""
    return all(word in text for word in wanted)


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a filter, searchable."""
    return tuple(searchable(typed).split())
