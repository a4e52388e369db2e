"""What all accounts owe: a line a currency, the buckets under each other, with DSO."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import money, number
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.flow_layout import FlowLayout
from retainerdesk.desktop.widgets.text import TextTone, data_label
from retainerdesk.services.receivables import OwedTotals

_RIGHT = Qt.AlignmentFlag.AlignRight
_DSO = "Days sales outstanding, counted back month by month: the days of invoicing that are still open"


class OwedTotalsStrip(QWidget):
    """Open, buckets, credit and DSO of each currency; breaks into lines where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING.tight)
        self._lines: list[QWidget] = []

    def show_totals(self, totals: Sequence[OwedTotals]) -> None:
        """Show other totals."""
        for line in self._lines:
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [_line(each) for each in totals]
        for line in self._lines:
            self._column.addWidget(line)
        self.setAccessibleName("; ".join(totals_words(each) for each in totals) or "Nothing is owed")


def totals_words(totals: OwedTotals) -> str:
    """Such as "open €2,380.00, not due €1,190.00, 1–30 €1,190.00, DSO 33 days"."""
    return ", ".join(f"{name} {value}" for name, value, _tone in figures(totals))


def figures(totals: OwedTotals) -> list[tuple[str, str, TextTone]]:
    """What is shown of one currency: label, value, tone; buckets without anything are left out."""
    aged = totals.ageing
    names = ("not due", "1–30", "31–60", "61–90", "over 90")
    shown: list[tuple[str, str, TextTone]] = [("open", money(aged.total), "text")]
    for name, amount in zip(names, aged.amounts, strict=True):
        if amount:
            tone: TextTone = "text" if name == "not due" else "warn" if name == "1–30" else "bad"
            shown.append((name, money(amount), tone))
    if totals.credit:
        shown.append(("credit", money(totals.credit), "accent"))
    if totals.dso is not None:
        shown.append(("DSO", f"{number(totals.dso)} days", "muted"))
    return shown


def _line(totals: OwedTotals) -> QWidget:
    widget = QWidget()
    flow = FlowLayout(widget, spacing=SPACING.large)
    for name, value, tone in figures(totals):
        pair = QWidget()
        grid = QGridLayout(pair)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACING.small)
        label = data_label(name[:1].upper() + name[1:], "muted")
        if name == "DSO":
            label.set_explanation(_DSO)
        grid.addWidget(label, 0, 0)
        grid.addWidget(data_label(value, "number", tone=tone, align=_RIGHT), 0, 1)
        flow.addWidget(pair)
    return widget
