"""What stands behind a verdict: the rule, the evidence, since when, what changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import day_long, house_style
from retainerdesk.desktop.models.verdict_looks import evidence_of, look_of, rule_of
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.runs import RunsLabel, TextRun
from retainerdesk.desktop.widgets.surfaces import surface
from retainerdesk.desktop.widgets.text import TextRole
from retainerdesk.domain.verdict import Verdict

_WIDTH = 380


class VerdictPopover(QFrame):
    """Opens below its chip; Escape or a click beside it closes it."""

    def __init__(self, verdict: Verdict, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(look_of(verdict).words)
        self.setFixedWidth(_WIDTH)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        ground = surface("card", parent=self)
        outside.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(SPACING.large, SPACING.medium, SPACING.large, SPACING.medium)
        column.setSpacing(SPACING.tight)
        self._fill(column, verdict)

    def show_below(self, chip: QWidget) -> None:
        """Open under `chip`."""
        self.move(chip.mapToGlobal(QPoint(0, chip.height() + SPACING.tight)))
        self.show()

    @staticmethod
    def _fill(column: QVBoxLayout, verdict: Verdict) -> None:
        column.addWidget(_paragraph(look_of(verdict).words, "strong"))
        column.addWidget(_paragraph(rule_of(verdict), "detail"))
        column.addSpacing(SPACING.small)
        for line in evidence_of(verdict):
            column.addWidget(_paragraph(line, "small"))
        remarks = [f"Since {day_long(verdict.since)}"] if verdict.since else []
        if verdict.changed:
            changed = house_style(verdict.changed)
            remarks.append(changed[:1].upper() + changed[1:])
        if remarks:
            column.addSpacing(SPACING.small)
            column.addWidget(_paragraph(" · ".join(remarks), "detail"))


def _paragraph(text: str, role: TextRole) -> RunsLabel:
    """Text of any length; a figure keeps its percent sign on its line."""
    return RunsLabel([TextRun(text.replace(" %", "\u00a0%"))], role)
