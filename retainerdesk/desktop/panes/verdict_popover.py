"""What stands behind a verdict: the rule, the evidence, since when, what changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import day_long, house_style
from retainerdesk.desktop.models.verdict_looks import evidence_of, look_of, rule_of
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.surfaces import surface
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.health import Verdict

_WIDTH = 340


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
        column.addWidget(data_label(look_of(verdict).words, "strong", wrap=True))
        column.addWidget(data_label(rule_of(verdict), "detail", wrap=True))
        column.addSpacing(SPACING.small)
        for line in evidence_of(verdict):
            column.addWidget(data_label(line, "small", wrap=True))
        remarks = [f"Since {day_long(verdict.since)}"] if verdict.since else []
        if verdict.changed:
            changed = house_style(verdict.changed)
            remarks.append(changed[:1].upper() + changed[1:])
        if remarks:
            column.addSpacing(SPACING.small)
            column.addWidget(data_label(" · ".join(remarks), "detail", wrap=True))
