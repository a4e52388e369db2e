"""A choice of one among few, painted in a cell of a table: Create | Later | Skip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from retainerdesk.desktop.delegates.text_painting import draw_line
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING, Tokens, Tone
from retainerdesk.desktop.widgets.text import role_font

_HEIGHT = 24
_SIDE = SPACING.medium


class SegmentStrip:
    """Where the choices of a cell are, and how they look; it keeps nothing of what is chosen.

    `segments` are (key, words) from left to right, `tones` the colour each takes when it is chosen.
    """

    def __init__(self, segments: Sequence[tuple[str, str]], tones: Mapping[str, Tone]) -> None:
        self._segments = tuple(segments)
        self._tones = tones

    @property
    def width(self) -> int:
        """The width of the choices together."""
        return sum(_width(text) for _key, text in self._segments)

    def boxes(self, cell: QRect) -> list[tuple[str, QRect]]:
        """Where the choices of a cell are, from left to right: at its right end, on its first line."""
        x = cell.right() - _SIDE - self.width + 1
        first_line = cell.top() + SPACING.medium + QFontMetrics(role_font("body")).height() // 2
        found = []
        for key, text in self._segments:
            width = _width(text)
            found.append((key, QRect(x, first_line - _HEIGHT // 2, width, _HEIGHT)))
            x += width
        return found

    def at(self, cell: QRect, point: QPoint) -> str | None:
        """The choice under a point of a cell."""
        return next((key for key, box in self.boxes(cell) if box.contains(point)), None)

    def paint(self, painter: QPainter, cell: QRect, chosen: str | None) -> None:
        """Draw the choices, `chosen` (None: none yet) in its colour."""
        tokens, boxes = current_tokens(), self.boxes(cell)
        frame = QRectF(boxes[0][1].united(boxes[-1][1])).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(frame, METRICS.radius, METRICS.radius)
        for (key, box), (_key, words) in zip(boxes, self._segments, strict=True):
            font, colour = QFont(role_font("small")), tokens.muted if chosen else tokens.text
            if key == chosen:
                weak, colour = _colours(self._tones.get(key, "accent"), tokens)
                font.setWeight(QFont.Weight.DemiBold)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(weak))
                painter.drawRoundedRect(
                    QRectF(box).adjusted(1, 1, -1, -1), METRICS.radius - 1, METRICS.radius - 1
                )
            draw_line(painter, box, words, font, colour, Qt.AlignmentFlag.AlignCenter)
        if chosen is None:
            _paint_dividers(painter, boxes, tokens)


def _paint_dividers(painter: QPainter, boxes: list[tuple[str, QRect]], tokens: Tokens) -> None:
    """Lines between choices of which none is made, so that each reads as a button."""
    for _key, box in boxes[1:]:
        painter.fillRect(QRect(box.left(), box.top() + 1, 1, box.height() - 2), QColor(tokens.line))


def _width(text: str) -> int:
    bold = QFont(role_font("small"))
    bold.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(bold).horizontalAdvance(text) + 2 * SPACING.small + 2


def _colours(tone: Tone, tokens: Tokens) -> tuple[str, str]:
    return {
        "neutral": (tokens.chip, tokens.text),
        "accent": (tokens.accent_weak, tokens.accent),
        "good": (tokens.good_weak, tokens.good),
        "warn": (tokens.warn_weak, tokens.warn),
        "bad": (tokens.bad_weak, tokens.bad),
    }[tone]
