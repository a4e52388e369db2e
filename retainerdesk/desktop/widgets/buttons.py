"""Buttons: one primary action a view, any number of secondary ones, quiet ones inside lines."""

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from retainerdesk.desktop.theme.icons import IconRole, button_icon_size, icon
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING
from retainerdesk.desktop.widgets.text import role_font

ButtonVariant = Literal["primary", "secondary", "danger", "flat", "link", "tab"]

_ICON_ROLES: dict[ButtonVariant, IconRole] = {
    "primary": "on_accent",
    "secondary": "text",
    "danger": "bad",
    "flat": "text",
    "link": "accent",
    "tab": "muted",
}


class HintButton(QPushButton):
    """A push button that can name its key, muted, behind its text: "Meeting brief  F6"."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._hint = ""
        self.setAutoDefault(False)
        self.setIconSize(button_icon_size())

    def set_hint(self, hint: str) -> None:
        """Show `hint`, as the platform writes the key. It does not make the shortcut."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._hint_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._hint:
            return
        painter = QPainter(self)
        tokens = current_tokens()
        painter.setFont(role_font("small"))
        painter.setPen(QColor(tokens.muted if self.isEnabled() else tokens.disabled))
        room = QRect(self.rect()).adjusted(0, 0, -SPACING.medium, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)
        painter.end()

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return self.fontMetrics().horizontalAdvance(self._hint) + SPACING.medium


def make_button(
    text: str,
    icon_name: str = "",
    variant: ButtonVariant = "secondary",
    *,
    hint: str = "",
    parent: QWidget | None = None,
) -> HintButton:
    """A push button in one of the variants; `text` may carry a mnemonic (&), so it is never data."""
    button = HintButton(text, parent)
    button.setProperty("variant", variant)
    button.setAccessibleName(text.replace("&", ""))
    if icon_name:
        button.setIcon(icon(icon_name, _ICON_ROLES[variant]))
    if hint:
        button.set_hint(hint)
        button.setStyleSheet("text-align: left;")
    if variant == "link":
        button.setFont(role_font("small"))
    if variant in ("link", "tab"):
        button.setCursor(Qt.CursorShape.PointingHandCursor)
    if variant == "tab":
        button.setCheckable(True)
    return button


def put_icon(button: QPushButton, icon_name: str, variant: ButtonVariant = "secondary") -> None:
    """Give a button that a form made the icon of its variant, at the distance `make_button` keeps."""
    set_style_property(button, "variant", variant)
    button.setIconSize(button_icon_size())
    button.setIcon(icon(icon_name, _ICON_ROLES[variant]))


def primary_button(text: str, icon_name: str = "", *, parent: QWidget | None = None) -> HintButton:
    """The one thing this view is for, filled with the accent colour."""
    return make_button(text, icon_name, "primary", parent=parent)


def secondary_button(
    text: str, icon_name: str = "", *, hint: str = "", parent: QWidget | None = None
) -> HintButton:
    """An ordinary action, outlined."""
    return make_button(text, icon_name, "secondary", hint=hint, parent=parent)


def link_button(text: str, *, parent: QWidget | None = None) -> HintButton:
    """A word inside a line that opens something: "Open", "show", "Resolve…"."""
    return make_button(text, "", "link", parent=parent)


def icon_button(
    icon_name: str, name: str, role: IconRole = "muted", *, parent: QWidget | None = None
) -> QToolButton:
    """A button that shows only an icon; `name` is its tool tip and what a screen reader says."""
    button = QToolButton(parent)
    button.setProperty("variant", "flat")
    button.setIcon(icon(icon_name, role))
    button.setIconSize(QSize(METRICS.icon, METRICS.icon))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
