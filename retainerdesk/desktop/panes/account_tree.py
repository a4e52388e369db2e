"""The tree that shows the account list: one column, groups that fold, keys that lead to the filter."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from retainerdesk.desktop.delegates.account_delegate import AccountDelegate
from retainerdesk.desktop.models.account_groups import RESTING, AccountGroup, AccountLine
from retainerdesk.desktop.models.account_list_model import AccountListModel
from retainerdesk.desktop.widgets.views import prepare_view

_Index = QModelIndex | QPersistentModelIndex


class AccountTree(QTreeView):
    """Accounts under headings. A click or Return on a heading folds it; what is folded is remembered.

    Signals: `account_changed(str)` when another account is chosen by the user; `account_opened(str)` for
    Return or a double click; `typed(str)` with what was typed, for the filter.
    """

    account_changed = Signal(str)
    account_opened = Signal(str)
    typed = Signal(str)

    def __init__(self, model: AccountListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._folded: set[str] = set(RESTING)
        self._quiet = False
        self.setAccessibleName("Accounts")
        prepare_view(self)
        self.setModel(model)
        self.setItemDelegate(AccountDelegate(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.expanded.connect(self._unfold)
        self.collapsed.connect(self._fold)

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the groups that are folded."""
        return frozenset(self._folded)

    def set_folded(self, keys: AbstractSet[str]) -> None:
        """Fold exactly these groups."""
        self._folded = set(keys)
        self.unfold_all(only_filtered=False)

    def unfold_all(self, *, only_filtered: bool) -> None:
        """Open what is not folded; `only_filtered`: open everything, since a filter chose the rows."""
        self._quiet = True
        for row, group in enumerate(self._model.groups):
            opened = only_filtered or group.key not in self._folded
            self.setExpanded(self._model.index(row, 0), opened)
        self._quiet = False

    def select(self, account_id: str) -> bool:
        """Select an account without telling; False if it is not in the list. Its group is unfolded."""
        place = self._model.place_of(account_id)
        if not place.isValid():
            return False
        self._quiet = True
        self.setExpanded(place.parent(), True)
        self.setCurrentIndex(place)
        self._quiet = False
        return True

    def account_at(self, index: _Index) -> str:
        """The id of the account at an index; "" for a heading."""
        entry = self._model.entry(index)
        return entry.id if isinstance(entry, AccountLine) else ""

    def step(self, rows: int) -> None:
        """Move the choice down (or, negative, up) to another account, over headings."""
        index = self.currentIndex()
        for _ in range(self._model.rowCount() + 1):
            beside = self.indexBelow(index) if rows > 0 else self.indexAbove(index)
            index = beside if index.isValid() else self._model.first_account()
            if not index.isValid() or self.account_at(index):
                break
        if index.isValid():
            self.setCurrentIndex(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        account_id = self.account_at(current)
        if account_id and not self._quiet:
            self.account_changed.emit(account_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if isinstance(self._model.entry(index), AccountGroup):
            if event.button() == Qt.MouseButton.LeftButton:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        account_id = self.account_at(self.indexAt(event.position().toPoint()))
        if account_id:
            self.account_opened.emit(account_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Nothing: headings carry their own sign, rows stand at the edge."""

    def _open_current(self) -> None:
        index = self.currentIndex()
        if isinstance(self._model.entry(index), AccountGroup):
            self.setExpanded(index, not self.isExpanded(index))
        elif account_id := self.account_at(index):
            self.account_opened.emit(account_id)

    def _fold(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, AccountGroup) and not self._quiet:
            self._folded.add(entry.key)

    def _unfold(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, AccountGroup) and not self._quiet:
            self._folded.discard(entry.key)
