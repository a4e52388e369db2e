"""A field to search in: a glass, the key that leads here, a cross to clear it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.text import role_font


class SearchField(QLineEdit):
    """A line edit for searching. Escape clears it first, and only then does what it does around it."""

    def __init__(
        self,
        placeholder: str,
        *,
        hint: str = "",
        clear_name: str = "Clear",
        glass: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setProperty("search", "true")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(hint)
        if glass:
            self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(icon("x", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(clear_name)
        self._clear.setToolTip(clear_name)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._show_clear)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._hint or self.text():
            return
        painter = QPainter(self)
        painter.setFont(role_font("small"))
        painter.setPen(QColor(current_tokens().muted))
        room = QRect(self.rect()).adjusted(0, 0, -SPACING.medium, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)
        painter.end()

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))
