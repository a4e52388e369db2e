"""Paints the timeline: month headings with their sums, and lines of two rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retainerdesk.desktop.delegates.text_painting import draw_line, draw_paragraph
from retainerdesk.desktop.models.timeline_entries import MonthHead, TimelineLine
from retainerdesk.desktop.models.timeline_model import ENTRY_ROLE, EXPANDED_ROLE, LAST_IN_MONTH_ROLE
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens, Tone
from retainerdesk.desktop.widgets.text import role_font

SIDE = SPACING.section
_HEAD_HEIGHT = 45
_LINE_HEIGHT = 58
_SHORT_LINE_HEIGHT = 40
_AFTER_MONTH = 14
_DAY_WIDTH = 34
_TEXT_LEFT = 76
_ROW = 20
_RIGHT_WIDTH = 190
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class TimelineDelegate(QStyledItemDelegate):
    """For a QListView that is as wide as its viewport."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry = index.data(ENTRY_ROLE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        if isinstance(entry, MonthHead):
            return QSize(width, _HEAD_HEIGHT)
        after = _AFTER_MONTH if index.data(LAST_IN_MONTH_ROLE) else 0
        if index.data(EXPANDED_ROLE):
            return QSize(width, _expanded_height(entry, width) + after)
        return QSize(width, (_LINE_HEIGHT if _has_second_row(entry) else _SHORT_LINE_HEIGHT) + after)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(ENTRY_ROLE)
        painter.save()
        tokens = current_tokens()
        if isinstance(entry, MonthHead):
            _paint_head(painter, option.rect, entry, tokens)
        else:
            last = bool(index.data(LAST_IN_MONTH_ROLE))
            box = option.rect.adjusted(0, 0, 0, -_AFTER_MONTH if last else 0)
            _paint_ground(painter, option, box, tokens)
            _paint_line(painter, box, entry, tokens, expanded=bool(index.data(EXPANDED_ROLE)))
            if not last:
                _hairline(painter, box, tokens)
        painter.restore()


def _has_second_row(line: TimelineLine) -> bool:
    return bool(line.detail or (line.amount and line.sub))


def _expanded_height(line: TimelineLine, width: int) -> int:
    room = width - 2 * SIDE - _TEXT_LEFT - _right_width(line) - SPACING.large
    bounds = QRect(0, 0, max(room, 60), 100_000)
    wrap = int(Qt.TextFlag.TextWordWrap)
    height = QFontMetrics(role_font("strong")).boundingRect(bounds, wrap, _title(line)).height()
    if line.detail:
        height += QFontMetrics(role_font("body")).boundingRect(bounds, wrap, line.detail).height() + 2
    return max(height + 2 * 9 + 2, _LINE_HEIGHT)


def _title(line: TimelineLine) -> str:
    return f"{line.title} {line.extra}" if line.extra else line.title


def _right_width(line: TimelineLine) -> int:
    widths = [
        QFontMetrics(role_font("strong")).horizontalAdvance(f"{line.struck}  {line.amount}"),
        QFontMetrics(role_font("detail")).horizontalAdvance(line.sub),
    ]
    return min(max(widths), _RIGHT_WIDTH)


def _paint_head(painter: QPainter, rect: QRect, head: MonthHead, tokens: Tokens) -> None:
    box = rect.adjusted(SIDE, 0, -SIDE, 0)
    used = draw_line(painter, box, head.title, role_font("strong"), tokens.text, _LEFT)
    beside = box.adjusted(used + SPACING.large, 0, 0, 0)
    draw_line(painter, beside, head.sums, role_font("muted"), tokens.muted, _RIGHT)
    _hairline(painter, rect, tokens)


def _hairline(painter: QPainter, rect: QRect, tokens: Tokens) -> None:
    painter.fillRect(
        QRect(rect.left() + SIDE, rect.bottom(), rect.width() - 2 * SIDE, 1), QColor(tokens.line)
    )


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, box: QRect, tokens: Tokens) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    view = option.widget
    has_keys = view.hasFocus()
    if chosen:
        painter.fillRect(box, QColor(tokens.accent_weak if has_keys else tokens.hover))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(tokens.hover))
    if chosen and has_keys:
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(tokens.accent))


def _paint_line(painter: QPainter, box: QRect, line: TimelineLine, tokens: Tokens, *, expanded: bool) -> None:
    top = box.top() + 9
    left = box.left() + SIDE
    muted = tokens.muted_on_weak
    date_box = QRect(left, top, _DAY_WIDTH, _ROW)
    draw_line(painter, date_box, str(line.on.day), role_font("number"), muted, _RIGHT)
    icon(line.icon, "text").paint(painter, QRect(left + _DAY_WIDTH + 8, top + 1, METRICS.icon, METRICS.icon))
    room = QRect(left + _TEXT_LEFT, top, box.right() - SIDE - left - _TEXT_LEFT + 1, _ROW)
    right = _right_width(line)
    _paint_right(painter, room, line, tokens)
    text = room.adjusted(0, 0, -(right + SPACING.large if right else 0), 0)
    if expanded:
        _paint_expanded(painter, text, line, tokens)
        return
    used = draw_line(painter, text, line.title, role_font("strong"), tokens.text, _LEFT)
    if line.extra:
        beside = text.adjusted(used, 0, 0, 0)
        draw_line(painter, beside, f" {line.extra}", role_font("body"), tokens.text, _LEFT)
    draw_line(painter, text.translated(0, _ROW), line.detail, role_font("body"), muted, _LEFT)


def _paint_expanded(painter: QPainter, text: QRect, line: TimelineLine, tokens: Tokens) -> None:
    height = draw_paragraph(painter, text, _title(line), role_font("strong"), tokens.text)
    below = text.translated(0, height + 2)
    draw_paragraph(painter, below, line.detail, role_font("body"), tokens.muted_on_weak)


def _paint_right(painter: QPainter, room: QRect, line: TimelineLine, tokens: Tokens) -> None:
    below = room
    if line.amount:
        colour = _colour(line.amount_tone, tokens.text, tokens)
        used = draw_line(painter, room, line.amount, role_font("number"), colour, _RIGHT)
        before = room.adjusted(0, 0, -used - SPACING.small, 0)
        draw_line(painter, before, line.struck, _struck_font(), tokens.muted_on_weak, _RIGHT)
        below = room.translated(0, _ROW)
    colour = _colour(line.sub_tone, tokens.muted_on_weak, tokens)
    draw_line(painter, below, line.sub, role_font("detail"), colour, _RIGHT)


def _struck_font() -> QFont:
    font = QFont(role_font("number"))
    font.setStrikeOut(True)
    return font


def _colour(tone: Tone, neutral: str, tokens: Tokens) -> str:
    return neutral if tone == "neutral" else tokens.tone(tone)
