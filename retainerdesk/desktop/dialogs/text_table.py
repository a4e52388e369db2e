"""A small table of texts to type into: contacts, cost rates, what a payment settles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from retainerdesk.desktop.widgets.views import prepare_view

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column: its heading, whether it can be typed into, whether figures stand at the right."""

    heading: str
    is_editable: bool = True
    is_figure: bool = False


class TextTable(QAbstractTableModel):
    """Rows of plain texts. What they mean is read when the dialog is accepted."""

    def __init__(self, columns: Sequence[TextColumn], rows: Iterable[Sequence[str]] = ()) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows = [list(row) for row in rows]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The texts as they stand, without spaces at their ends."""
        return tuple(tuple(text.strip() for text in row) for row in self._rows)

    def set_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = [list(row) for row in rows]
        self.endResetModel()

    def add_row(self, row: Sequence[str]) -> int:
        """Append a row and return where it stands."""
        place = len(self._rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.append(list(row))
        self.endInsertRows()
        return place

    def remove_row(self, place: int) -> None:
        """Take a row out."""
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._rows[place]
        self.endRemoveRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[index.column()].is_figure:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self._rows[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_type = self._columns[index.column()].is_editable
        return flags | Qt.ItemFlag.ItemIsEditable if can_type else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].is_figure:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def show_table(view: QTableView, model: TextTable) -> None:
    """Give a view its table: columns share the width, a click or F2 starts typing."""
    prepare_view(view, framed=True)
    model.setParent(view)
    view.setModel(model)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.setEditTriggers(
        QTableView.EditTrigger.DoubleClicked
        | QTableView.EditTrigger.AnyKeyPressed
        | QTableView.EditTrigger.EditKeyPressed
        | QTableView.EditTrigger.SelectedClicked
    )


def show_choices(view: QTableView, model: TextTable) -> None:
    """Give a view a table one row of which is chosen: columns as wide as their words, the first the rest."""
    show_table(view, model)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    header = view.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def begin_row(view: QTableView, model: TextTable, row: Sequence[str]) -> None:
    """Append a row and start typing into it."""
    place = model.add_row(row)
    view.setCurrentIndex(model.index(place, 0))
    view.setFocus()
    view.edit(model.index(place, 0))


def remove_current(view: QTableView, model: TextTable) -> None:
    """Take the row out that the keyboard is in, if it is in one."""
    if view.currentIndex().isValid():
        model.remove_row(view.currentIndex().row())
