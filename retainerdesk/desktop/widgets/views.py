"""Item views and date fields in the house's manner, made in code or in a form alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTreeView

from retainerdesk.desktop.theme.tokens import SPACING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDateEdit, QListWidget

_ROW_HEIGHT = 34


def prepare_view(view: QAbstractItemView, *, framed: bool = False) -> None:
    """Make a list, tree or table calm: rows selected whole, no grid, no frame unless `framed`.

    Call it before the view is filled: Qt measures rows when it lays them out, and until the
    style sheet has seen the view it measures them without their padding.
    """
    view.setProperty("framed", "true" if framed else "false")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    if isinstance(view, QTableView):
        _prepare_table(view)
    if isinstance(view, QTreeView):
        view.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.ensurePolished()


def _prepare_table(table: QTableView) -> None:
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    # Tab leaves the table; arrows walk inside it.
    table.setTabKeyNavigation(False)


def widen_columns(table: QTableView, widths: Iterable[tuple[int, int]]) -> None:
    """Give columns the width they have by design, or what rows need to show an amount whole.

    Wider than half as much again none becomes, so that one long text cannot push the others out.
    """
    for column, width in widths:
        if not table.isColumnHidden(column):
            needed = table.sizeHintForColumn(column)
            table.setColumnWidth(column, max(width, min(needed, width * 3 // 2)))


def prepare_date_field(field: QDateEdit) -> None:
    """Give a date field its calendar, without the red weekends Qt paints in any theme."""
    from PySide6.QtGui import QTextCharFormat

    field.setCalendarPopup(True)
    calendar = field.calendarWidget()
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.NoVerticalHeader)


def arrange_rows(view: QListWidget) -> None:
    """Give rows of words room: they wrap instead of running out at the side, and stand apart."""
    view.setWordWrap(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSpacing(SPACING.tight)
