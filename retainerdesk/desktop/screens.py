"""The places of the window, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from retainerdesk.desktop.widgets.nav_bar import NavItem

if TYPE_CHECKING:
    from retainerdesk.services.results import Changes

PLACES = (
    NavItem("today", "Today", "sun"),
    NavItem("accounts", "Accounts", "users"),
    NavItem("billing", "Billing", "receipt-text"),
)


class Screen(Protocol):
    """What a screen offers beside being a widget."""

    def refresh(self, changes: Changes) -> None: ...


MakeScreen = Callable[[], QWidget]


class Screens(QObject):
    """Shows one place at a time. Those never shown are never made, and cost nothing.

    Signals: `shown(key)` after another place came into view; `made(key, QWidget)` once a place.
    """

    shown = Signal(str)
    made = Signal(str, object)

    def __init__(self, stack: QStackedWidget, makers: dict[str, MakeScreen]) -> None:
        super().__init__(stack)
        self._stack = stack
        self._makers = makers
        self._screens: dict[str, QWidget] = {}
        self._current = ""
        self._waiting: QWidget | None = None
        self._held: frozenset[str] = frozenset()

    @property
    def current(self) -> str:
        """The key of the place in view; empty before the first."""
        return self._current

    def show(self, key: str) -> None:
        """Bring a place into view, or the notice in its place. Raises KeyError for one there is not."""
        screen = self._waiting if self._waiting is not None and key in self._held else self.screen(key)
        self._stack.setCurrentWidget(screen)
        if key != self._current:
            self._current = key
            # The keys belong to the screen now, not to the button that led here.
            screen.setFocus()
            self.shown.emit(key)

    def hold(self, keys: frozenset[str], notice: QWidget) -> None:
        """Show `notice` until a place is shown, and in place of these ones until `release`."""
        self._waiting, self._held = notice, keys
        self._stack.addWidget(notice)
        self._stack.setCurrentWidget(notice)

    def release(self) -> None:
        """Take the notice away; the place it stood for comes into view."""
        notice, self._waiting = self._waiting, None
        if notice is None:
            return
        if self._current in self._held:
            screen = self.screen(self._current)
            self._stack.setCurrentWidget(screen)
            screen.setFocus()
        self._stack.removeWidget(notice)
        notice.deleteLater()

    def screen(self, key: str) -> QWidget:
        """The widget of a place; made now if it was not."""
        if key not in self._screens:
            screen = self._makers[key]()
            self._screens[key] = screen
            self._stack.addWidget(screen)
            self.made.emit(key, screen)
        return self._screens[key]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all places."""
        return frozenset(self._makers)

    @property
    def all_made(self) -> tuple[QWidget, ...]:
        """The widgets of the places that were made."""
        return tuple(self._screens.values())

    def refresh(self, changes: Changes) -> None:
        """Tell every place there is what has changed in the book."""
        for screen in self._screens.values():
            screen.refresh(changes)  # type: ignore[attr-defined]
