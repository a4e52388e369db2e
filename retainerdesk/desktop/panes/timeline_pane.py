"""The timeline of an account: filters, months, lines, loaded a page at a time by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from retainerdesk.desktop.models.timeline_entries import Entry, TimelineLine, entries_of
from retainerdesk.desktop.models.timeline_model import TimelineModel
from retainerdesk.desktop.models.timeline_words import TimelineNames
from retainerdesk.desktop.panes.timeline_filters import TimelineFilter, TimelineFilters
from retainerdesk.desktop.panes.timeline_list import TimelineList
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.surfaces import hairline, surface
from retainerdesk.domain.period import add_months
from retainerdesk.services.business import list_people
from retainerdesk.services.money_facts import load_money_facts
from retainerdesk.services.timeline import KINDS, Place, TimelinePage, month_figures, timeline_page

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk

PAGE = 80
REMOVABLE = frozenset(
    {"work", "call", "note", "action", "decision", "document", "charge", "expense", "payment"}
)

# Rows that no form changes: Return shows the whole of them instead.
FIXED = frozenset({"invoice", "document"})
# An end is a date of its retainer.
_FORMS = {"ended": "retainer"}


class TimelinePane(QWidget):
    """What happened with one account, newest first.

    Signals, with kind and id of the stored row: `opened(str, str)` to edit it, `remove_wanted(str, str)`,
    `pdf_wanted(str)` with a document's number; `write_down_wanted(str)` with an entry of work; `asked(str)`
    with the word of a dialog, from empty states and for loose work.
    """

    opened = Signal(str, str)
    remove_wanted = Signal(str, str)
    pdf_wanted = Signal(str)
    write_down_wanted = Signal(str)
    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._account_id = ""
        self._until: date | None = None
        self._names = TimelineNames(date.min)
        self._next: Place | None = None
        self.model = TimelineModel(self)
        self.filters = TimelineFilters(parent=self)
        self.list = TimelineList(self.model, self)
        self._pages = QStackedWidget(self)
        self._empty: dict[str, EmptyState] = {}
        self._build()
        self._connect()

    def show_account(self, account_id: str, today: date, retainers: Mapping[str, str]) -> None:
        """Show an account as of `today`; `retainers` are their names by id. Same account: stay in place."""
        other = account_id != self._account_id
        if other or self._until is None or self._until == self._names.today:
            self._until = today
        self._account_id = account_id
        people = {each.id: each.name for each in self._desk.read(list_people)}
        unassigned = self._unassigned(account_id, today) if len(retainers) > 1 else frozenset()
        self._names = TimelineNames(today, people, dict(retainers), unassigned=unassigned)
        if other:
            self.model.forget_expanded()
        self._reload(keep_place=not other)

    def show_from(self, on: date) -> None:
        """Show the timeline from a day backwards."""
        self._until = on
        self._reload(keep_place=False)

    def show_row(self, kind: str, row_id: str, on: date | None) -> bool:
        """Show one stored row, with what happened before it below; whether it is on the timeline."""
        if on is None or kind not in KINDS:
            return False
        self.filters.select("all")
        self.show_from(on)
        index = self.model.place_of(kind, row_id)
        if not index.isValid():
            self.show_from(self._names.today)
            return False
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.list.setFocus()
        return True

    def load_more(self) -> None:
        """Put the next page below, if there is one."""
        if self._next is None or self._until is None:
            return
        page = self._desk.read(
            timeline_page, self._account_id, until=self._until, kinds=self.filters.current.kinds,
            after=self._next, limit=PAGE,
        )  # fmt: skip
        last_month = self._next[0].replace(day=1)
        self._next = page.next_place
        self.model.append(self._entries(page, last_month))

    def _unassigned(self, account_id: str, today: date) -> frozenset[str]:
        """The ids of work that several retainers could take."""
        # Only accounts with two retainers or more need these rules.
        from retainerdesk.services.unassigned import list_unassigned

        return frozenset(entry.id for entry in self._desk.read(list_unassigned, account_id, today))

    def _entries(self, page: TimelinePage, last_month: date | None = None) -> tuple[Entry, ...]:
        """The lines of a page under the months they are in, but for a month that has its heading already."""
        if not page.rows:
            return ()
        first, last = page.rows[-1].on.replace(day=1), page.rows[0].on
        figures = self._desk.read(month_figures, self._account_id, first, add_months(last.replace(day=1), 1))
        by_month = {each.month: each for each in figures}
        return entries_of(page.rows, by_month, self._named(page), last_month=last_month)

    def _named(self, page: TimelinePage) -> TimelineNames:
        """The names with what is known of the documents and payments of a page."""
        money = self._desk.read(load_money_facts, self._account_id, self._names.today, page.rows)
        return replace(
            self._names, invoices=money.invoices, settled_by=money.settled_by, received=money.received,
            charges=money.charges,
        )  # fmt: skip

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        ground = surface("panel", parent=self)
        column.addWidget(ground)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.filters)
        inside.addWidget(hairline())
        self._pages.addWidget(self.list)
        inside.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.filters.filter_changed.connect(self._filter)
        self.filters.day_chosen.connect(self.show_from)
        self.list.near_end.connect(self.load_more)
        self.list.opened.connect(self._open)
        self.list.remove_pressed.connect(self._ask_to_remove)
        self.list.customContextMenuRequested.connect(self._open_menu)

    def _reload(self, *, keep_place: bool) -> None:
        if not self._account_id or self._until is None:
            return
        place = self.list.place() if keep_place else None
        limit = max(PAGE, len(self.model.entries)) if keep_place else PAGE
        page = self._desk.read(
            timeline_page, self._account_id, until=self._until, kinds=self.filters.current.kinds, limit=limit
        )
        self._next = page.next_place
        self.model.show_entries(self._entries(page))
        self.filters.show_day(self._until, self._names.today)
        if place is None:
            self.list.scrollToTop()
        else:
            self.list.go_to(place)
        self._pages.setCurrentWidget(self.list if page.rows else self._empty_state())

    def _empty_state(self) -> EmptyState:
        chosen = self.filters.current
        if chosen.key not in self._empty:
            state = EmptyState(chosen.icon, chosen.empty_title, chosen.empty_sentence, chosen.asks_text)
            state.primary.connect(self._ask)
            self._empty[chosen.key] = state
            self._pages.addWidget(state)
        return self._empty[chosen.key]

    def _ask(self) -> None:
        self.asked.emit(self.filters.current.asks)

    def _filter(self, _chosen: TimelineFilter) -> None:
        self._reload(keep_place=False)

    def _open(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is None:
            return
        if line.kind in FIXED:
            self.model.toggle_expanded(index)
        else:
            self.opened.emit(_FORMS.get(line.kind, line.kind), line.id)

    def _ask_to_remove(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None and line.kind in REMOVABLE:
            self.remove_wanted.emit(line.kind, line.id)

    def _open_menu(self, place: QPoint) -> None:
        line = self.model.line(self.list.indexAt(place))
        if line is None:
            return
        menu = self.menu_for(line)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def menu_for(self, line: TimelineLine) -> QMenu:
        """What can be done with a line."""
        menu = QMenu(self)
        wanted = [] if line.kind in FIXED else [("open", "&Edit…", "pencil")]
        if line.kind == "invoice":
            wanted.append(("pdf", "Save as &PDF…", "download"))
        if line.kind == "work":
            wanted.append(("write_down", "&Write down…", "trending-down"))
        if line.id in self._names.unassigned:
            wanted.append(("assign", "&Charge to a retainer…", "link"))
        if line.detail:
            wanted.append(("expand", "Show &whole text", "eye"))
        if line.kind in REMOVABLE:
            wanted.append(("remove", "&Delete", "trash-2"))
        for word, text, icon_name in wanted:
            action = menu.addAction(icon(icon_name, "muted"), text)
            action.setObjectName(word)
            action.setData((word, line.kind, line.id))
        menu.triggered.connect(self._run_menu)
        return menu

    def _run_menu(self, action: QAction) -> None:
        word, kind, row_id = action.data()
        if word == "open":
            self.opened.emit(_FORMS.get(kind, kind), row_id)
        elif word == "pdf":
            self.pdf_wanted.emit(row_id)
        elif word == "remove":
            self.remove_wanted.emit(kind, row_id)
        elif word == "write_down":
            self.write_down_wanted.emit(row_id)
        elif word == "assign":
            self.asked.emit("assign_work")
        else:
            self.model.toggle_expanded(self.model.place_of(kind, row_id))
