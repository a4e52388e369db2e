"""The table of the overage inbox: two lines a row, four decisions at its end, keys for them."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from retainerdesk.desktop.delegates.two_lines import SIDE, paint_ground, paint_two_lines, row_height
from retainerdesk.desktop.models.frozen_rows import DETAIL_ROLE, ROW_ROLE
from retainerdesk.desktop.models.overage_model import OverageColumn, OverageModel
from retainerdesk.desktop.panes.billing.segments import SegmentStrip
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.services.overage import OverageRow

Index = QModelIndex | QPersistentModelIndex
_NEEDED_WIDTH = 780
_KEYS = {
    Qt.Key.Key_B: OverageDecision.BILL,
    Qt.Key.Key_A: OverageDecision.ABSORB,
    Qt.Key.Key_C: OverageDecision.CARRY,
    Qt.Key.Key_O: OverageDecision.OFFSET,
}
_STRIP = SegmentStrip(
    (
        (OverageDecision.BILL, "Bill"),
        (OverageDecision.ABSORB, "Absorb…"),
        (OverageDecision.CARRY, "Carry"),
        (OverageDecision.OFFSET, "Offset"),
    ),
    {OverageDecision.ABSORB: "warn", OverageDecision.CARRY: "neutral", OverageDecision.OFFSET: "neutral"},
)


class OverageDelegate(QStyledItemDelegate):
    """Signals: `chosen(index, key)` when a decision was pressed."""

    chosen = Signal(QModelIndex, str)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, row_height(index.data(DETAIL_ROLE) or " ", option.rect.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: OverageRow = index.data(ROW_ROLE)
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect
        paint_ground(painter, box, tokens.panel, is_selected=is_selected)
        if index.column() == OverageColumn.DECISION:
            _STRIP.paint(painter, box, None if row.is_open else row.decision.value)
        else:
            _paint_text(painter, box, index, row)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        is_release = event.type() == QEvent.Type.MouseButtonRelease
        if not is_release or index.column() != OverageColumn.DECISION:
            return super().editorEvent(event, model, option, index)
        assert isinstance(event, QMouseEvent)
        key = decision_at(option.rect, event)
        if key is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.chosen.emit(model.index(index.row(), index.column()), key)
        return True


def decision_at(cell: QRect, event: QMouseEvent) -> str | None:
    """The decision under the mouse."""
    return _STRIP.at(cell, event.position().toPoint())


def decision_boxes(cell: QRect) -> dict[str, QRect]:
    """Where the decisions of a cell are."""
    return dict(_STRIP.boxes(cell))


def _paint_text(painter: QPainter, cell: QRect, index: Index, row: OverageRow) -> None:
    tokens = current_tokens()
    is_figure = index.column() in (OverageColumn.OVER, OverageColumn.PRICE)
    is_name = index.column() == OverageColumn.WHOSE
    font = role_font("number" if is_figure else "strong" if is_name else "body")
    colours = (tokens.text if row.is_open else tokens.muted, tokens.muted)
    paint_two_lines(painter, cell, index, font, colours, is_figure=is_figure)


class OverageTable(QTableView):
    """Keyboard and mouse decide.

    Signals: `decided(OverageRow, OverageDecision)`; `row_changed(OverageRow | None)`.
    """

    decided = Signal(object, object)
    row_changed = Signal(object)

    def __init__(self, model: OverageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Overage of closed periods")
        self.setAccessibleDescription("B bills, A absorbs, C carries, O offsets the overage of the row")
        self._model = model
        prepare_view(self, framed=True)
        self.setWordWrap(True)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        delegate = OverageDelegate(self)
        self.setItemDelegate(delegate)
        delegate.chosen.connect(self._chosen)
        self.selectionModel().currentRowChanged.connect(self._tell)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(OverageColumn.WHOSE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(OverageColumn.PERIOD, 150)
        self.setColumnWidth(OverageColumn.OVER, 100)
        self.setColumnWidth(OverageColumn.PRICE, 140)
        self.setColumnWidth(OverageColumn.DECISION, _STRIP.width + 2 * SIDE)

    def show_rows(self, wanted: OverageRow | None) -> None:
        """After the model changed: rows as high as their text, the keyboard on `wanted` or the first."""
        self.resizeRowsToContents()
        place = next((i for i, row in enumerate(self._model.rows) if _is_same(row, wanted)), 0)
        if self._model.rows:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self._model.index(place, 0), flags)
        else:
            self.row_changed.emit(None)

    @property
    def current(self) -> OverageRow | None:
        """The row the keyboard is on."""
        return self._model.row(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        decision = _KEYS.get(Qt.Key(event.key()))
        row = self.current
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if decision is not None and row is not None and is_plain:
            self.decided.emit(row, decision)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # How much is over stands beside the table, too; whose it is does not.
        self.setColumnHidden(OverageColumn.OVER, self.width() < _NEEDED_WIDTH)
        self.resizeRowsToContents()

    def _chosen(self, index: QModelIndex, key: str) -> None:
        row = self._model.row(index)
        if row is not None:
            self.decided.emit(row, OverageDecision(key))

    def _tell(self, current: QModelIndex) -> None:
        self.row_changed.emit(self._model.row(current))


def _is_same(row: OverageRow, other: OverageRow | None) -> bool:
    """Whether both are the overage of one period, whatever was decided."""
    if other is None:
        return False
    return (row.account_id, row.retainer_id, row.span) == (other.account_id, other.retainer_id, other.span)
