"""The thin bar under an account: how much of this period's allowance is used."""

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.charts.painting import clamped, fill_rounded, painting, share_width
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import Tokens, Tone

HEIGHT = 4
"""Height of the bar in logical pixels."""


def paint_mini_bar(painter: QPainter, box: QRectF, share: Fraction, tone: Tone, tokens: Tokens) -> None:
    """Draw the bar into `box`, for delegates. `share` above 1 fills it; give it a tone that says so."""
    fill_rounded(painter, box, tokens.chip, HEIGHT / 2)
    filled = QRectF(box)
    filled.setWidth(share_width(clamped(share), box.width()))
    fill_rounded(painter, filled, tokens.tone(tone), HEIGHT / 2)


class MiniBar(QWidget):
    """The same bar as a widget. `description` says it in words."""

    def __init__(
        self,
        share: Fraction = Fraction(0),
        tone: Tone = "accent",
        description: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share, tone, description)

    def set_share(self, share: Fraction, tone: Tone, description: str) -> None:
        """Show another share, 1 = all of the allowance."""
        self._share = share
        self._tone: Tone = tone
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(0, (self.height() - HEIGHT) / 2, self.width(), HEIGHT)
        with painting(self) as painter:
            paint_mini_bar(painter, box, self._share, self._tone, current_tokens())
