"""What is typed into a filter, compared with names as a reader sees them and not as they are stored."""

from __future__ import annotations

from collections.abc import Iterable

from retainerdesk.domain.names import as_read


def has_all(text: str, wanted: Iterable[str]) -> bool:
    """Whether every word is somewhere in `text`, both `as_read`. Nothing in a word is special."""
    return all(word in text for word in wanted)


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a filter, as read."""
    return tuple(as_read(typed).split())
