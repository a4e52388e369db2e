"""A line that opens to what is behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.panes.billing.explanation_pane import lines_grid
from retainerdesk.desktop.panes.billing.explanation_words import Line
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import icon_button
from retainerdesk.desktop.widgets.surfaces import hairline
from retainerdesk.desktop.widgets.text import data_label

_INDENT = 28


class Disclosure(QWidget):
    """A title and an amount; the arrow before them (or a click on them) shows the lines behind.

    Signals: `opened(bool)`.
    """

    opened = Signal(bool)

    def __init__(
        self, title: str, amount: str, lines: tuple[Line, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._body: QWidget | None = None
        self.arrow = icon_button("chevron-right", f"{title}, {amount}: show why", parent=self)
        self.arrow.setCheckable(True)
        self.arrow.setToolTip("")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING.tight)
        row = QHBoxLayout()
        row.setSpacing(SPACING.tight)
        row.addWidget(self.arrow)
        row.addWidget(data_label(title, "strong", elide=True), 1)
        row.addWidget(data_label(amount, "number", align=Qt.AlignmentFlag.AlignRight))
        self._column.addLayout(row)
        self._column.addWidget(hairline())
        self.arrow.toggled.connect(self._show)

    @property
    def is_open(self) -> bool:
        return self.arrow.isChecked()

    def open(self) -> None:
        """Show what is behind it."""
        self.arrow.setChecked(True)

    def mouseReleaseEvent(self, event: object) -> None:
        del event
        self.arrow.toggle()

    def _show(self, *, checked: bool = False) -> None:
        del checked
        is_open = self.arrow.isChecked()
        if is_open and self._body is None:
            self._body = lines_grid(self._lines)
            self._body.setContentsMargins(_INDENT, 0, 0, SPACING.small)
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(is_open)
        self.arrow.setIcon(icon("chevron-down" if is_open else "chevron-right", "muted"))
        self.opened.emit(is_open)
