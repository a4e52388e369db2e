"""A notice inside the window: what happened, what can be done, and a way to put it aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QLabel, QWidget

from retainerdesk.desktop.theme.icons import IconRole
from retainerdesk.desktop.theme.tokens import SPACING, Tone
from retainerdesk.desktop.widgets.buttons import icon_button, make_button
from retainerdesk.desktop.widgets.icon_label import IconLabel
from retainerdesk.desktop.widgets.text import TextTone, data_label

_LOOK: dict[Tone, tuple[str, IconRole, TextTone]] = {
    "neutral": ("info", "text", "text"),
    "accent": ("info", "accent", "text"),
    "good": ("circle-check", "good", "text"),
    "warn": ("triangle-alert", "warn", "text"),
    "bad": ("circle-alert", "bad", "bad"),
}


@dataclass(frozen=True, slots=True)
class BannerAction:
    """A button of the banner: its key for the program, its words."""

    key: str
    text: str


class Banner(QFrame):
    """A line across the top of a pane. Escape or the cross closes it.

    Signals: `acted(str)` with the key of the action pressed; `closed()` after it was put aside.
    """

    acted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        text: str,
        tone: Tone = "accent",
        actions: Sequence[BannerAction] = (),
        *,
        close_name: str = "Close",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icon_name, icon_role, text_tone = _LOOK[tone]
        self.setProperty("banner", tone)
        self.setAccessibleName(text)
        self._keys = tuple(action.key for action in actions)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACING.medium, SPACING.tight, SPACING.tight, SPACING.tight)
        self._row.setSpacing(SPACING.small)
        self._row.addWidget(IconLabel(icon_name, icon_role))
        self._text: QLabel = data_label(text, "body", tone=text_tone, wrap=True)
        self._row.addWidget(self._text, 1)
        self._add_actions(actions)
        self._add_close(close_name)
        self._group.buttonClicked.connect(self._tell)

    def close_banner(self) -> None:
        """Put the banner aside."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_banner()
            return
        super().keyPressEvent(event)

    def _add_actions(self, actions: Sequence[BannerAction]) -> None:
        for index, action in enumerate(actions):
            button = make_button(action.text, parent=self)
            self._group.addButton(button, index)
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _add_close(self, name: str) -> None:
        close = icon_button("x", name, parent=self)
        close.clicked.connect(self.close_banner)
        self._row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)

    def _tell(self, button: QAbstractButton) -> None:
        self.acted.emit(self._keys[self._group.id(button)])
