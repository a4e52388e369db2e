"""Ctrl+K: type a few letters, press Enter: an action is run or an account opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from retainerdesk.desktop.fuzzy import score
from retainerdesk.desktop.theme.icons import button_icon_size, icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.row_steps import RowSteps, place_below_top
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.surfaces import column, surface
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.desktop.widgets.views import prepare_view

Index = QModelIndex | QPersistentModelIndex
_MOST_ENTRIES = 50
_WIDTH, _HEIGHT = 620, 420
_PAGE_ROWS = 8
_REMARK = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line: what it starts (kind and key), its words, a remark at the right, more words to find it by."""

    kind: str
    key: str
    text: str
    remark: str = ""
    icon_name: str = "arrow-right"
    words: str = ""


def ranked(entries: Sequence[PaletteEntry], typed: str) -> tuple[PaletteEntry, ...]:
    """The entries that fit what was typed, the best first; all in their own order if nothing was."""
    if not typed.strip():
        return tuple(entries)
    scored = [(score(typed, f"{entry.text} {entry.words}"), entry) for entry in entries]
    fitting = [(points, entry) for points, entry in scored if points is not None]
    fitting.sort(key=lambda each: -each[0])
    return tuple(entry for _points, entry in fitting[:_MOST_ENTRIES])


class PaletteModel(QAbstractListModel):
    """The lines on offer, read only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PaletteEntry, ...] = ()

    def show(self, entries: tuple[PaletteEntry, ...]) -> None:
        """Offer these lines."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> PaletteEntry | None:
        """The line at `row`, if there is one."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(entry.icon_name, "muted")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text}, {entry.remark}" if entry.remark else entry.text
        return entry.remark if role == _REMARK else None


class _RemarkDelegate(QStyledItemDelegate):
    """Draws the remark, muted, at the right of the line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        remark = index.data(_REMARK)
        if not remark:
            return
        painter.save()
        painter.setFont(role_font("detail"))
        painter.setPen(QColor(current_tokens().muted))
        room = option.rect.adjusted(0, 0, -SPACING.medium, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, remark)
        painter.restore()


class CommandPalette(QDialog):
    """The palette over the window. Arrow keys move, Enter chooses, Escape closes.

    Signals: `chosen(kind, key)` after it has closed.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Search or do anything")
        self.resize(_WIDTH, _HEIGHT)
        self._entries: tuple[PaletteEntry, ...] = ()
        self._beside: Callable[[str], PaletteEntry] | None = None
        self._model = PaletteModel(self)
        self.field = SearchField("Search or do anything", parent=self)
        self.list = QListView(self)
        self._steps = RowSteps(self.field, self.list, _PAGE_ROWS)
        self._build()
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self.choose_current)
        self.list.clicked.connect(self.choose_current)

    def offer(self, entries: Sequence[PaletteEntry]) -> None:
        """Open with these entries and an empty field, below the top of the window."""
        self._entries = tuple(entries)
        self.field.clear()
        self._filter("")
        place_below_top(self, 8)
        self.open()
        self.field.setFocus()

    def offer_beside(self, entry: Callable[[str], PaletteEntry]) -> None:
        """Below what fits also offer a line that is made of what was typed."""
        self._beside = entry

    def choose_current(self) -> None:
        """Close and start the marked line."""
        entry = self._model.entry(self.list.currentIndex().row())
        if entry is None:
            return
        self.accept()
        self.chosen.emit(entry.kind, entry.key)

    def _build(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        card = surface("card")
        around.addWidget(card)
        inside = column(card, margin=SPACING.small)
        inside.addWidget(self.field)
        prepare_view(self.list)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RemarkDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(button_icon_size())
        self.list.setAccessibleName("Actions and accounts")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.addWidget(self.list, 1)

    def _filter(self, typed: str) -> None:
        fitting = ranked(self._entries, typed)
        words = typed.strip()
        self._model.show((*fitting, self._beside(words)) if self._beside and words else fitting)
        self._steps.mark(0)


def shortcut_text(shortcut: str) -> str:
    """A portable shortcut as this platform writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
