"""The one place where text of people becomes something on screen: always plain, never markup.

QLabel and QToolTip render HTML they think they recognise. Every label that shows data is made
here, as a `DataLabel` (one style) or a `RunsLabel` (several styles in one text).
"""

from html import escape
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from retainerdesk.desktop.theme.fonts import TextSize, ui_font
from retainerdesk.desktop.theme.stylesheet import set_style_property

TextRole = Literal[
    "title", "figure", "heading", "group", "body", "strong", "number", "muted", "small", "detail"
]
TextTone = Literal["text", "muted", "muted_on_weak", "accent", "good", "warn", "bad"]

_Weight = QFont.Weight

_STYLES: dict[TextRole, tuple[TextSize, QFont.Weight, TextTone, bool]] = {
    "title": ("title", _Weight.Bold, "text", False),
    "figure": ("title", _Weight.Bold, "text", True),
    "heading": ("heading", _Weight.DemiBold, "text", False),
    "group": ("group", _Weight.DemiBold, "muted", False),
    "body": ("body", _Weight.Normal, "text", False),
    "strong": ("body", _Weight.DemiBold, "text", False),
    "number": ("body", _Weight.Medium, "text", True),
    "muted": ("body", _Weight.Normal, "muted", False),
    "small": ("small", _Weight.Normal, "text", False),
    "detail": ("small", _Weight.Normal, "muted", True),
}

_LONGEST_TIP = 1000
_LEFT = Qt.AlignmentFlag.AlignLeft


def role_font(role: TextRole) -> QFont:
    """The font of a role, for delegates that draw the same text themselves."""
    size, weight, _tone, tabular = _STYLES[role]
    return ui_font(size, weight, tabular=tabular)


def role_tone(role: TextRole) -> TextTone:
    """The colour a role has when nobody asks for another."""
    return _STYLES[role][2]


def plain_tooltip(text: str) -> str:
    """`text` as a tool tip shows it literally: escaped, since Qt guesses at markup in tool tips.

    A longer one would cover the screen, so a thousand characters are shown of it at most.
    """
    shown = text if len(text) <= _LONGEST_TIP else f"{text[: _LONGEST_TIP - 1]}…"
    return f"<qt>{escape(shown).replace(chr(10), '<br>')}</qt>" if shown else ""


def button_text(text: str) -> str:
    """`text` for a button, tab or action, where Qt would take & for a mnemonic."""
    return text.replace("&", "&&")


class DataLabel(QLabel):
    """A label that shows its text literally, and elides it if asked to.

    While text is elided the whole of it is the tool tip. The accessible name is always the
    whole text.
    """

    def __init__(self, text: str, role: TextRole, *, elide: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full_text = ""
        self._elide = elide
        self._own_tooltip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(role_font(role))
        self.set_tone(role_tone(role))
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 4)
        self.set_text(text)

    @property
    def full_text(self) -> str:
        """The text as it was given, also while only part of it fits."""
        return self._full_text

    def set_text(self, text: str) -> None:
        """Show `text`; use this and not setText, which knows nothing of eliding."""
        self._full_text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def set_tone(self, tone: TextTone) -> None:
        """Colour the text; the colour follows the theme."""
        set_style_property(self, "tone", tone)

    def set_explanation(self, text: str) -> None:
        """What the tool tip says while nothing is elided."""
        self._own_tooltip = text
        self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._full_text) + 2)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self._full_text
        if self._elide:
            shown = " ".join(shown.splitlines())
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, max(self.width(), 0))
        if shown != self.text():
            self.setText(shown)
        tip = self._own_tooltip if shown == self._full_text else self._full_text
        self.setToolTip(plain_tooltip(tip))


def data_label(
    text: str = "",
    role: TextRole = "body",
    *,
    tone: TextTone | None = None,
    elide: bool = False,
    wrap: bool = False,
    align: Qt.AlignmentFlag = _LEFT,
) -> DataLabel:
    """A label for anything that may come from people or a file. The one way to make one.

    `tone` overrides the colour of the role. `elide` cuts with an ellipsis and shows the whole
    as a tool tip; `wrap` breaks lines instead. Raises ValueError if both are asked for.
    """
    if elide and wrap:
        raise ValueError("a label either elides or wraps")
    label = DataLabel(text, role, elide=elide)
    label.setWordWrap(wrap)
    label.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
    if tone is not None:
        label.set_tone(tone)
    return label
