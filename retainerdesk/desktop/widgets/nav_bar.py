"""The row of places at the top of the window: Today, Accounts, Billing, Renewals, Insights."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from retainerdesk.desktop.theme.fonts import ui_font
from retainerdesk.desktop.theme.icons import button_icon_size, icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import METRICS, SPACING

_BADGE_HEIGHT = 16
_SIDES = 24
_MOST = 99


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place: its key for the program, its name, its icon."""

    key: str
    text: str
    icon_name: str


class NavButton(QPushButton):
    """A place in the bar, with a count of what waits there."""

    def __init__(self, item: NavItem, parent: QWidget | None = None) -> None:
        super().__init__(item.text, parent)
        self._count = 0
        self.setProperty("variant", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setIcon(icon(item.icon_name, "muted", on_role="accent"))
        self.setIconSize(button_icon_size())
        self.setAccessibleName(item.text)
        self.setStyleSheet("text-align: left;")

    def set_count(self, count: int, meaning: str) -> None:
        """Show `count` in red; 0 shows nothing. `meaning` says it in words ("5 need you")."""
        self._count = count
        self.setAccessibleDescription(meaning if count else "")
        self.setToolTip(meaning if count else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(bold).horizontalAdvance(self.text())
        width = _SIDES + METRICS.icon + SPACING.small + words
        if self._count:
            width += int(self._badge_width()) + SPACING.small
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            painter = QPainter(self)
            self._paint_badge(painter)
            painter.end()

    def _badge_text(self) -> str:
        return str(self._count) if self._count <= _MOST else f"{_MOST}+"

    def _badge_width(self) -> float:
        advance = QFontMetrics(_badge_font()).horizontalAdvance(self._badge_text())
        return float(max(advance + 10, _BADGE_HEIGHT + 2))

    def _paint_badge(self, painter: QPainter) -> None:
        tokens = current_tokens()
        width = self._badge_width()
        box = QRectF(self.width() - width - 10, (self.height() - _BADGE_HEIGHT) / 2, width, _BADGE_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.bad))
        painter.drawRoundedRect(box, _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
        painter.setPen(QColor(tokens.on_bad))
        painter.setFont(_badge_font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge_text())


def _badge_font() -> QFont:
    return ui_font("group", QFont.Weight.DemiBold, tabular=True)


class NavBar(QWidget):
    """Places side by side, one of them chosen; arrow keys move.

    Signals: `selected(str)` with the key, when the user chooses another place.
    """

    selected = Signal(str)

    def __init__(self, items: Sequence[NavItem], name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._keys = tuple(item.key for item in items)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING.tight)
        for index, item in enumerate(items):
            button = NavButton(item, self)
            self._group.addButton(button, index)
            row.addWidget(button)
        row.addStretch(1)
        self.select(self._keys[0])
        self._group.buttonClicked.connect(self._tell)

    @property
    def current(self) -> str:
        """The key of the chosen place; "" while there is none."""
        chosen = self._group.checkedId()
        return self._keys[chosen] if chosen >= 0 else ""

    def select(self, key: str) -> None:
        """Mark `key` as chosen without telling anybody. Raises ValueError for an unknown key."""
        self.button(key).setChecked(True)

    def select_none(self) -> None:
        """Mark no place as chosen, until the next one is."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_badge(self, key: str, count: int, meaning: str) -> None:
        """Show how much waits at `key`; `meaning` says it in words."""
        self.button(key).set_count(count, meaning)

    def button(self, key: str) -> NavButton:
        """The button of a place, for shortcuts and tests. Raises ValueError for an unknown key."""
        button = self._group.button(self._keys.index(key))
        assert isinstance(button, NavButton)
        return button

    def _tell(self, button: QAbstractButton) -> None:
        self.selected.emit(self._keys[self._group.id(button)])
