"""What the charts share: an antialiased painter, pixel-true bars, tracks and ticks."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """An antialiased painter on `widget`, ended however the block is left."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    try:
        yield painter
    finally:
        painter.end()


def share_width(share: Fraction, width: float) -> float:
    """`share` of `width`, the one place where an exact share becomes pixels."""
    return float(share) * width


def clamped(share: Fraction) -> Fraction:
    """`share`, not below 0 and not above 1."""
    return min(max(share, Fraction(0)), Fraction(1))


def fill_rounded(painter: QPainter, box: QRectF, colour: str | QBrush, radius: float) -> None:
    """A bar without an outline; the radius shrinks with bars too small for it."""
    if box.width() <= 0 or box.height() <= 0:
        return
    radius = min(radius, box.width() / 2, box.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour if isinstance(colour, QBrush) else QColor(colour))
    painter.drawRoundedRect(box, radius, radius)


def rounded_clip(box: QRectF, radius: float) -> QPainterPath:
    """The path to clip to, so that pieces laid side by side share one rounded outline."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def hatch_brush(colour: str, ground: str, *, spacing: int = 4) -> QBrush:
    """Diagonal lines: this month is not complete. Drawn as a texture, sharp at any ratio."""
    ratio = 4
    tile = spacing * ratio
    pixmap = QPixmap(tile, tile)
    pixmap.fill(QColor(ground))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), ratio * 1.2))
    for offset in (-tile, 0, tile):
        painter.drawLine(QPointF(offset - 2, tile + 2), QPointF(offset + tile + 2, -2))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QBrush(pixmap)


def dashed_line(painter: QPainter, start: QPointF, end: QPointF, colour: str) -> None:
    """A thin dashed line: what was aimed at."""
    pen = QPen(QColor(colour), 1.0)
    pen.setDashPattern([3.0, 3.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(pen)
    painter.drawLine(start, end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
