"""Plain text inside a delegate's box: one elided line, or a wrapped paragraph."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter


def draw_line(
    painter: QPainter, box: QRect, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag
) -> int:
    """Draw one line, cut with an ellipsis where it must be; returns the width it takes."""
    if not text or box.width() <= 0:
        return 0
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(" ".join(text.splitlines()), Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, int(align | Qt.TextFlag.TextSingleLine), shown)
    return int(metrics.horizontalAdvance(shown))


def draw_paragraph(painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> int:
    """Draw text wrapped at the width of `box`, downwards from its top; returns the height it takes."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(QColor(colour))
    room = QRect(box.left(), box.top(), box.width(), 100_000)
    wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    taken = painter.boundingRect(room, wrap, text)
    painter.drawText(room, wrap, text)
    return int(taken.height())
