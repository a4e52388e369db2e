"""Several styles in one plain text: "**€3,000** a month in advance · renews **31 Jan 2027**".

Drawn from runs with QTextLayout, so nothing is ever parsed as markup. Lines are 1.45 of the font
size high, as the design wants; a QLabel cannot do that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS
from retainerdesk.desktop.widgets.text import TextRole, TextTone, plain_tooltip, role_font, role_tone

_UNLIMITED = 100_000
_COMFORTABLE = 360
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of text in one weight and colour; `tone` None takes the label's own."""

    text: str
    strong: bool = False
    tone: TextTone | None = None


class RunsLabel(QWidget):
    """Runs of text set as one paragraph; wraps at its width, or elides on one line."""

    def __init__(
        self,
        runs: Sequence[TextRun] = (),
        role: TextRole = "body",
        *,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs: tuple[TextRun, ...] = ()
        # A layout asks for the height of the same width again and again; setting the text costs most.
        self._heights: dict[int, int] = {}
        self._role = role
        self._wrap = wrap
        self.setFont(role_font(role))
        horizontal = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Ignored
        policy = QSizePolicy(horizontal, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[TextRun]) -> None:
        """Show these runs one after the other."""
        self._runs = tuple(runs)
        self._heights.clear()
        self.setAccessibleName(self.full_text)
        self.updateGeometry()
        self.update()

    @property
    def full_text(self) -> str:
        """All runs as one string."""
        return "".join(run.text for run in self._runs)

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            lines = self._laid_out(self._runs, width).lineCount()
            self._heights[width] = self._line_height() * max(1, lines)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        natural = int(self._laid_out(self._runs, _UNLIMITED).maximumWidth()) + 2
        width = min(natural, _COMFORTABLE) if self._wrap else natural
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._line_height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self._fitting(self.width()) != self._runs
        self.setToolTip(plain_tooltip(self.full_text) if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._laid_out(self._fitting(self.width()), self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _line_height(self) -> int:
        return round(self.font().pixelSize() * METRICS.line_height_percent / 100)

    def _fitting(self, width: int) -> tuple[TextRun, ...]:
        """The runs as they fit on one line of `width`, cut with an ellipsis if they have to be."""
        if self._wrap:
            return self._runs
        # A QTextLine dangles once its layout is gone: the layout keeps a name.
        layout = self._laid_out(self._runs, _UNLIMITED)
        line = layout.lineAt(0) if self._runs else QTextLine()
        if not line.isValid() or line.naturalTextWidth() <= width:
            return self._runs
        room = width - self.fontMetrics().horizontalAdvance(_ELLIPSIS)
        return _cut(self._runs, max(_position_at(line, room), 0))

    def _laid_out(self, runs: tuple[TextRun, ...], width: int) -> QTextLayout:
        layout = QTextLayout("".join(run.text for run in runs), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap if self._wrap else QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(self._formats(runs))
        self._place_lines(layout, width)
        return layout

    def _place_lines(self, layout: QTextLayout, width: int) -> None:
        height = self._line_height()
        layout.beginLayout()
        top = 0
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            top += height
            line = layout.createLine()
        layout.endLayout()

    def _formats(self, runs: tuple[TextRun, ...]) -> list[QTextLayout.FormatRange]:
        ranges = []
        start = 0
        for run in runs:
            piece = QTextLayout.FormatRange()
            piece.start = start
            piece.length = _utf16_length(run.text)
            piece.format = self._format(run)
            ranges.append(piece)
            start += piece.length
        return ranges

    def _format(self, run: TextRun) -> QTextCharFormat:
        tokens = current_tokens()
        colour = getattr(tokens, run.tone or role_tone(self._role)) if self.isEnabled() else tokens.disabled
        look = QTextCharFormat()
        look.setForeground(QColor(colour))
        if run.strong:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            look.setFont(font)
        return look


def _utf16_length(text: str) -> int:
    """Qt counts UTF-16 units where Python counts code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _position_at(line: QTextLine, x: int) -> int:
    """The UTF-16 position before which the text of `line` is `x` pixels wide."""
    found = line.xToCursor(float(x), QTextLine.CursorPosition.CursorBetweenCharacters)
    return int(found)


def _cut(runs: tuple[TextRun, ...], units: int) -> tuple[TextRun, ...]:
    kept: list[TextRun] = []
    for run in runs:
        length = _utf16_length(run.text)
        if length >= units:
            head = run.text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
            return (*kept, replace(run, text=head.rstrip() + _ELLIPSIS))
        kept.append(run)
        units -= length
    return tuple(kept)
