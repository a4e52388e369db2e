"""Overage of closed periods for a table: what waits for a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.formatting import money, span
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.services.overage import OverageRow

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE = ROW_ROLE + 1

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
DECISION_WORDS = {
    OverageDecision.ASK: "not decided",
    OverageDecision.BILL: "billed",
    OverageDecision.ABSORB: "absorbed",
    OverageDecision.CARRY: "carried on",
    OverageDecision.OFFSET: "offset",
}


class OverageColumn(IntEnum):
    """The columns of the overage inbox."""

    WHOSE = 0
    PERIOD = 1
    OVER = 2
    PRICE = 3
    DECISION = 4


_HEADINGS = ("Account", "Period", "Over", "At the plan's price", "Decide")


class OverageModel(QAbstractTableModel):
    """One row a period. What waits comes first, the oldest on top; what is decided the newest on top."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: tuple[OverageRow, ...] = ()

    @property
    def rows(self) -> tuple[OverageRow, ...]:
        return self._rows

    def set_rows(self, rows: Iterable[OverageRow], today: date) -> None:
        """Show other periods."""
        known = tuple(rows)
        decided = tuple(reversed([row for row in known if not row.is_open]))
        self.beginResetModel()
        self._today = today
        self._rows = (*(row for row in known if row.is_open), *decided)
        self.endResetModel()

    def row(self, index: Index) -> OverageRow | None:
        """What stands in the row of `index`."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(OverageColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        column = OverageColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role in (ROW_ROLE, DETAIL_ROLE):
            return row if role == ROW_ROLE else _detail(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (self._text(row, column), _detail(row, column)) if part)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (OverageColumn.OVER, OverageColumn.PRICE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= OverageColumn.OVER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: OverageRow, column: OverageColumn) -> str:
        return {
            OverageColumn.WHOSE: row.account_name,
            OverageColumn.PERIOD: span(row.span, self._today),
            OverageColumn.OVER: over_words(row),
            OverageColumn.PRICE: money(row.price),
            OverageColumn.DECISION: DECISION_WORDS[row.decision],
        }[column]


def over_words(row: OverageRow) -> str:
    """How much is over, as the plan counts it."""
    return amount_words(row.unit, row.minutes, row.price.currency)


def _detail(row: OverageRow, column: OverageColumn) -> str:
    """The line under the account: the retainer, and why it was decided so."""
    if column is not OverageColumn.WHOSE:
        return ""
    if row.is_open:
        return row.retainer_name
    return " · ".join(part for part in (row.retainer_name, row.reason) if part)
