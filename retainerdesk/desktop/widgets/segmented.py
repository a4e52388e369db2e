"""A choice of one among few, all in sight: Create | Later | Skip."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.text import role_font

_SIDES = 20
"""Padding and border of a segment left and right together, logical pixels."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key for the program, its words, and the colour it takes when chosen."""

    key: str
    text: str
    tone: Tone = "accent"


class _SegmentButton(QPushButton):
    """A segment as wide as its words are in the bold of the chosen state, so nothing jumps."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(bold).horizontalAdvance(self.text()) + _SIDES
        return QSize(max(hint.width(), width), hint.height())


class SegmentedControl(QFrame):
    """Exactly one segment is chosen. Arrow keys move the choice, Tab passes it as one stop.

    Signals: `changed(str)` with the key, when the user chooses another segment.
    """

    changed = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segmented", "true")
        self.setAccessibleName(name)
        self._keys = tuple(segment.key for segment in segments)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, segment in enumerate(segments):
            row.addWidget(self._button(index, segment))
        self.select(self._keys[0])
        self._group.buttonClicked.connect(self._tell)

    @property
    def selected(self) -> str:
        """The key of the chosen segment."""
        return self._keys[self._group.checkedId()]

    def select(self, key: str) -> None:
        """Choose `key` without telling anybody. Raises ValueError for a key that is not offered."""
        self.segment(key).setChecked(True)

    def segment(self, key: str) -> QAbstractButton:
        """The button of `key`. Raises ValueError for a key that is not offered."""
        return self._group.button(self._keys.index(key))

    def _button(self, index: int, segment: Segment) -> QPushButton:
        button = _SegmentButton(segment.text, self)
        button.setFont(role_font("small"))
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("segment", segment.tone)
        button.setAccessibleName(segment.text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button, index)
        return button

    def _tell(self, button: QAbstractButton) -> None:
        self.changed.emit(self._keys[self._group.id(button)])
