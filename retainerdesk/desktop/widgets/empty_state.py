"""What a pane shows while it has nothing to show: why, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import make_button
from retainerdesk.desktop.widgets.icon_label import IconLabel
from retainerdesk.desktop.widgets.text import data_label

_ICON_SIZE = 32
_SENTENCE_WIDTH = 380


class EmptyState(QWidget):
    """An icon, a sentence and one or two buttons in the middle of the room there is.

    Signals: `primary()` and `secondary()`, when their button is pressed.
    """

    primary = Signal()
    secondary = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str,
        primary_text: str = "",
        secondary_text: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING.section, SPACING.section, SPACING.section, SPACING.section)
        column.setSpacing(SPACING.small)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel(icon_name, "muted", _ICON_SIZE), 0, centre)
        column.addWidget(data_label(title, "heading", wrap=False, align=centre), 0, centre)
        text = data_label(sentence, "muted", wrap=True, align=centre)
        text.setFixedWidth(_SENTENCE_WIDTH)
        text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        # In a row of its own: an aligned item is measured at the width of the column, not at its own.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(text)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._buttons(primary_text, secondary_text))
        column.addStretch(2)

    def _buttons(self, primary_text: str, secondary_text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACING.small, 0, 0)
        row.setSpacing(SPACING.small)
        row.addStretch(1)
        if primary_text:
            button = make_button(primary_text, variant="primary", parent=self)
            button.clicked.connect(self.primary)
            row.addWidget(button)
        if secondary_text:
            button = make_button(secondary_text, parent=self)
            button.clicked.connect(self.secondary)
            row.addWidget(button)
        row.addStretch(1)
        return row
