"""What the command palette offers, and what choosing it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from retainerdesk.desktop.action_builder import Actions
    from retainerdesk.desktop.command_palette import CommandPalette, PaletteEntry
    from retainerdesk.desktop.desk import Desk

_SELF = "view.open_palette"


class PaletteGuide(QObject):
    """Offers the accounts and what can be done now. While `is_waiting`, accounts by name alone.

    Signals: `account_chosen(id)`; `find_asked(words)` to look for what was typed in the whole book.
    """

    account_chosen = Signal(str)
    find_asked = Signal(str)

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._window = window
        self.palette: CommandPalette | None = None
        self.is_waiting = False

    def open(self) -> None:
        """Open the palette over the window."""
        if self.palette is None:
            from retainerdesk.desktop.command_palette import CommandPalette

            self.palette = CommandPalette(self._window)
            self.palette.chosen.connect(self._choose)
            self.palette.offer_beside(_find_entry)
        self.palette.offer((*self.action_entries(), *self.account_entries()))

    def action_entries(self) -> tuple[PaletteEntry, ...]:
        """What can be done now, in the order of the menus."""
        from retainerdesk.desktop.command_palette import PaletteEntry, shortcut_text

        return tuple(
            PaletteEntry(
                "action", spec.id, self._actions[spec.id].text().replace("&", ""),
                shortcut_text(spec.shortcut), spec.icon, spec.words,
            )
            for spec in self._actions.usable()
            if spec.id != _SELF
        )  # fmt: skip

    def account_entries(self) -> tuple[PaletteEntry, ...]:
        """The accounts, those that need you first."""
        from retainerdesk.desktop.command_palette import PaletteEntry
        from retainerdesk.services.account_list import account_names, load_account_list

        if self.is_waiting:
            names = self._desk.read(account_names)
        else:
            rows = self._desk.read(load_account_list, self._desk.today())
            names = tuple((row.id, row.name) for row in rows)
        return tuple(PaletteEntry("account", key, name, "Account", "users", key) for key, name in names)

    def _choose(self, kind: str, key: str) -> None:
        if kind == "account":
            self.account_chosen.emit(key)
        elif kind == "find":
            self.find_asked.emit(key)
        else:
            self._actions[key].trigger()


def _find_entry(typed: str) -> PaletteEntry:
    """The line that leads from what was typed here to the search of the whole book."""
    from retainerdesk.desktop.command_palette import PaletteEntry, shortcut_text

    shown = typed if len(typed) <= 40 else f"{typed[:40]}…"
    return PaletteEntry("find", typed, f"Find “{shown}” in the whole book", shortcut_text("Ctrl+F"), "search")
