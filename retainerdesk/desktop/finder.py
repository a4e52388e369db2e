"""Ctrl+F: words looked for in the whole book while they are typed; Enter goes to where the row is.

It asks in the thread of the window, once typing pauses: first results are bounded to a page and cost less
than a frame, and an answer that comes at once needs no waiting sign.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QListView, QStackedWidget, QVBoxLayout, QWidget

from retainerdesk.desktop.delegates.finder_delegate import FinderDelegate
from retainerdesk.desktop.models.finder_model import FinderModel
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.row_steps import RowSteps, place_below_top
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.surfaces import column, surface
from retainerdesk.desktop.widgets.text import DataLabel, data_label
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.services.search import SearchPage

PAUSE_MS = 60
_WIDTH, _HEIGHT = 720, 520
_NEAR_END_PX = 300
_PAGE_ROWS = 7

Ask = Callable[[str, int | None], SearchPage]
"""What is found for words, from a place on (None: the first page)."""


class Finder(QDialog):
    """The search over the window. Arrow keys move, Enter chooses, Escape clears and then closes.

    Signals: `chosen(SearchResult)` after it has closed.
    """

    chosen = Signal(object)

    def __init__(self, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Find in the whole book")
        self.resize(_WIDTH, _HEIGHT)
        self._ask = ask
        self._next: int | None = None
        self._asked = ""
        self.model = FinderModel(self)
        self.field = SearchField("Find in the whole book", parent=self)
        self.list = QListView(self)
        self._steps = RowSteps(self.field, self.list, _PAGE_ROWS)
        self.foot: DataLabel = data_label("", "detail")
        self._pages = QStackedWidget(self)
        self._start = EmptyState(
            "search", "Look for a word",
            "Names, numbers of invoices, and everything that was written: work, calls, notes, letters,"
            " reasons. The beginning of a word is enough.",
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._nothing = QWidget(self)
        QVBoxLayout(self._nothing)
        self._build()
        self._connect()

    def open_with(self, typed: str = "") -> None:
        """Open below the top of the window, with words that were typed elsewhere."""
        place_below_top(self, 10)
        self.field.setText(typed)
        self.look()
        self.open()
        self.field.setFocus()

    def look(self) -> None:
        """Look for what stands in the field now."""
        self._timer.stop()
        self._asked = self.field.text()
        page = self._ask(self._asked, None)
        self._next = page.next_place
        self.model.show_results(page.results)
        self.list.scrollToTop()
        self._steps.mark(0)
        self._show_page(page)

    def choose_current(self) -> None:
        """Close and go to the marked row."""
        if self._timer.isActive():
            self.look()
        result = self.model.result(self.list.currentIndex())
        if result is None:
            return
        self.accept()
        self.chosen.emit(result)

    def _build(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        card = surface("card")
        around.addWidget(card)
        inside = column(card, margin=SPACING.small)
        inside.addWidget(self.field)
        prepare_view(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FinderDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What was found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self.list, self._start, self._nothing):
            self._pages.addWidget(page)
        inside.addWidget(self._pages, 1)
        self.foot.setContentsMargins(SPACING.medium, 0, SPACING.medium, 0)
        inside.addWidget(self.foot)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._look_soon)
        self.field.returnPressed.connect(self.choose_current)
        self._steps.stepping.connect(self._load_to)
        self._timer.timeout.connect(self.look)
        self.list.clicked.connect(self._choose)
        self.list.verticalScrollBar().valueChanged.connect(self._watch_end)

    def _choose(self, _index: QModelIndex) -> None:
        self.choose_current()

    def _look_soon(self, _text: str) -> None:
        self._timer.start()

    def _show_page(self, page: SearchPage) -> None:
        if page.results:
            self._pages.setCurrentWidget(self.list)
        elif page.is_empty_question:
            self._pages.setCurrentWidget(self._start)
        else:
            self._say_nothing()
        self._show_foot()

    def _say_nothing(self) -> None:
        """The sentence names what was looked for, so it is made anew."""
        layout = self._nothing.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        shown = self._asked.strip()
        shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
        layout.addWidget(
            EmptyState(
                "search", f"Nothing found for “{shown}”",
                "Every word has to be in a row, or in the name of its account. Try fewer words, or only how"
                " one begins.",
            )
        )  # fmt: skip
        self._pages.setCurrentWidget(self._nothing)

    def _show_foot(self) -> None:
        count = self.model.rowCount()
        if not count:
            self.foot.set_text("")
            return
        found = "1 result" if count == 1 else f"{count} results"
        more = ", more below" if self._next is not None else ""
        self.foot.set_text(f"{found}{more} · names first, then the newest · Enter goes there")

    def _watch_end(self, value: int) -> None:
        if self._next is not None and value >= self.list.verticalScrollBar().maximum() - _NEAR_END_PX:
            self._load_more()

    def _load_more(self) -> None:
        page = self._ask(self._asked, self._next)
        self._next = page.next_place
        self.model.append(page.results)
        self._show_foot()

    def _load_to(self, row: int) -> None:
        if self._next is not None and row >= self.model.rowCount():
            self._load_more()
