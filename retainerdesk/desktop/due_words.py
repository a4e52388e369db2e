"""Due items in a few plain words, for messages and menus."""

from __future__ import annotations

from collections.abc import Sequence

from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.due_item import DueItem, DueKind

_MOST_LINES = 4
_LONGEST_LINE = 90
_LONGEST_NAME = 40


def message_of(items: Sequence[DueItem]) -> tuple[str, str]:
    """Title and lines of one message: the first four items, and how many more there are."""
    title = "1 thing needs you" if len(items) == 1 else f"{len(items)} things need you"
    lines = [line_of(item) for item in items[:_MOST_LINES]]
    more = len(items) - _MOST_LINES
    if more > 0:
        lines.append(f"and {more} more")
    return title, "\n".join(lines)


def line_of(item: DueItem) -> str:
    """One item in one line: who, and why."""
    # The rules write plain amounts and dates; what a person typed stays as it is.
    text = item.text if item.kind is DueKind.ACTION_DUE else house_style(item.text)
    name = in_sentence(item.account_name, _LONGEST_NAME)
    return f"{name}: {in_sentence(text, _LONGEST_LINE - len(name) - 2)}"
