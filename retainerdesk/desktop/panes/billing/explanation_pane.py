"""The right side of the billing screen: why this amount."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.panes.billing.explanation_words import Line
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.text import data_label

_LABEL_WIDTH = 84


class ExplanationPane(QWidget):
    """A heading and (label, text) lines.

    Signals: `decide_pressed()` for overage that could be decided anew.
    """

    decide_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Why this amount")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.small)
        self.heading = data_label("", "heading", wrap=True)
        column.addWidget(self.heading)
        self._lines_place = QWidget(self)
        column.addWidget(self._lines_place)
        self._lines: QWidget | None = None
        self._column = QVBoxLayout(self._lines_place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.decide = link_button("Decide otherwise…", parent=self)
        self.decide.clicked.connect(self.decide_pressed)
        column.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_lines("", ())

    def show_lines(self, heading: str, lines: tuple[Line, ...], *, can_decide: bool = False) -> None:
        """Show another explanation."""
        self.heading.set_text(heading)
        self.heading.setVisible(bool(heading))
        self.decide.setVisible(can_decide)
        if self._lines is not None:
            # Deleted later, but gone from sight now: two explanations must never show through each other.
            self._lines.hide()
            self._column.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = lines_grid(lines)
        self._column.addWidget(self._lines)

    @property
    def text(self) -> str:
        """Everything on show, for the clipboard and for tests."""
        labels = self._lines.findChildren(QWidget) if self._lines is not None else []
        return "\n".join([self.heading.full_text, *(each.accessibleName() for each in labels)])


def lines_grid(lines: tuple[Line, ...]) -> QWidget:
    """Labels at the left, texts at the right, a line each."""
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACING.medium)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    for row, (label, text) in enumerate(lines):
        grid.addWidget(data_label(label, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(data_label(text, "body", wrap=True), row, 1)
    return widget
