"""What the documents on show come to: a line a currency, figures under each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.text import TextTone, data_label
from retainerdesk.domain.money import Money
from retainerdesk.services.register import RegisterTotals

_RIGHT = Qt.AlignmentFlag.AlignRight


class TotalsStrip(QWidget):
    """Net, open, overdue and unused credit of each currency."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._grid: QWidget | None = None
        self.show_totals(())

    def show_totals(self, totals: Sequence[RegisterTotals]) -> None:
        """Show other totals."""
        if self._grid is not None:
            self._grid.hide()
            self._column.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = _grid(totals)
        self._column.addWidget(self._grid)
        self.setAccessibleName("; ".join(totals_words(each) for each in totals) or "Nothing is shown")

    @property
    def text(self) -> str:
        """Everything on show, a line a currency."""
        return self.accessibleName().replace("; ", "\n")


def totals_words(totals: RegisterTotals) -> str:
    """Such as "net €1,200.00, open €1,428.00, overdue €1,428.00"."""
    return ", ".join(f"{name.lower()} {money(amount)}" for name, amount, _tone in _figures(totals))


def _figures(totals: RegisterTotals) -> list[tuple[str, Money, TextTone]]:
    shown: list[tuple[str, Money, TextTone]] = [
        ("Net", totals.net, "text"),
        ("Open", totals.open, "text"),
        ("Overdue", totals.overdue, "bad" if totals.overdue else "muted"),
    ]
    return [*shown, ("Credit", totals.credit, "accent")] if totals.credit else shown


def _grid(totals: Sequence[RegisterTotals]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACING.small)
    grid.setVerticalSpacing(SPACING.tight)
    for row, each in enumerate(totals):
        for place, (name, amount, tone) in enumerate(_figures(each)):
            grid.addWidget(data_label(name, "muted"), row, 3 * place)
            grid.addWidget(data_label(money(amount), "number", tone=tone, align=_RIGHT), row, 3 * place + 1)
            grid.setColumnMinimumWidth(3 * place + 2, SPACING.small)
    return widget
