"""Paints a row of the account list: name and amount, what stands out, and how much is used."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from retainerdesk.desktop.charts.mini_bar import HEIGHT, paint_mini_bar
from retainerdesk.desktop.delegates.text_painting import draw_line
from retainerdesk.desktop.models.account_groups import AccountGroup, AccountLine
from retainerdesk.desktop.models.account_list_model import LINE_ROLE
from retainerdesk.desktop.theme.fonts import ui_font
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens
from retainerdesk.desktop.widgets.text import role_font

_ROW_HEIGHT = 64
_GROUP_HEIGHT = 32
_MARK_WIDTH = 3
_SIDE = SPACING.large + _MARK_WIDTH
_CHEVRON = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AccountDelegate(QStyledItemDelegate):
    """Headings and accounts, for a QTreeView without branches."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = isinstance(index.data(LINE_ROLE), AccountGroup)
        return QSize(option.rect.width(), _GROUP_HEIGHT if heading else _ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, AccountGroup):
            _paint_group(painter, option, entry, index)
        else:
            _paint_ground(painter, option)
            _paint_account(painter, option.rect.adjusted(_SIDE, 0, -SPACING.large, 0), entry)
        painter.restore()


def _paint_group(
    painter: QPainter,
    option: QStyleOptionViewItem,
    group: AccountGroup,
    index: QModelIndex | QPersistentModelIndex,
) -> None:
    room = option.rect.adjusted(SPACING.large, SPACING.small, -SPACING.large, 0)
    _text(painter, room, group.title, role_font("group"), current_tokens().muted_on_weak, _LEFT)
    view = option.widget
    opened = isinstance(view, QTreeView) and view.isExpanded(index.model().index(index.row(), 0))
    name = "chevron-down" if opened else "chevron-right"
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not opened or hovered or option.state & QStyle.StateFlag.State_HasFocus:
        box = QRect(room.right() - _CHEVRON, room.center().y() - _CHEVRON // 2, _CHEVRON, _CHEVRON)
        icon(name, "muted").paint(painter, box)
    if option.state & QStyle.StateFlag.State_HasFocus:
        _focus_ring(painter, QRectF(option.rect))


def _focus_ring(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(current_tokens().accent), 1))
    painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens = current_tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.accent_weak))
        mark = QRect(option.rect)
        mark.setWidth(_MARK_WIDTH)
        painter.fillRect(mark, QColor(tokens.accent))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.hover))
    if option.state & QStyle.StateFlag.State_HasFocus:
        _focus_ring(painter, QRectF(option.rect))


def _paint_account(painter: QPainter, room: QRect, line: AccountLine) -> None:
    tokens = current_tokens()
    first = QRect(room.left(), room.top() + 9, room.width(), 20)
    second = QRect(room.left(), room.top() + 30, room.width(), 20)
    _pair(painter, first, (line.name, role_font("strong")), (line.amount, ui_font(tabular=True)), tokens)
    side = METRICS.icon
    icon(line.icon, "muted").paint(painter, QRect(second.left(), second.top() + 2, side, side))
    beside = second.adjusted(side + SPACING.small - 2, 0, 0, 0)
    colour = tokens.muted_on_weak
    used = _text(painter, beside, line.share_text, role_font("detail"), colour, _RIGHT)
    _text(painter, beside.adjusted(0, 0, -used, 0), line.words, role_font("small"), colour, _LEFT)
    if line.share is not None:
        bar = QRectF(room.left(), room.top() + 52, room.width(), HEIGHT)
        paint_mini_bar(painter, bar, line.share, line.bar_tone, tokens)


def _pair(
    painter: QPainter, box: QRect, left: tuple[str, QFont], right: tuple[str, QFont], tokens: Tokens
) -> None:
    used = _text(painter, box, *right, tokens.text, _RIGHT)
    _text(painter, box.adjusted(0, 0, -used, 0), *left, tokens.text, _LEFT)


def _text(painter: QPainter, box: QRect, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag) -> int:
    """Draw one line; the width it takes, with a gap, so that what stands beside it keeps clear."""
    used = draw_line(painter, box, text, font, colour, align)
    return used + SPACING.small if used else 0
