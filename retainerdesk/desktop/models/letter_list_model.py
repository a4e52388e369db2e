"""The letters of a dunning run for a table: each to be created, or left for later."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows, Index
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.dunning_run import ProposedLetter

_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class LetterColumn(IntEnum):
    """The columns of a dunning run."""

    CREATE = 0
    STEP = 1
    DOCUMENTS = 2
    ASKS = 3
    NOTE = 4


_COLUMNS = {
    LetterColumn.CREATE: Column("Create for"),
    LetterColumn.STEP: Column("Step"),
    LetterColumn.DOCUMENTS: Column("Documents"),
    LetterColumn.ASKS: Column("Asks for", is_figure=True),
    LetterColumn.NOTE: Column("Note"),
}


class LetterListModel(FrozenRows[ProposedLetter, LetterColumn]):
    """All are to be created until a tick is taken off."""

    def __init__(self, rows: Iterable[ProposedLetter], parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.show_rows(rows)
        self._later: set[int] = set()

    @property
    def chosen(self) -> tuple[ProposedLetter, ...]:
        """The letters with a tick."""
        return tuple(row for place, row in enumerate(self._rows) if place not in self._later)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_tick = index.isValid() and index.column() == LetterColumn.CREATE
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_tick else flags

    def text_of(self, row: ProposedLetter, column: LetterColumn) -> str:
        return _text(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        # Whether a row is ticked depends on where it stands: two letters may be alike.
        if role != Qt.ItemDataRole.CheckStateRole:
            return super().data(index, role)
        if not index.isValid() or self.column(index) is not LetterColumn.CREATE:
            return None
        return _UNCHECKED if index.row() in self._later else _CHECKED

    def look(self, row: ProposedLetter, column: LetterColumn, role: int) -> object:
        if role != Qt.ItemDataRole.ToolTipRole or column is not LetterColumn.NOTE:
            return None
        from retainerdesk.desktop.widgets.text import plain_tooltip

        return plain_tooltip(row.letter.refusal)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        # Qt hands the state over as a number.
        is_on = value in (_CHECKED, _CHECKED.value)
        (self._later.discard if is_on else self._later.add)(index.row())
        self.dataChanged.emit(index, index)
        return True


def _text(row: ProposedLetter, column: LetterColumn) -> str:
    letter = row.letter
    return {
        LetterColumn.CREATE: row.account_name,
        LetterColumn.STEP: step_words(letter.step.id).capitalize(),
        LetterColumn.DOCUMENTS: ", ".join(line.number for line in letter.lines),
        LetterColumn.ASKS: money(letter.total),
        LetterColumn.NOTE: "Without interest" if letter.refusal else "",
    }[column]
