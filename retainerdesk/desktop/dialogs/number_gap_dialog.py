"""Numbers of a series that no document of this book has, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_number_gap_dialog import Ui_NumberGapDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.account import NumberGap, Series, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import place_on, year_of


class NumberGapDialog(FormDialog):
    """Collects a NumberGap of one series."""

    def __init__(self, series: Series, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_NumberGapDialog()
        self.form.setupUi(self)
        form = self.form
        self._is_yearly = series.reset is SeriesReset.YEARLY
        form.year.setValue(year_of(series, today) or today.year)
        form.year.setVisible(self._is_yearly)
        form.year_label.setVisible(self._is_yearly)
        first = place_on(series, today).sequence
        form.first.setValue(first)
        form.last.setValue(first)
        form.first.valueChanged.connect(self._follow)
        self.setWindowTitle(f"Leave numbers out of {in_sentence(series.title)}")
        self.prepare(
            form.buttons, "&Leave out", form.first,
            gap=form.first, year=form.year, reason=form.reason, last=form.last,
        )  # fmt: skip

    def _follow(self, first: int) -> None:
        self.form.last.setValue(max(first, self.form.last.value()))

    def value(self) -> NumberGap:
        form = self.form
        gap = NumberGap(
            form.first.value(),
            form.last.value(),
            form.reason.text().strip(),
            form.year.value() if self._is_yearly else 0,
        )
        if not gap.reason:
            raise RuleViolation("series.reason", "Say why they are left out; it is kept.", "reason")
        return gap
