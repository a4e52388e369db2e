"""A group of due items under its heading; long groups show their first rows until asked for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.models.due_groups import DueGroup, DueLine
from retainerdesk.desktop.panes.due_row import DueRow
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.surfaces import hairline
from retainerdesk.desktop.widgets.text import data_label

SHOWN = 12


class DueSection(QWidget):
    """Heading, rows, and a link where there are more.

    Signals are those of its rows, and `all_wanted(str)` with the group's key when its link is pressed.
    """

    deed_wanted = Signal(object)
    account_wanted = Signal(object)
    snoozed = Signal(object, int)
    all_wanted = Signal(str)

    def __init__(self, group: DueGroup, *, all_shown: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = group.key
        self.rows: list[DueRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACING.large, 0, 0)
        column.setSpacing(0)
        self._head(column, group)
        lines = group.lines if all_shown else group.lines[:SHOWN]
        self._fill(column, lines)
        hidden = len(group.lines) - len(lines)
        if hidden:
            more = link_button(f"Show {hidden} more")
            more.clicked.connect(self._want_all)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _head(column: QVBoxLayout, group: DueGroup) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, SPACING.medium)
        row.addWidget(data_label(group.title, "strong"))
        row.addStretch(1)
        row.addWidget(data_label(group.remark, "muted"))
        column.addLayout(row)
        column.addWidget(hairline())

    def _fill(self, column: QVBoxLayout, lines: Sequence[DueLine]) -> None:
        for position, line in enumerate(lines):
            if position:
                column.addWidget(hairline())
            row = DueRow(line)
            row.deed_wanted.connect(self.deed_wanted)
            row.account_wanted.connect(self.account_wanted)
            row.snoozed.connect(self.snoozed)
            self.rows.append(row)
            column.addWidget(row)

    def _want_all(self) -> None:
        self.all_wanted.emit(self._key)
