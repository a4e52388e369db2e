"""What a use-case answers: its value, and which kinds of thing it changed.

Screens listen to the changes and reload only what concerns them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Generic, TypeVar


@dataclass(frozen=True, slots=True)
class Changes:
    """Which kinds of thing a use-case changed. `account_ids` empty means: any account may be concerned."""

    accounts: bool = False
    agreement: bool = False
    relationship: bool = False
    work: bool = False
    money: bool = False
    dates: bool = False
    business: bool = False
    account_ids: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        """Both together; if either concerns any account, so does the sum."""
        everywhere = not self.account_ids or not other.account_ids
        ids = frozenset[str]() if everywhere else self.account_ids | other.account_ids
        flags = {name: getattr(self, name) or getattr(other, name) for name in _FLAGS}
        return Changes(**flags, account_ids=ids)

    def concerns(self, account_id: str) -> bool:
        """Whether a screen showing this account should reload."""
        return not self.account_ids or account_id in self.account_ids


_FLAGS = tuple(field.name for field in fields(Changes) if field.name != "account_ids")

T = TypeVar("T")

EVERYTHING = Changes(True, True, True, True, True, True, True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The value of a use-case together with what it changed."""

    value: T
    changes: Changes
