"""From what was agreed to what was left: a bar for each cause, ending where the last one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.charts.painting import fill_rounded, painting
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import SPACING, Tone
from retainerdesk.desktop.widgets.text import role_font

_ROW_HEIGHT = 22
_BAR_HEIGHT = 12
_LEAST_BAR = 2.0

RowKind = Literal["start", "cause", "end"]


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """One line: `value` is a total for the first and last row, a signed change for a cause.

    All values of a chart share one unit (points of margin, minor units); `text` is how the value
    is written, `label` what it is called.
    """

    label: str
    value: Fraction
    text: str
    kind: RowKind = "cause"


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """Where the bar of a row floats: from `low` to `high`, in the unit of the values."""

    low: Fraction
    high: Fraction
    tone: Tone


def waterfall_bars(rows: Sequence[WaterfallRow]) -> tuple[WaterfallBar, ...]:
    """A bar for each row; each cause hangs where the one before it ended.

    Raises ValueError unless the first row is the only start, the last the only end, and
    start + causes = end exactly.
    """
    kinds = [row.kind for row in rows]
    if len(rows) < 2 or kinds != ["start", *["cause"] * (len(rows) - 2), "end"]:
        raise ValueError("a waterfall has one start, then causes, then one end")
    level = rows[0].value
    bars = [_total_bar(level, "accent")]
    for row in rows[1:-1]:
        after = level + row.value
        bars.append(WaterfallBar(min(level, after), max(level, after), "warn" if row.value < 0 else "good"))
        level = after
    if level != rows[-1].value:
        raise ValueError(f"the causes lead to {level}, the last bar says {rows[-1].value}")
    bars.append(_total_bar(level, "good" if level >= 0 else "bad"))
    return tuple(bars)


def _total_bar(value: Fraction, tone: Tone) -> WaterfallBar:
    return WaterfallBar(min(value, Fraction(0)), max(value, Fraction(0)), tone)


class Waterfall(QWidget):
    """Labels at the left, floating bars, values right-aligned in tabular figures."""

    def __init__(
        self, rows: Sequence[WaterfallRow] = (), name: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: tuple[WaterfallRow, ...] = ()
        self._bars: tuple[WaterfallBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[WaterfallRow]) -> None:
        """Show `rows`, none to show nothing. Raises ValueError if they do not add up."""
        self._bars = waterfall_bars(rows) if rows else ()
        self._rows = tuple(rows)
        self.setAccessibleDescription("; ".join(f"{row.label} {row.text}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(340, _ROW_HEIGHT * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, _ROW_HEIGHT * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        labels, values = self._column_widths()
        track = QRectF(labels, 0, max(self.width() - labels - values, 1), _ROW_HEIGHT)
        with painting(self) as painter:
            for index, (row, bar) in enumerate(zip(self._rows, self._bars, strict=True)):
                line = QRectF(0, index * _ROW_HEIGHT, self.width(), _ROW_HEIGHT)
                _paint_texts(painter, line, row, labels)
                self._paint_bar(painter, track.translated(0, line.top()), bar)

    def _column_widths(self) -> tuple[int, int]:
        """Room for labels and for values; labels take what they need up to two fifths."""
        bold = QFontMetrics(role_font("strong"))
        longest = max(bold.horizontalAdvance(row.label) for row in self._rows) + SPACING.medium
        figures = max(bold.horizontalAdvance(row.text) for row in self._rows) + SPACING.large
        return min(longest, self.width() * 2 // 5), figures

    def _paint_bar(self, painter: QPainter, track: QRectF, bar: WaterfallBar) -> None:
        low = min(item.low for item in self._bars)
        spread = max(item.high for item in self._bars) - low
        if not spread:
            return
        left = track.left() + float((bar.low - low) / spread) * track.width()
        width = max(float((bar.high - bar.low) / spread) * track.width(), _LEAST_BAR)
        top = track.top() + (track.height() - _BAR_HEIGHT) / 2
        fill_rounded(painter, QRectF(left, top, width, _BAR_HEIGHT), current_tokens().tone(bar.tone), 2)


def _paint_texts(painter: QPainter, line: QRectF, row: WaterfallRow, label_width: int) -> None:
    font = role_font("number")
    font.setPixelSize(role_font("small").pixelSize())
    font.setWeight(font.Weight.DemiBold if row.kind == "end" else font.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(current_tokens().text))
    middle = Qt.AlignmentFlag.AlignVCenter
    label = QRectF(line)
    label.setWidth(label_width - SPACING.small)
    shown = QFontMetrics(font).elidedText(row.label, Qt.TextElideMode.ElideRight, int(label.width()))
    painter.drawText(label, int(Qt.AlignmentFlag.AlignLeft | middle), shown)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | middle), row.text)
    painter.setPen(Qt.PenStyle.NoPen)
