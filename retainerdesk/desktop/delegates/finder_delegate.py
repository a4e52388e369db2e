"""Paints what was found: a title and a line below, with what fits in colour. Text stays plain text."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from retainerdesk.desktop.delegates.text_painting import draw_line
from retainerdesk.desktop.formatting import day_long
from retainerdesk.desktop.models.finder_model import RESULT_ROLE, kind_words
from retainerdesk.desktop.name_words import isolated
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.services.search import MarkedText, SearchResult

_HEIGHT = 56
_ROW = 20
_TEXT_LEFT = 32
_DATE_WIDTH = 96
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFTWARDS = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
_Index = QModelIndex | QPersistentModelIndex


class FinderDelegate(QStyledItemDelegate):
    """Two lines a row: the title with its date, then kind, account and the text around what fits."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        result = index.data(RESULT_ROLE)
        if not isinstance(result, SearchResult):
            return
        painter.save()
        tokens = current_tokens()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.accent_weak))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens.hover))
        _paint_result(painter, option.rect.adjusted(SPACING.medium, 8, -SPACING.medium, 0), result, tokens)
        painter.restore()


def _paint_result(painter: QPainter, box: QRect, result: SearchResult, tokens: Tokens) -> None:
    icon_name, word = kind_words(result.kind)
    icon(icon_name, "muted").paint(painter, QRect(box.left(), box.top() + 2, METRICS.icon, METRICS.icon))
    line = QRect(box.left() + _TEXT_LEFT, box.top(), box.width() - _TEXT_LEFT, _ROW)
    right = 0
    if result.on is not None:
        on = day_long(result.on)
        right = _DATE_WIDTH
        draw_line(painter, line, on, role_font("detail"), tokens.muted_on_weak, _RIGHT)
    title = line.adjusted(0, 0, -right, 0)
    draw_marked(painter, title, result.title, role_font("strong"), tokens.text, tokens.accent)
    below = line.translated(0, _ROW)
    is_said = result.account_name in ("", result.title.text)
    about = word if is_said else f"{word} · {isolated(result.account_name)}"
    used = draw_line(painter, below, about, role_font("small"), tokens.muted_on_weak, _LEFT)
    if result.snippet.text:
        rest = below.adjusted(used, 0, 0, 0)
        gap = draw_line(painter, rest, "  ·  ", role_font("small"), tokens.muted_on_weak, _LEFT)
        rest = rest.adjusted(gap, 0, 0, 0)
        draw_marked(painter, rest, result.snippet, role_font("small"), tokens.muted_on_weak, tokens.accent)


def draw_marked(
    painter: QPainter, box: QRect, marked: MarkedText, font: QFont, colour: str, emphasis: str
) -> None:
    """Draw one line piece by piece, what fits stronger and in `emphasis`, up to where room ends."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.Bold)
    left = box.left()
    for piece, fits in pieces(marked):
        room = QRect(left, box.top(), box.right() - left + 1, box.height())
        chosen = strong if fits else font
        wanted = QFontMetrics(chosen).horizontalAdvance(piece)
        left += draw_line(painter, room, piece, chosen, emphasis if fits else colour, _LEFT)
        if wanted > room.width():
            return


def pieces(marked: MarkedText) -> Iterator[tuple[str, bool]]:
    """The text in its order, cut where what fits begins and ends; whether a piece fits.

    A text with letters that run to the left stays whole: its pieces do not stand in the order they are read.
    """
    if any(bidirectional(letter) in _LEFTWARDS for letter in marked.text):
        yield marked.text, False
        return
    done = 0
    for start, end in marked.spans:
        if start > done:
            yield marked.text[done:start], False
        yield marked.text[start:end], True
        done = end
    if done < len(marked.text):
        yield marked.text[done:], False
