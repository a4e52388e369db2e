"""Opens the search of the whole book, and knows where each kind of row is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.finder import Finder
    from retainerdesk.services.search import SearchPage, SearchResult


class FinderGuide(QObject):
    """Asks the book for the finder.

    Signals: `row_chosen(SearchResult)` for a row of an account, `draft_chosen(id)`, and `settings_asked()`
    for one of our own people.
    """

    row_chosen = Signal(object)
    draft_chosen = Signal(str)
    settings_asked = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.finder: Finder | None = None

    def open(self, typed: str = "") -> None:
        """Open the finder over the window."""
        if self.finder is None:
            from retainerdesk.desktop.finder import Finder

            self.finder = Finder(self._ask, self._window)
            self.finder.chosen.connect(self._go)
        self.finder.open_with(typed)

    def open_empty(self) -> None:
        """Open the finder with an empty field."""
        self.open()

    def _ask(self, typed: str, after: int | None) -> SearchPage:
        from retainerdesk.services.search import search_book

        return self._desk.read(search_book, typed, after=after)

    def _go(self, result: SearchResult) -> None:
        if result.kind == "draft":
            self.draft_chosen.emit(result.id)
        elif result.account_id:
            self.row_chosen.emit(result)
        else:
            self.settings_asked.emit()
