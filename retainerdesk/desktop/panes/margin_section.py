"""Margin of twelve months against the target, and what the last full month lost on the way."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.charts.margin_columns import MarginColumns
from retainerdesk.desktop.charts.waterfall import Waterfall
from retainerdesk.desktop.formatting import percent
from retainerdesk.desktop.panes.margin_words import (
    columns,
    margin_figure,
    missing_words,
    month_remark,
    net_words,
    rate_words,
    rates_used,
    waterfall_rows,
    waterfall_title,
)
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.services.views import MarginView

_TOO_EARLY = "No full month with revenue yet."
_UNKNOWN = "Not known while the margin is incomplete."


class MarginSection(QWidget):
    """Signals: `settings_wanted()`, `rates_wanted()` from the way out of a missing cost or exchange rate."""

    settings_wanted = Signal()
    rates_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("Margin, 12 months")
        self.figure = data_label("", "figure")
        self.rate = data_label("", "detail")
        self.columns = MarginColumns(name="Margin by month")
        self.missing = data_label("", "small", tone="warn", wrap=True)
        self.settings = link_button("Open settings")
        self.add_rate = link_button("Add rate")
        self.used = data_label("", "small", tone="muted", wrap=True)
        self._target = ""
        self._build()
        self.columns.readout_changed.connect(self._show_readout)
        self.settings.clicked.connect(self.settings_wanted)
        self.add_rate.clicked.connect(self.rates_wanted)

    def show_margin(self, view: MarginView) -> None:
        """Show a year of months."""
        self._target = f"target {percent(view.target_percent)}"
        self.header.set_remark(self._target)
        self.figure.set_text(margin_figure(view))
        self.rate.set_text(rate_words(view))
        self.columns.set_columns(columns(view), view.target_percent / 100)
        missing = missing_words(view)
        self.missing.set_text(missing)
        self.missing.setVisible(bool(missing))
        self.settings.setVisible("Settings" in missing)
        self.add_rate.setVisible("exchange rate" in missing)
        used = rates_used(view)
        self.used.set_text(used)
        self.used.setVisible(bool(used))

    def _show_readout(self, text: str) -> None:
        self.header.set_remark(text or self._target)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        column.addWidget(self.header)
        row = QHBoxLayout()
        row.setSpacing(SPACING.large)
        figures = QVBoxLayout()
        figures.setSpacing(2)
        figures.addWidget(self.figure)
        figures.addWidget(self.rate)
        row.addLayout(figures, 2)
        row.addWidget(self.columns, 3)
        column.addLayout(row)
        column.addWidget(self.missing)
        column.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.add_rate, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.used)


class ErosionSection(QWidget):
    """The waterfall of the last full month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("What eroded it")
        self.chart = Waterfall(name="From the agreed margin to the contribution")
        self.net = data_label("", "detail", wrap=True)
        self.nothing = data_label("", "detail", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        for part in (self.header, self.chart, self.net, self.nothing):
            column.addWidget(part)

    def show_margin(self, view: MarginView, today: date) -> None:
        """Show the last full month of `view`."""
        last = view.last
        fall = last.waterfall if last else None
        self.header.set_title(waterfall_title(fall))
        self.header.set_remark(month_remark(last, today) if last else "")
        self.chart.set_rows(waterfall_rows(fall) if fall else ())
        self.chart.setVisible(fall is not None)
        incomplete = any(not month.complete for month in view.months)
        self.nothing.set_text(_UNKNOWN if incomplete else _TOO_EARLY)
        self.nothing.setVisible(fall is None)
        net = net_words(last) if last else ""
        self.net.set_text(net)
        self.net.setVisible(bool(net))
