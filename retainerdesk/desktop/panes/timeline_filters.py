"""The line above the timeline: what kinds of rows are shown, and from which day backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QButtonGroup, QCalendarWidget, QHBoxLayout, QMenu, QWidget, QWidgetAction

from retainerdesk.desktop.delegates.timeline_delegate import SIDE
from retainerdesk.desktop.formatting import day, day_long
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import HintButton, link_button, make_button
from retainerdesk.desktop.widgets.flow_layout import FlowLayout

_NARROW = 600


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """A choice of kinds (None: all), and what an empty timeline says and offers under it."""

    key: str
    text: str
    kinds: frozenset[str] | None
    icon: str
    empty_title: str
    empty_sentence: str
    asks: str = ""
    asks_text: str = ""


FILTERS = (
    TimelineFilter(
        "all", "All", None, "history", "Nothing has happened yet",
        "Calls, hours, notes, invoices and decisions of this account stand here, newest first.",
        "log_call", "Log the first call",
    ),
    TimelineFilter(
        "calls", "Calls", frozenset({"call"}), "phone", "No calls yet",
        "Log a call, and how quiet this account is can be told from its own rhythm.", "log_call", "Log call",
    ),
    TimelineFilter(
        "notes", "Notes", frozenset({"note"}), "sticky-note", "No notes yet",
        "A note keeps what should not be forgotten until the next call.", "note", "Add note",
    ),
    TimelineFilter(
        "work", "Work", frozenset({"work", "action"}), "timer", "No hours yet",
        "Hours show how much of the allowance is used, and what the margin is.", "work", "Add hours",
    ),
    TimelineFilter(
        "money", "Money", frozenset({"invoice", "payment", "charge", "expense", "letter"}), "receipt-text",
        "No money yet",
        "Invoices, payments, one-off charges and expenses stand here once there are any.",
        "issue_invoices", "Issue invoices",
    ),
    TimelineFilter(
        "decisions", "Decisions", frozenset({"decision", "plan", "retainer", "notice", "ended"}), "gavel",
        "No decisions yet", "Write down what was decided and why; the next renewal will ask.", "decision",
        "Add decision",
    ),
    TimelineFilter(
        "documents", "Documents", frozenset({"document"}), "paperclip", "No documents yet",
        "Attach the signed agreement, so that it stands beside the rules in force.", "attach", "Attach file",
    ),
)  # fmt: skip


class TimelineFilters(QWidget):
    """One filter is on. Left and Right move between them; Tab passes them as one stop.

    Signals: `filter_changed(TimelineFilter)`; `day_chosen(date)`, the newest day to show.
    """

    filter_changed = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, filters: Sequence[TimelineFilter] = FILTERS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = tuple(filters)
        self._day: date | None = None
        self._today: date | None = None
        self._group = QButtonGroup(self)
        self.back = link_button("Back to today")
        self.date = make_button("", "calendar", "tab")
        self._build()
        self._group.idClicked.connect(self._tell_filter)
        self.date.clicked.connect(self.choose_day)
        self.back.clicked.connect(self._go_back)

    @property
    def current(self) -> TimelineFilter:
        """The filter in force."""
        return self._filters[self._group.checkedId()]

    def select(self, key: str) -> None:
        """Choose a filter as a click would. Raises StopIteration for a key that is not offered."""
        index = next(i for i, each in enumerate(self._filters) if each.key == key)
        self._group.button(index).click()

    def show_day(self, on: date, today: date) -> None:
        """Say from which day the timeline runs back."""
        self._day, self._today = on, today
        self._write_day()
        self.back.setVisible(on != today)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_day()

    def choose_day(self) -> None:
        """Open the calendar below the date."""
        self.date.setChecked(False)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(self._calendar(menu))
        menu.addAction(holder)
        menu.popup(self.date.mapToGlobal(QPoint(0, self.date.height())))

    def _calendar(self, menu: QMenu) -> QCalendarWidget:
        calendar = QCalendarWidget(menu)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, QTextCharFormat())
        calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.NoVerticalHeader)
        if self._day is not None and self._today is not None:
            calendar.setMaximumDate(QDate(self._today.year, self._today.month, self._today.day))
            calendar.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        calendar.activated.connect(self._choose)
        calendar.clicked.connect(self._choose)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        return calendar

    def _build(self) -> None:
        row = QHBoxLayout(self)
        # The words of a tab stand 7 px inside its button, those of the timeline on the margin.
        row.setContentsMargins(SIDE - 7, SPACING.tight, SIDE - 7, SPACING.tight)
        row.setSpacing(2)
        tabs = QWidget(self)
        flow = FlowLayout(tabs, spacing=2)
        for index, each in enumerate(self._filters):
            button: HintButton = make_button(each.text, "", "tab")
            self._group.addButton(button, index)
            flow.addWidget(button)
        self._group.button(0).setChecked(True)
        row.addWidget(tabs, 1)
        row.addWidget(self.back)
        self.date.setCheckable(False)
        self.date.setAccessibleName("Jump to a day")
        self.date.setToolTip("Jump to a day")
        row.addWidget(self.date)
        self.back.hide()

    def _write_day(self) -> None:
        """The whole date, or where there is little room a short one without its icon."""
        if self._day is None:
            return
        is_narrow = self.width() < _NARROW
        self.date.setText(day(self._day, self._today) if is_narrow else day_long(self._day))
        self.date.setIcon(QIcon() if is_narrow else icon("calendar", "muted"))

    def _tell_filter(self, index: int) -> None:
        self.filter_changed.emit(self._filters[index])

    def _choose(self, chosen: QDate) -> None:
        self.day_chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))

    def _go_back(self) -> None:
        if self._today is not None:
            self.day_chosen.emit(self._today)
