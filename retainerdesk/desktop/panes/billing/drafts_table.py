"""The table of drafts: texts edited in place, lines moved by keys, rows as high as their text."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from retainerdesk.desktop.delegates.two_lines import paint_ground, paint_two_lines, row_height
from retainerdesk.desktop.models.drafts_model import (
    DraftColumn,
    DraftsModel,
    DraftTableRow,
    HeadRow,
    LineRow,
)
from retainerdesk.desktop.models.frozen_rows import DETAIL_ROLE, ROW_ROLE
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.invoice import ChargeKey
from retainerdesk.services.issue_drafts import DraftView

Index = QModelIndex | QPersistentModelIndex
_EDITOR_SPACE = 4


class DraftsDelegate(QStyledItemDelegate):
    """Drafts on a quiet ground, their lines below; what changed since is in the colour of a warning."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, row_height(index.data(DETAIL_ROLE), option.rect.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DraftTableRow = index.data(ROW_ROLE)
        tokens = current_tokens()
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        plain = tokens.background if isinstance(row, HeadRow) else tokens.panel
        paint_ground(painter, option.rect, plain, is_selected=is_selected)
        _paint_text(painter, option.rect, index, row)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The editor stands where the text does, and as high as a field needs."""
        del index
        height = max(editor.sizeHint().height(), QFontMetrics(role_font("body")).height() + SPACING.small)
        box = option.rect.adjusted(_EDITOR_SPACE, _EDITOR_SPACE, -_EDITOR_SPACE, 0)
        editor.setGeometry(box.left(), box.top(), box.width(), min(height, option.rect.height()))


def _paint_text(painter: QPainter, cell: QRect, index: Index, row: DraftTableRow) -> None:
    tokens = current_tokens()
    is_figure = index.column() == DraftColumn.NET
    is_head = isinstance(row, HeadRow)
    strong = is_head and index.column() != DraftColumn.SERVICE
    font = role_font("strong" if strong else "number" if is_figure else "body")
    colour = tokens.muted if is_head and index.column() == DraftColumn.SERVICE else tokens.text
    is_warning = bool(row.view.obstacle) if isinstance(row, HeadRow) else row.drafted.has_changed
    colours = (colour, tokens.warn if is_warning else tokens.muted)
    paint_two_lines(painter, cell, index, font, colours, is_figure=is_figure)


class DraftsTable(QTableView):
    """Keyboard and mouse choose drafts and lines.

    Signals: `moved(int)` for Alt+Up (-1) and Alt+Down (1) on a line; `delete_asked()` for the Delete key;
    `row_changed(DraftTableRow | None)`.
    """

    moved = Signal(int)
    delete_asked = Signal()
    row_changed = Signal(object)

    def __init__(self, model: DraftsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Drafts and their lines")
        self.setAccessibleDescription(
            "F2 edits the text of a line, Alt with Up or Down moves it, Delete gives up what is chosen"
        )
        self._model = model
        prepare_view(self, framed=True)
        self.setWordWrap(True)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setItemDelegate(DraftsDelegate(self))
        self.selectionModel().currentRowChanged.connect(self._tell)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(DraftColumn.TEXT, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(DraftColumn.SERVICE, 170)
        self.setColumnWidth(DraftColumn.NET, 130)

    # What is chosen

    @property
    def current(self) -> DraftTableRow | None:
        """The row the keyboard is on."""
        return self._model.row(self.currentIndex())

    def _selected(self) -> list[DraftTableRow]:
        places = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._model.rows[place] for place in places]

    def selected_drafts(self) -> tuple[DraftView, ...]:
        """The drafts of the selected rows, each once, in order."""
        return tuple({row.view.draft.id: row.view for row in self._selected()}.values())

    def selected_lines(self) -> tuple[ChargeKey, ...]:
        """The lines chosen of one draft; none where a whole draft or several are chosen."""
        rows = self._selected()
        lines = [row for row in rows if isinstance(row, LineRow)]
        alone = len({row.view.draft.id for row in rows}) == 1
        return tuple(row.key for row in lines) if alone and len(lines) == len(rows) else ()

    # Staying where one was

    def show_rows(self, wanted: DraftTableRow | None) -> None:
        """After the model changed: rows as high as their text, the keyboard on `wanted`, or the first row."""
        self.resizeRowsToContents()
        if not self._model.rows:
            self.row_changed.emit(None)
            return
        rows = self._model.rows
        same = next((i for i, row in enumerate(rows) if _is_same(row, wanted)), None)
        near = next((i for i, row in enumerate(rows) if _draft_of(row) == _draft_of(wanted)), 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        place = near if same is None else same
        self.selectionModel().setCurrentIndex(self._model.index(place, DraftColumn.TEXT), flags)

    def go_to_draft(self, draft_id: str) -> None:
        """Put the keyboard on a draft, if it is there."""
        for row in self._model.rows:
            if row.view.draft.id == draft_id:
                self.show_rows(row)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key(key) in steps:
            self.moved.emit(steps[Qt.Key(key)])
            return
        if key == Qt.Key.Key_Delete:
            self.delete_asked.emit()
            return
        # The field of a text passes Return on once it has taken it.
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_editing:
            if isinstance(self.current, LineRow):
                self.edit(self._model.index(self.currentIndex().row(), DraftColumn.TEXT))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def _tell(self, current: QModelIndex) -> None:
        self.row_changed.emit(self._model.row(current))


def _draft_of(row: DraftTableRow | None) -> str:
    return row.view.draft.id if row is not None else ""


def _is_same(row: DraftTableRow, other: DraftTableRow | None) -> bool:
    """Whether both are the same draft, or the same line, whatever was edited meanwhile."""
    if other is None or type(row) is not type(other) or _draft_of(row) != _draft_of(other):
        return False
    return not isinstance(row, LineRow) or not isinstance(other, LineRow) or row.key == other.key
