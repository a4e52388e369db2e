"""This period: how much is used of what is offered, beside how much of the period is gone."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from retainerdesk.desktop.charts.burn_bar import BurnBar
from retainerdesk.desktop.panes.period_words import period_words
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.services.views import RetainerView


class PeriodSection(QWidget):
    """Filled from one retainer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("This period")
        self.figure = data_label("", "figure")
        self.beside = data_label("", "muted", elide=True)
        self.bar = BurnBar()
        self.share = data_label("", "detail", elide=True)
        self.expiry = data_label("", "small", tone="warn", align=Qt.AlignmentFlag.AlignRight)
        self.note = data_label("", "small", wrap=True)
        self._figure_row = QWidget(self)
        self._share_row = QWidget(self)
        self._build()

    def show_retainer(self, view: RetainerView, today: date) -> None:
        """Show the running period of a retainer."""
        words = period_words(view, today)
        self.header.set_remark(words.remark)
        self.figure.set_text(words.figure)
        self.beside.set_text(words.beside)
        self._figure_row.setVisible(bool(words.figure))
        self.bar.setVisible(words.bar is not None)
        self.bar.set_value(words.bar)
        self.share.set_text(words.share)
        self.expiry.set_text(words.expiry)
        self.expiry.set_explanation(words.expiry_tip)
        self._share_row.setVisible(bool(words.share))
        self.note.set_text(words.note)
        self.note.set_tone(words.note_tone)
        self.note.setVisible(bool(words.note))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        column.addWidget(self.header)
        figures = _row(self._figure_row)
        figures.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBottom)
        figures.addWidget(self.beside, 1, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._figure_row)
        column.addWidget(self.bar)
        shares = _row(self._share_row)
        shares.addWidget(self.share, 1)
        shares.addWidget(self.expiry)
        column.addWidget(self._share_row)
        column.addWidget(self.note)


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACING.small)
    return row
