"""Says once that something became due: through the tray, or in the window where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from retainerdesk.desktop.formatting import house_style
from retainerdesk.domain.due import DueKind

if TYPE_CHECKING:
    from retainerdesk.desktop.tray import Tray
    from retainerdesk.domain.due import DueItem

_MOST_LINES = 4
_LONGEST_LINE = 90


class Notifier(QObject):
    """One message for all new items. The list on the Today screen stays the truth.

    Signals: `shown_inside(title, body)` when there is no tray to show it, so the window does.
    """

    shown_inside = Signal(str, str)

    def __init__(self, tray: Tray, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = tray

    def tell(self, items: Sequence[DueItem]) -> None:
        """Show one message for `items`."""
        title, body = message_of(items)
        self.say(title, body)

    def say(self, title: str, body: str) -> None:
        """Show a message, plain text."""
        if not self._tray.is_available:
            self.shown_inside.emit(title, body)
        elif self._tray.reads_markup:
            self._tray.show_message(title, escape(body, quote=False))
        else:
            self._tray.show_message(title, body)


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
    line = " ".join(f"{item.account_name}: {text}".split())
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"
