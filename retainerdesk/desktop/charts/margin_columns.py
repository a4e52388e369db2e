"""Twelve months of margin: a column each, the target dashed, the last three in the accent."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from retainerdesk.desktop.charts.painting import dashed_line, fill_rounded, hatch_brush, painting
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import Tokens
from retainerdesk.desktop.widgets.text import plain_tooltip

_GAP = Fraction(1, 4)
_ACCENTED = 3
_LEAST_COLUMN = 2.0
_NONE = -1


@dataclass(frozen=True, slots=True)
class MarginColumn:
    """One month. `value` is a share of the fee, None if nothing is known; `text` is the readout.

    `text` says month and value in words ("Nov 2026: 48 %", "Mar 2026: paused"). `complete` is
    False while hours of the month may still come in: such a column is hatched.
    """

    value: Fraction | None
    text: str
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ColumnScale:
    """The values at the bottom and the top edge of the chart; 0 always lies between them."""

    low: Fraction
    high: Fraction

    def y(self, value: Fraction, height: float) -> float:
        """Distance of `value` from the top edge, for a chart `height` pixels high."""
        return float((self.high - value) / (self.high - self.low)) * height


def column_scale(columns: Sequence[MarginColumn], target: Fraction | None) -> ColumnScale:
    """The scale that holds every value, the target and 0."""
    values = [column.value for column in columns if column.value is not None]
    if target is not None:
        values.append(target)
    low = min([Fraction(0), *values])
    high = max([Fraction(0), *values])
    return ColumnScale(low, high if high > low else low + 1)


class MarginColumns(QWidget):
    """Columns to look at and to walk through: hover, or focus and press the arrow keys.

    Signals: `readout_changed(str)` with the text of the column pointed at, "" when none is.
    """

    readout_changed = Signal(str)

    def __init__(
        self,
        columns: Sequence[MarginColumn] = (),
        target: Fraction | None = None,
        name: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns: tuple[MarginColumn, ...] = ()
        self._target = target
        self._current = _NONE
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_columns(columns, target)

    def set_columns(self, columns: Sequence[MarginColumn], target: Fraction | None) -> None:
        """Show other months, oldest first, against another target."""
        self._columns = tuple(columns)
        self._target = target
        self._current = _NONE
        self.setAccessibleDescription("; ".join(column.text for column in self._columns))
        self.update()

    @property
    def readout(self) -> str:
        """The text of the column pointed at, "" when none is."""
        return self._columns[self._current].text if self._current != _NONE else ""

    def sizeHint(self) -> QSize:
        return QSize(204, 48)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 40)

    def column_box(self, index: int) -> QRectF:
        """The full-height strip of column `index`, whether or not it has a value."""
        step = self._area().width() / max(len(self._columns), 1)
        gap = step * float(_GAP)
        left = self._area().left() + index * step + gap / 2
        return QRectF(left, self._area().top(), step - gap, self._area().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._columns:
            return
        tokens = current_tokens()
        scale = column_scale(self._columns, self._target)
        with painting(self) as painter:
            for index in range(len(self._columns)):
                self._paint_column(painter, index, scale, tokens)
            self._paint_lines(painter, scale, tokens)
            self._paint_focus(painter, tokens)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._index_at(event.position()), tooltip=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(_NONE)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point_at(_NONE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point_at(len(self._columns) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._columns) - 1
        steps = {
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Right: min(self._current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = steps.get(Qt.Key(event.key()))
        if target is None or not self._columns:
            super().keyPressEvent(event)
            return
        self._point_at(target, tooltip=True)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(2, 2, -2, -2)

    def _index_at(self, place: QPointF) -> int:
        if not self._columns or not self._area().contains(place):
            return _NONE
        step = self._area().width() / len(self._columns)
        return min(int((place.x() - self._area().left()) / step), len(self._columns) - 1)

    def _point_at(self, index: int, *, tooltip: bool = False) -> None:
        if index == self._current:
            return
        self._current = index
        self.update()
        self.readout_changed.emit(self.readout)
        if tooltip and index != _NONE:
            below = QPoint(int(self.column_box(index).left()), self.height())
            QToolTip.showText(self.mapToGlobal(below), plain_tooltip(self.readout), self)

    def _paint_column(self, painter: QPainter, index: int, scale: ColumnScale, tokens: Tokens) -> None:
        column = self._columns[index]
        strip = self.column_box(index)
        if column.value is None:
            painter.fillRect(QRectF(strip), hatch_brush(tokens.line, tokens.chip))
            return
        recent = index >= len(self._columns) - _ACCENTED
        colour = tokens.accent if recent else tokens.chart_bar
        if column.value < 0:
            colour = tokens.bad
        if index == self._current:
            colour = tokens.accent_hover if recent else tokens.control_line
        zero = scale.y(Fraction(0), strip.height())
        end = scale.y(column.value, strip.height())
        height = max(abs(zero - end), _LEAST_COLUMN)
        box = QRectF(strip.left(), strip.top() + min(zero, end), strip.width(), height)
        fill = colour if column.complete else hatch_brush(colour, tokens.panel)
        fill_rounded(painter, box, fill, 2)

    def _paint_lines(self, painter: QPainter, scale: ColumnScale, tokens: Tokens) -> None:
        area = self._area()
        if scale.low < 0:
            base = area.top() + scale.y(Fraction(0), area.height())
            painter.fillRect(QRectF(area.left(), base - 0.5, area.width(), 1), QColor(tokens.control_line))
        if self._target is not None:
            y = area.top() + scale.y(self._target, area.height())
            dashed_line(painter, QPointF(area.left(), y), QPointF(area.right(), y), tokens.muted)

    def _paint_focus(self, painter: QPainter, tokens: Tokens) -> None:
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
