"""The register of issued invoices for a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from retainerdesk.desktop.formatting import day_long, money
from retainerdesk.desktop.theme.icons import IconRole, icon
from retainerdesk.services.invoices import InvoiceRow, InvoiceState

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = ROW_ROLE + 1

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

STATE_WORDS = {
    InvoiceState.OPEN: "Open",
    InvoiceState.PART_PAID: "Part paid",
    InvoiceState.OVERDUE: "Overdue",
    InvoiceState.PAID: "Paid",
    InvoiceState.VOID: "Void",
    InvoiceState.CREDIT: "In credit",
    InvoiceState.SETTLED: "Settled",
}
_ICONS: dict[InvoiceState, tuple[str, IconRole]] = {
    InvoiceState.OPEN: ("clock", "muted"),
    InvoiceState.PART_PAID: ("circle-dashed", "warn"),
    InvoiceState.OVERDUE: ("clock-alert", "bad"),
    InvoiceState.PAID: ("circle-check", "good"),
    InvoiceState.VOID: ("ban", "muted"),
    InvoiceState.CREDIT: ("circle-dashed", "good"),
    InvoiceState.SETTLED: ("circle-check", "muted"),
}
UNSETTLED = frozenset({InvoiceState.OPEN, InvoiceState.PART_PAID, InvoiceState.OVERDUE})


class RegisterColumn(IntEnum):
    """The columns of the register."""

    NUMBER = 0
    ACCOUNT = 1
    ISSUED = 2
    DUE = 3
    TOTAL = 4
    OPEN = 5
    STATE = 6


_HEADINGS = ("Number", "Account", "Issued", "Due", "Total", "Open", "State")
_FIGURES = (RegisterColumn.TOTAL, RegisterColumn.OPEN)


class RegisterModel(QAbstractTableModel):
    """Issued invoices, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[InvoiceRow, ...] = ()

    def set_rows(self, rows: Iterable[InvoiceRow]) -> None:
        """Show other invoices."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[InvoiceRow, ...]:
        return self._rows

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(RegisterColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], RegisterColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return _sort_key(row, column)
        return _look(row, column, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _look(row: InvoiceRow, column: RegisterColumn, role: int) -> object:
    if role == Qt.ItemDataRole.DecorationRole and column is RegisterColumn.STATE:
        return icon(*_ICONS[row.state])
    if role == Qt.ItemDataRole.TextAlignmentRole and column in _FIGURES:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return None


def _text(row: InvoiceRow, column: RegisterColumn) -> str:
    return {
        RegisterColumn.NUMBER: row.number,
        RegisterColumn.ACCOUNT: row.account_name,
        RegisterColumn.ISSUED: day_long(row.issued_on),
        RegisterColumn.DUE: day_long(row.due_on),
        RegisterColumn.TOTAL: money(row.gross),
        RegisterColumn.OPEN: money(row.balance) if row.balance else "–",
        RegisterColumn.STATE: STATE_WORDS[row.state],
    }[column]


def _sort_key(row: InvoiceRow, column: RegisterColumn) -> object:
    """Something Qt can compare: amounts by minor units, days by their ordinal."""
    return {
        RegisterColumn.NUMBER: row.number,
        RegisterColumn.ACCOUNT: row.account_name.casefold(),
        RegisterColumn.ISSUED: _day_key(row.issued_on, row.number),
        RegisterColumn.DUE: _day_key(row.due_on, row.number),
        RegisterColumn.TOTAL: row.gross.minor,
        RegisterColumn.OPEN: row.balance.minor,
        RegisterColumn.STATE: list(STATE_WORDS).index(row.state),
    }[column]


def _day_key(on: date, number: str) -> str:
    return f"{on.isoformat()} {number}"


class RegisterFilter(QSortFilterProxyModel):
    """The invoices whose number or account holds what was typed, in the states asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._states: frozenset[InvoiceState] = frozenset(InvoiceState)
        self.setSortRole(SORT_ROLE)

    def show_only(self, text: str, states: frozenset[InvoiceState]) -> None:
        """Leave out what does not hold `text` or is in another state."""
        self.beginFilterChange()
        self._text = text.strip().casefold()
        self._states = states
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self.sourceModel().index(source_row, 0, source_parent).data(ROW_ROLE)
        if row is None or row.state not in self._states:
            return False
        return self._text in f"{row.number} {row.account_name} {row.account_id}".casefold()
