"""What the window shows while the figures of all accounts are being added up: none, or those of then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retainerdesk.desktop.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.palette_guide import PaletteGuide
    from retainerdesk.desktop.screen_makers import ScreenMakers
    from retainerdesk.desktop.screens import Screens


class WaitingFigures:
    """Holds the places that need figures of today, while `is_under_way`.

    With `shows_earlier` the list of accounts is one that was kept, and says of what day it is.
    """

    def __init__(self, desk: Desk, screens: Screens, makers: ScreenMakers, guide: PaletteGuide) -> None:
        self._desk = desk
        self._screens, self._makers, self._guide = screens, makers, guide
        self.is_under_way = self.shows_earlier = False

    def are_at_hand(self) -> bool:
        """Whether the figures of all accounts only have to be read; adding them up takes a while."""
        from retainerdesk.services.account_list import list_is_at_hand

        read_only = self._desk.context.store.read_only
        return read_only or self._desk.read(list_is_at_hand, self._desk.today())

    def show_earlier(self) -> bool:
        """Wait with the figures of an earlier day in the list; False, nothing done, without any."""
        from retainerdesk.services.account_list import load_earlier_list

        earlier = self._desk.read(load_earlier_list, self._desk.today())
        if earlier is None:
            return False
        self.shows_earlier = True
        self._makers.use_earlier(earlier)
        self._hold(frozenset({"today"}))
        return True

    def show_none(self) -> None:
        """Wait with nothing but the notice that the figures are being added up."""
        self._hold(frozenset({"today", "accounts"}))

    def end(self) -> None:
        """Show the figures of today."""
        self.is_under_way = self.shows_earlier = self._guide.is_waiting = False
        self._makers.show_todays()
        self._screens.release()

    def _hold(self, places: frozenset[str]) -> None:
        self.is_under_way = self._guide.is_waiting = True
        self._screens.hold(
            places,
            EmptyState(
                "calculator", "Adding up the accounts…",
                "The figures of a new day, of a new book, or of work that was cut off are added up once."
                " The line at the foot says how far it is.",
            ),
        )  # fmt: skip
