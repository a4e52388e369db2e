"""The letters of a dunning run for a table: each to be created, or left for later."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.formatting import money
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.dunning_run import ProposedLetter

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class LetterColumn(IntEnum):
    """The columns of a dunning run."""

    CREATE = 0
    STEP = 1
    DOCUMENTS = 2
    ASKS = 3
    NOTE = 4


_HEADINGS = ("Create for", "Step", "Documents", "Asks for", "Note")


class LetterListModel(QAbstractTableModel):
    """All are to be created until a tick is taken off."""

    def __init__(self, rows: Iterable[ProposedLetter], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self._later: set[int] = set()

    @property
    def chosen(self) -> tuple[ProposedLetter, ...]:
        """The letters with a tick."""
        return tuple(row for place, row in enumerate(self._rows) if place not in self._later)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(LetterColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_tick = index.isValid() and index.column() == LetterColumn.CREATE
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_tick else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], LetterColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is LetterColumn.CREATE:
            return _UNCHECKED if index.row() in self._later else _CHECKED
        if role == Qt.ItemDataRole.TextAlignmentRole and column is LetterColumn.ASKS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column is LetterColumn.NOTE:
            from retainerdesk.desktop.widgets.text import plain_tooltip

            return plain_tooltip(row.letter.refusal)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        # Qt hands the state over as a number.
        is_on = value in (_CHECKED, _CHECKED.value)
        (self._later.discard if is_on else self._later.add)(index.row())
        self.dataChanged.emit(index, index)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == LetterColumn.ASKS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return _HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None


def _text(row: ProposedLetter, column: LetterColumn) -> str:
    letter = row.letter
    return {
        LetterColumn.CREATE: row.account_name,
        LetterColumn.STEP: step_words(letter.step.id).capitalize(),
        LetterColumn.DOCUMENTS: ", ".join(line.number for line in letter.lines),
        LetterColumn.ASKS: money(letter.total),
        LetterColumn.NOTE: "Without interest" if letter.refusal else "",
    }[column]
