"""What accounts owe, for a table: one row an account and currency, sorted here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from retainerdesk.desktop.formatting import day, money, number
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.receivables import OwedRow


class OwedColumn(IntEnum):
    """The columns of the list."""

    ACCOUNT = 0
    OPEN = 1
    NOT_DUE = 2
    TO_30 = 3
    TO_60 = 4
    TO_90 = 5
    OVER_90 = 6
    CREDIT = 7
    DAYS_LATE = 8
    NEXT = 9


_BUCKETS = (OwedColumn.NOT_DUE, OwedColumn.TO_30, OwedColumn.TO_60, OwedColumn.TO_90, OwedColumn.OVER_90)

_COLUMNS = {
    OwedColumn.ACCOUNT: Column("Account"),
    OwedColumn.OPEN: Column("Open", is_figure=True, tip="Open documents less unused credit notes"),
    OwedColumn.NOT_DUE: Column("Not due", is_figure=True),
    OwedColumn.TO_30: Column("1–30", is_figure=True),
    OwedColumn.TO_60: Column("31–60", is_figure=True),
    OwedColumn.TO_90: Column("61–90", is_figure=True),
    OwedColumn.OVER_90: Column("Over 90", is_figure=True),
    OwedColumn.CREDIT: Column("Credit", is_figure=True, tip="Money received that settles nothing yet"),
    OwedColumn.DAYS_LATE: Column(
        "Days late", is_figure=True, tip="Average days late over all invoices, open ones so far"
    ),
    OwedColumn.NEXT: Column("Next step", tip="The next letter of dunning"),
}


class OwedModel(FrozenRows[OwedRow, OwedColumn]):
    """Rows in the order asked for; at first as they are given: most past due on top."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._today = today
        self._given: tuple[OwedRow, ...] = ()
        self._column: OwedColumn | None = None
        self._order = Qt.SortOrder.DescendingOrder

    def set_rows(self, rows: Iterable[OwedRow], today: date) -> None:
        """Show other rows, in the order that was asked for."""
        self._today, self._given = today, tuple(rows)
        self.show_rows(self._sorted())

    def place_of(self, account_id: str, currency: str = "") -> int | None:
        """Where an account stands (in one currency, if named); None if it is not shown."""
        for place, row in enumerate(self._rows):
            if row.account_id == account_id and currency in ("", row.currency):
                return place
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = OwedColumn(column) if column >= 0 else None, order
        self.reorder(self._sorted(), _name)

    def _sorted(self) -> tuple[OwedRow, ...]:
        if self._column is None:
            return self._given
        column, is_descending = self._column, self._order == Qt.SortOrder.DescendingOrder
        return tuple(sorted(self._given, key=lambda row: _key(row, column), reverse=is_descending))

    def spoken(self, row: OwedRow, column: OwedColumn) -> str:
        return f"{self.columns[column].heading}: {self.text_of(row, column)}"

    def look(self, row: OwedRow, column: OwedColumn, role: int) -> object:
        return _colour(row, column) if role == Qt.ItemDataRole.ForegroundRole else None

    def text_of(self, row: OwedRow, column: OwedColumn) -> str:
        if column is OwedColumn.ACCOUNT:
            return row.account_name
        if column is OwedColumn.NEXT:
            return next_words(row, self._today)
        if column is OwedColumn.DAYS_LATE:
            return "–" if row.average_days_late is None else number(row.average_days_late, 1)
        amount = _amount(row, column)
        return money(amount) if amount else "–"


def next_words(row: OwedRow, today: date) -> str:
    """Such as "First notice now" or "Reminder from 24 Nov"."""
    following = row.next_letter
    if following is None:
        return "–"
    when = "now" if following.is_due else f"from {day(following.due_on, today)}"
    return f"{step_words(following.step.id).capitalize()} {when}"


def _name(row: OwedRow) -> tuple[str, str]:
    return row.account_id, row.currency


def _amount(row: OwedRow, column: OwedColumn) -> Money:
    if column in _BUCKETS:
        return row.ageing.amounts[_BUCKETS.index(column)]
    return row.credit if column is OwedColumn.CREDIT else row.open


def _key(row: OwedRow, column: OwedColumn) -> tuple[object, ...]:
    if column is OwedColumn.ACCOUNT:
        return (name_order(row.account_name, row.account_id), row.currency)
    if column is OwedColumn.DAYS_LATE:
        return (row.average_days_late is not None, row.average_days_late or 0)
    if column is OwedColumn.NEXT:
        following = row.next_letter
        return (following is not None, following.due_on if following else date.min)
    return (row.currency, _amount(row, column).minor)


def _colour(row: OwedRow, column: OwedColumn) -> QColor | None:
    tokens = current_tokens()
    if column in (OwedColumn.TO_60, OwedColumn.TO_90, OwedColumn.OVER_90) and _amount(row, column).minor > 0:
        return QColor(tokens.bad)
    if column is OwedColumn.TO_30 and _amount(row, column).minor > 0:
        return QColor(tokens.warn)
    if column is OwedColumn.NEXT and row.next_letter is not None and row.next_letter.is_due:
        return QColor(tokens.warn)
    if OwedColumn.OPEN <= column <= OwedColumn.CREDIT and not _amount(row, column):
        return QColor(tokens.muted)
    return None
