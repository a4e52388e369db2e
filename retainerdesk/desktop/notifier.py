"""Says once that something became due: through the tray, or in the window where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from retainerdesk.desktop.due_words import message_of

if TYPE_CHECKING:
    from retainerdesk.desktop.tray import Tray
    from retainerdesk.domain.due_item import DueItem


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
