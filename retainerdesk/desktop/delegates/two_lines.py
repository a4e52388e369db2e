"""Rows of a table with a second, quieter line under the first: their height, their ground, their text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from retainerdesk.desktop.delegates.text_painting import draw_line, draw_paragraph
from retainerdesk.desktop.models.frozen_rows import DETAIL_ROLE
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.text import role_font

SIDE = SPACING.medium
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LEAST_WIDTH = 80
_ENDLESS = 10_000


def text_height(text: str, width: int, font: QFont) -> int:
    """How high a text is, wrapped at a width."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, _ENDLESS), _WRAP, text).height()


def row_height(detail: str, cell_width: int, *, beside: int = 0) -> int:
    """The height of a row whose cell is so wide, less what stands `beside` the text. "": one line."""
    width = max(cell_width - 2 * SIDE - beside, _LEAST_WIDTH)
    second = text_height(detail, width, role_font("small")) if detail else 0
    return QFontMetrics(role_font("body")).height() + second + 2 * SPACING.medium


def paint_ground(painter: QPainter, box: QRect, colour: str, *, is_selected: bool) -> None:
    """The ground of a cell, with a line below it."""
    tokens = current_tokens()
    painter.fillRect(box, QColor(tokens.accent_weak if is_selected else colour))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(tokens.line))


def paint_two_lines(
    painter: QPainter,
    cell: QRect,
    index: QModelIndex | QPersistentModelIndex,
    font: QFont,
    colours: tuple[str, str],
    *,
    is_figure: bool,
) -> None:
    """The text of a cell and the detail under it, in the colours of the two; figures stand at the right."""
    room = cell.adjusted(SIDE, SPACING.medium, -SIDE, 0)
    line = QRect(room.left(), room.top(), room.width(), QFontMetrics(role_font("body")).height())
    draw_line(painter, line, str(index.data()), font, colours[0], RIGHT if is_figure else LEFT)
    detail = index.data(DETAIL_ROLE)
    if detail:
        below = QRect(room.left(), line.bottom() + 1, room.width(), room.height())
        draw_paragraph(painter, below, str(detail), role_font("small"), colours[1])
