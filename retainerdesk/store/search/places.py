"""The number of a row in the index, made so that the best comes last: tier, then date, then the row's key.

SQLite walks an index backwards and stops when a page is full, so the order of a page costs nothing. Sorting
by a score instead would read every row that has a common word, half a million of them after ten years.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from retainerdesk.store.search.sources import BY_CODE

_CODES = 1 << 5
_KEYS = 1 << 32
_DAYS = 1 << 22

# One private character stands for an account, or for a kind of row: nobody can type it, and it is one word.
_ACCOUNT_SIGNS = 0xF0000
_KIND_SIGNS = 0xE000
_MOST_ACCOUNTS = 0x10FFFD - _ACCOUNT_SIGNS


class Place(NamedTuple):
    """Which row a number stands for."""

    code: int
    pk: int
    day: int

    @property
    def number(self) -> int:
        """Its number in the index; fits into 63 bits."""
        return ((BY_CODE[self.code].tier * _DAYS + self.day) * _KEYS + self.pk) * _CODES + self.code


def place_of(number: int) -> Place:
    """The row behind a number; its code may be unknown if the index is damaged."""
    rest, code = divmod(number, _CODES)
    rest, pk = divmod(rest, _KEYS)
    return Place(code, pk, rest % _DAYS)


def first_of_tier(tier: int) -> int:
    """The lowest number a row of that tier can have."""
    return tier * _DAYS * _KEYS * _CODES


def day_of(on_date: str) -> int:
    """The day of a stored date; 0 for none, and for one that is damaged."""
    try:
        return date.fromisoformat(on_date).toordinal()
    except ValueError:
        return 0


def account_sign(pk: int) -> str:
    """The word that stands for the account with that number among the named; "" beyond 131,000 of them."""
    return chr(_ACCOUNT_SIGNS + pk) if 0 < pk <= _MOST_ACCOUNTS else ""


def kind_sign(code: int) -> str:
    """The word that stands for a kind of row."""
    return chr(_KIND_SIGNS + code)
