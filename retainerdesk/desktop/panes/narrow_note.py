"""What a narrow column shows while it has nothing to show: a title, a sentence, one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import secondary_button
from retainerdesk.desktop.widgets.text import data_label


class NarrowNote(QWidget):
    """An empty state for columns too narrow for `EmptyState`, `margin` pixels inside them.

    Signals: `pressed()` when its button is.
    """

    pressed = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        button_text: str = "",
        *,
        margin: int = SPACING.large,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(SPACING.small)
        column.addWidget(data_label(title, "strong"))
        column.addWidget(data_label(sentence, "detail", wrap=True))
        if button_text:
            button = secondary_button(button_text)
            button.clicked.connect(self.pressed)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
