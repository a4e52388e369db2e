"""The base of tables that show a tuple of frozen rows: read-only, columns declared as records.

A model says what its columns are and what a cell reads; the base answers Qt. What a cell looks like beyond
its text and side is `look`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE = ROW_ROLE + 1

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Row = TypeVar("Row")
Place = TypeVar("Place", bound=IntEnum)


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column. Figures stand at the right, and so does what is above a `is_choice`."""

    heading: str
    is_figure: bool = False
    is_choice: bool = False
    tip: str = ""


class FrozenRows(QAbstractTableModel, Generic[Row, Place]):
    """Rows as they are given. `columns` names every member of the enum `Place` once, in order."""

    def __init__(self, columns: Mapping[Place, Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns, self._places = columns, tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def text_of(self, row: Row, column: Place) -> str:
        """What a cell reads."""
        raise NotImplementedError

    def detail_of(self, row: Row, column: Place) -> str | None:
        """The line under it; none unless a model has some."""

    def spoken(self, row: Row, column: Place) -> str:
        """What a screen reader says of a cell: its text and the line under it."""
        parts = (self.text_of(row, column), self.detail_of(row, column))
        return ", ".join(part for part in parts if part)

    def look(self, row: Row, column: Place, role: int) -> object:
        """Colour, font, icon: what Qt asks for beyond texts and sides; none unless a model has some."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def reorder(self, rows: Iterable[Row], name_of: Callable[[Row], Hashable]) -> None:
        """Show the same rows in another order; what is selected stays selected by its name."""
        self.layoutAboutToBeChanged.emit()
        before = [(index, name_of(self._rows[index.row()])) for index in self.persistentIndexList()]
        self._rows = tuple(rows)
        places = {name_of(row): place for place, row in enumerate(self._rows)}
        for index, name in before:
            self.changePersistentIndex(index, self.index(places[name], index.column()))
        self.layoutChanged.emit()

    def row(self, index: Index) -> Row | None:
        """What stands in the row of `index`."""
        return self._rows[index.row()] if index.isValid() else None

    def column(self, index: Index) -> Place:
        """Which column `index`, a valid one, stands in."""
        return self._places[index.column()]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        column = self.column(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row, column)
        if role in (ROW_ROLE, DETAIL_ROLE):
            return row if role == ROW_ROLE else self.detail_of(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[column].is_figure else None
        return self.look(row, column, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._places):
            return None
        column = self.columns[self._places[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole and (column.is_figure or column.is_choice):
            return _RIGHT
        return None
