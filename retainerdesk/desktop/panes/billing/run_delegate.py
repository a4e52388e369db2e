"""Paints the rows of the invoice run, and the three choices at the end of each charge."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retainerdesk.desktop.delegates.text_painting import draw_line, draw_paragraph
from retainerdesk.desktop.delegates.two_lines import (
    LEFT,
    RIGHT,
    SIDE,
    paint_ground,
    paint_two_lines,
    row_height,
    text_height,
)
from retainerdesk.desktop.models.frozen_rows import DETAIL_ROLE, ROW_ROLE
from retainerdesk.desktop.models.run_model import RunColumn
from retainerdesk.desktop.models.run_rows import AccountRow, ChargeRow, Choice
from retainerdesk.desktop.panes.billing.segments import SegmentStrip
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.services.tax_rates import TaxHint
from retainerdesk.services.views import ParkedRow

Index = QModelIndex | QPersistentModelIndex
_STRIP = SegmentStrip(
    ((Choice.CREATE, "Create"), (Choice.LATER, "Later"), (Choice.SKIP, "Skip")),
    {Choice.LATER: "neutral", Choice.SKIP: "warn"},
)
_ROW_HEIGHT = 44
_GROUP_HEIGHT = 38


class RunDelegate(QStyledItemDelegate):
    """Rows of four kinds.

    Signals: `chosen(index, key)` when a segment was pressed; `resolve_pressed(index)` of a parked account
    or of a hint.
    """

    chosen = Signal(QModelIndex, str)
    resolve_pressed = Signal(QModelIndex)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if isinstance(row, AccountRow):
            return QSize(0, _GROUP_HEIGHT)
        if index.column() != RunColumn.CHARGE:
            return QSize(choice_width() + 2 * SIDE if index.column() == RunColumn.CHOICE else 0, _ROW_HEIGHT)
        text = index.data(DETAIL_ROLE) if isinstance(row, ChargeRow) else index.data()
        sign = METRICS.icon + SPACING.small
        if isinstance(row, ParkedRow | TaxHint):
            width = max(option.rect.width() - 2 * SIDE - sign, 80)
            needed = text_height(text, width, role_font("strong")) + 2 * SPACING.medium
            return QSize(0, max(_ROW_HEIGHT, needed))
        return QSize(0, row_height(text, option.rect.width(), beside=sign) if text else _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        tokens = current_tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        plain = tokens.panel if isinstance(row, ChargeRow) else tokens.background
        paint_ground(painter, option.rect, plain, is_selected=is_selected)
        room = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        if isinstance(row, ParkedRow | TaxHint):
            _paint_notice(painter, room, index, tokens, is_hint=isinstance(row, TaxHint))
        elif isinstance(row, AccountRow):
            align = RIGHT if index.column() == RunColumn.NET else LEFT
            draw_line(painter, room, str(index.data()), role_font("strong"), tokens.text, align)
        elif isinstance(row, ChargeRow):
            _paint_charge(painter, option.rect, index, row, tokens)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or index.column() != RunColumn.CHOICE:
            return super().editorEvent(event, model, option, index)
        assert isinstance(event, QMouseEvent)
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        row = index.data(ROW_ROLE)
        place = model.index(index.row(), index.column())
        if isinstance(row, ParkedRow | TaxHint):
            self.resolve_pressed.emit(place)
            return True
        key = _STRIP.at(option.rect, event.position().toPoint()) if isinstance(row, ChargeRow) else None
        if key is None:
            return False
        self.chosen.emit(place, key)
        return True


def segment_boxes(cell: QRect) -> list[tuple[Choice, QRect]]:
    """Where the three choices of a cell are, from left to right."""
    return [(Choice(key), box) for key, box in _STRIP.boxes(cell)]


def choice_width() -> int:
    """The width of the three choices together."""
    return _STRIP.width


def _paint_notice(painter: QPainter, room: QRect, index: Index, tokens: Tokens, *, is_hint: bool) -> None:
    if index.column() == RunColumn.CHOICE:
        draw_line(painter, room, str(index.data()), role_font("strong"), tokens.accent, RIGHT)
    if index.column() != RunColumn.CHARGE:
        return
    top = room.top() + SPACING.medium
    sign = QRect(room.left(), top, METRICS.icon, METRICS.icon)
    icon("circle-alert", "warn" if is_hint else "bad").paint(painter, sign)
    words = QRect(
        sign.right() + SPACING.small, top, room.right() - sign.right() - SPACING.small, room.height()
    )
    colour = tokens.warn if is_hint else tokens.bad
    draw_paragraph(painter, words, str(index.data()), role_font("strong"), colour)


def _paint_charge(painter: QPainter, cell: QRect, index: Index, row: ChargeRow, tokens: Tokens) -> None:
    if index.column() == RunColumn.CHOICE:
        _STRIP.paint(painter, cell, row.choice)
        return
    is_figure = index.column() == RunColumn.NET
    colours = (
        tokens.text if row.choice is Choice.CREATE else tokens.muted,
        tokens.warn if row.choice is Choice.SKIP else tokens.muted,
    )
    font = role_font("number") if is_figure else role_font("body")
    paint_two_lines(painter, cell, index, font, colours, is_figure=is_figure)
