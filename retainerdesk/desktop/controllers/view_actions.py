"""Places, palette and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.theme.theme import apply_theme

if TYPE_CHECKING:
    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.desktop.screens import Screens
    from retainerdesk.services.machine import ThemeChoice


class ViewActions(QObject):
    """What the View menu does.

    Signals: `palette_asked()`, `finder_asked()`, `quit_asked()`.
    """

    palette_asked = Signal()
    finder_asked = Signal()
    quit_asked = Signal()

    def __init__(self, screens: Screens, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._screens = screens
        self._preferences = preferences

    def show_today(self) -> None:
        self._screens.show("today")

    def show_accounts(self) -> None:
        self._screens.show("accounts")

    def show_billing(self) -> None:
        self._screens.show("billing")

    def open_palette(self) -> None:
        self.palette_asked.emit()

    def find_in_book(self) -> None:
        self.finder_asked.emit()

    def quit(self) -> None:
        self.quit_asked.emit()

    def use_light(self) -> None:
        self._use("light")

    def use_dark(self) -> None:
        self._use("dark")

    def use_system(self) -> None:
        self._use("system")

    def _use(self, choice: ThemeChoice) -> None:
        apply_theme(cast(QApplication, QApplication.instance()), choice)
        self._preferences.change(theme=choice)
