"""A line without axes: how something moved."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.charts.painting import painting
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import Tone

_EDGE = 3.0


def sparkline_points(values: Sequence[Fraction | None], box: QRectF) -> list[list[QPointF]]:
    """The line's pieces inside `box`; a None parts it. A flat line lies in the middle."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, spread = min(known), max(known) - min(known)
    step = box.width() / max(len(values) - 1, 1)
    pieces: list[list[QPointF]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        height = float((value - low) / spread) if spread else 0.5
        pieces[-1].append(QPointF(box.left() + index * step, box.bottom() - height * box.height()))
    return [piece for piece in pieces if piece]


class Sparkline(QWidget):
    """A thin line with a dot at its end. `description` says it in words."""

    def __init__(
        self,
        values: Sequence[Fraction | None] = (),
        tone: Tone = "accent",
        description: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_values(values, tone, description)

    def set_values(self, values: Sequence[Fraction | None], tone: Tone, description: str) -> None:
        """Show other values, oldest first; None where nothing is known."""
        self._values = tuple(values)
        self._tone: Tone = tone
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        pieces = sparkline_points(self._values, box)
        with painting(self) as painter:
            self._paint_line(painter, pieces)

    def _paint_line(self, painter: QPainter, pieces: list[list[QPointF]]) -> None:
        if not pieces:
            return
        colour = QColor(current_tokens().tone(self._tone))
        pen = QPen(colour, 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for piece in pieces:
            painter.drawPolyline(QPolygonF(piece))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(pieces[-1][-1], 2.5, 2.5)
