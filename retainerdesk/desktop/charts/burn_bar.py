"""How much of a period's allowance is used, against how much of the period is gone."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.charts.painting import clamped, fill_rounded, painting, rounded_clip, share_width
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import Tokens

_BAR_HEIGHT = 10
_TICK_OVERHANG = 4
_TICK_WIDTH = 2


@dataclass(frozen=True, slots=True)
class BurnBarValue:
    """What a burn bar shows.

    `used` and `elapsed` are shares, 1 = all of the allowance, all of the period; `used` may
    exceed 1, `elapsed` None hides the tick. `description` says it in words, for screen readers
    and as the tool tip ("74 % used, 26 % of the period gone"). `over_tone` colours what lies
    beyond 1.
    """

    used: Fraction
    elapsed: Fraction | None
    description: str
    over_tone: Literal["warn", "bad"] = "bad"


class BurnBar(QWidget):
    """A rounded track, filled by what is used, with a tick where the period stands.

    Beyond 100 % the whole bar stands for what was used: the part the allowance covers keeps the
    accent, the rest takes `over_tone`, and a notch parts them.
    """

    def __init__(self, value: BurnBarValue | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: BurnBarValue | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value)

    def set_value(self, value: BurnBarValue | None) -> None:
        """Show `value`; None shows the empty track."""
        self._value = value
        words = value.description if value else ""
        self.setAccessibleDescription(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _BAR_HEIGHT + 2 * _TICK_OVERHANG)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _BAR_HEIGHT + 2 * _TICK_OVERHANG)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        bar = QRectF(0, (self.height() - _BAR_HEIGHT) / 2, self.width(), _BAR_HEIGHT)
        with painting(self) as painter:
            fill_rounded(painter, bar, tokens.chip, _BAR_HEIGHT / 2)
            if self._value is not None:
                _paint_used(painter, bar, self._value, tokens)
                _paint_tick(painter, bar, self._value, tokens)


def _paint_used(painter: QPainter, bar: QRectF, value: BurnBarValue, tokens: Tokens) -> None:
    if value.used <= 1:
        filled = QRectF(bar)
        filled.setWidth(share_width(clamped(value.used), bar.width()))
        painter.save()
        painter.setClipPath(rounded_clip(bar, _BAR_HEIGHT / 2))
        fill_rounded(painter, filled, tokens.accent, _BAR_HEIGHT / 2)
        painter.restore()
        return
    covered = share_width(1 / value.used, bar.width())
    painter.save()
    painter.setClipPath(rounded_clip(bar, _BAR_HEIGHT / 2))
    painter.fillRect(QRectF(bar.left(), bar.top(), covered - 1, bar.height()), tokens.accent)
    beyond = QRectF(bar.left() + covered + 1, bar.top(), bar.width() - covered - 1, bar.height())
    painter.fillRect(beyond, tokens.tone(value.over_tone))
    painter.restore()


def _paint_tick(painter: QPainter, bar: QRectF, value: BurnBarValue, tokens: Tokens) -> None:
    if value.elapsed is None:
        return
    # Used and elapsed are compared, so both stand on the scale of the bar, also when it is stretched.
    share = clamped(value.elapsed) / max(value.used, Fraction(1))
    left = bar.left() + share_width(share, bar.width() - _TICK_WIDTH)
    tick = QRectF(round(left), bar.top() - _TICK_OVERHANG, _TICK_WIDTH, bar.height() + 2 * _TICK_OVERHANG)
    painter.fillRect(tick, tokens.text)
