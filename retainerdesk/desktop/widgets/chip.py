"""The verdict chip: icon and words on a quiet ground of the verdict's colour."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from retainerdesk.desktop.theme.icons import IconRole, button_icon_size, icon
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.text import button_text, plain_tooltip, role_font

_ICON_ROLES: dict[Tone, IconRole] = {
    "neutral": "muted",
    "accent": "accent",
    "good": "good",
    "warn": "warn",
    "bad": "bad",
}


class VerdictChip(QPushButton):
    """One verdict in words. Press it (mouse, Space) for the explanation its pane shows.

    `words` are shown literally; `explanation` is the tool tip and the accessible description.
    """

    def __init__(
        self,
        icon_name: str,
        words: str,
        tone: Tone = "neutral",
        *,
        explanation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFont(role_font("small"))
        self.setIconSize(button_icon_size())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_verdict(icon_name, words, tone, explanation=explanation)

    def set_verdict(self, icon_name: str, words: str, tone: Tone, *, explanation: str = "") -> None:
        """Show another verdict in the same place."""
        self.setIcon(icon(icon_name, _ICON_ROLES[tone]))
        self.setText(button_text(words))
        self.setAccessibleName(words)
        self.setAccessibleDescription(explanation)
        self.setToolTip(plain_tooltip(explanation))
        set_style_property(self, "chip", tone)
