"""The account list for a tree view: groups at the top, their accounts below. Read-only over tuples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.models.account_groups import AccountGroup, AccountLine, account_groups
from retainerdesk.desktop.widgets.text import plain_tooltip
from retainerdesk.services.summaries import AccountSummary

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex
_TOP = 0


class AccountListModel(QAbstractItemModel):
    """Rows answer `LINE_ROLE` with an AccountLine, headings with an AccountGroup.

    The internal id of an index is 0 for a heading, else the number of its group plus one.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: tuple[AccountSummary, ...] = ()
        self._wanted = ""
        self._groups: tuple[AccountGroup, ...] = ()

    @property
    def groups(self) -> tuple[AccountGroup, ...]:
        """The groups shown."""
        return self._groups

    @property
    def summaries(self) -> tuple[AccountSummary, ...]:
        """All accounts, also those the filter hides."""
        return self._summaries

    def show_accounts(self, summaries: Sequence[AccountSummary]) -> None:
        """Show these accounts, through the filter in force."""
        self._summaries = tuple(summaries)
        self._arrange()

    def set_filter(self, wanted: str) -> None:
        """Leave only the accounts that `wanted` finds; an empty text finds all."""
        self._wanted = wanted
        self._arrange()

    def place_of(self, account_id: str) -> QModelIndex:
        """The index of an account; invalid if it is not shown."""
        for row, group in enumerate(self._groups):
            for position, line in enumerate(group.lines):
                if line.id == account_id:
                    return self.createIndex(position, 0, row + 1)
        return QModelIndex()

    def first_account(self) -> QModelIndex:
        """The first account shown; invalid if there is none."""
        return self.createIndex(0, 0, 1) if self._groups else QModelIndex()

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        parent = parent or QModelIndex()
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, child: _Index | None = None) -> QModelIndex:  # type: ignore[override]
        if child is None or not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: _Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, _parent: _Index | None = None) -> int:
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == _TOP:
            return Qt.ItemFlag.ItemIsEnabled
        kind = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return kind | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        entry = self.entry(index)
        if entry is None:
            return None
        if role == LINE_ROLE:
            return entry
        if isinstance(entry, AccountGroup):
            return entry.title if role == Qt.ItemDataRole.DisplayRole else None
        return {
            int(Qt.ItemDataRole.DisplayRole): entry.name,
            int(Qt.ItemDataRole.ToolTipRole): plain_tooltip(f"{entry.name}\n{entry.words}"),
            int(Qt.ItemDataRole.AccessibleTextRole): entry.spoken,
        }.get(int(role))

    def entry(self, index: _Index) -> AccountGroup | AccountLine | None:
        """What stands at an index; None for an invalid one."""
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            return self._groups[index.row()]
        return self._groups[index.internalId() - 1].lines[index.row()]

    def _arrange(self) -> None:
        self.beginResetModel()
        self._groups = account_groups(self._summaries, self._wanted)
        self.endResetModel()
