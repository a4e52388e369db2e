"""The timeline for a list view: headings and lines, appended page by page. Read-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.models.timeline_entries import Entry, MonthHead, TimelineLine
from retainerdesk.desktop.widgets.text import plain_tooltip

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
LAST_IN_MONTH_ROLE = ENTRY_ROLE + 1
EXPANDED_ROLE = ENTRY_ROLE + 2
_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Answers `ENTRY_ROLE` with a MonthHead or a TimelineLine.

    `EXPANDED_ROLE` says whether the whole text of a line is shown, `LAST_IN_MONTH_ROLE` whether a heading or
    nothing follows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._expanded: set[tuple[str, str]] = set()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything shown, in order."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these instead; lines that were expanded stay so."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def append(self, entries: Sequence[Entry]) -> None:
        """Put a further page below."""
        if not entries:
            return
        first = len(self._entries)
        self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
        self._entries = (*self._entries, *entries)
        self.endInsertRows()
        self._tell(first - 1)

    def forget_expanded(self) -> None:
        """Show every line short again; before the lines of another account."""
        self._expanded.clear()

    def toggle_expanded(self, index: _Index) -> None:
        """Show the whole text of a line, or its short form again."""
        line = self.line(index)
        if line is not None:
            self._expanded ^= {(line.kind, line.id)}
            self._tell(index.row())

    def line(self, index: _Index) -> TimelineLine | None:
        """The line at an index; None for a heading."""
        entry = self._entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, TimelineLine) else None

    def place_of(self, kind: str, row_id: str) -> QModelIndex:
        """The index of a stored row; invalid if it is not shown."""
        for row, entry in enumerate(self._entries):
            if isinstance(entry, TimelineLine) and (entry.kind, entry.id) == (kind, row_id):
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.line(index) is None:
            return Qt.ItemFlag.NoItemFlags
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if isinstance(entry, MonthHead):
            return entry.title if role == Qt.ItemDataRole.DisplayRole else None
        if role == EXPANDED_ROLE:
            return (entry.kind, entry.id) in self._expanded
        if role == LAST_IN_MONTH_ROLE:
            return self._is_last(index.row())
        return {
            int(Qt.ItemDataRole.DisplayRole): entry.title,
            int(Qt.ItemDataRole.ToolTipRole): plain_tooltip(entry.full_text),
            int(Qt.ItemDataRole.AccessibleTextRole): entry.full_text,
        }.get(int(role))

    def _is_last(self, row: int) -> bool:
        return row + 1 >= len(self._entries) or isinstance(self._entries[row + 1], MonthHead)

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))
