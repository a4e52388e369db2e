"""A number series: what it numbers, how its numbers look, and when it begins at 1 again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_series_dialog import Ui_SeriesDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.account import Series, SeriesPurpose, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import place_on, render
from retainerdesk.services.accounts import free_id
from retainerdesk.services.number_series import SeriesCommand, next_three

PURPOSE_WORDS = ((SeriesPurpose.INVOICE, "Invoices"), (SeriesPurpose.CREDIT_NOTE, "Credit notes"))
RESET_WORDS = ((SeriesReset.NEVER, "On and on"), (SeriesReset.YEARLY, "From 1 again every year"))
_NEW = Series("", "{year}-{number:04}")


class SeriesDialog(FormDialog):
    """Collects a SeriesCommand; `existing` is the series to change, `taken` are the short names in use."""

    def __init__(
        self,
        today: date,
        taken: Iterable[str] = (),
        existing: Series | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_SeriesDialog()
        self.form.setupUi(self)
        self._today = today
        self._taken = tuple(taken)
        self._existing = existing
        self._fill(existing or _NEW)
        self._follow()
        form = self.form
        self.setWindowTitle("Change number series" if existing else "Add number series")
        self.prepare(
            form.buttons, "&Save" if existing else "&Add series", form.name,
            id=form.id, name=form.name, purpose=form.purpose, format=form.format, reset=form.reset,
            year_starts_in=form.year_starts_in, next=form.next, reason=form.reason, gap=form.next,
        )  # fmt: skip

    def _fill(self, series: Series) -> None:
        form = self.form
        form.name.setText(series.name)
        form.id.setText(series.id)
        form.id.setReadOnly(self._existing is not None)
        fill(form.purpose, PURPOSE_WORDS, series.purpose)
        form.format.setText(series.format)
        fill(form.reset, RESET_WORDS, series.reset)
        months = [(month, QLocale().standaloneMonthName(month)) for month in range(1, 13)]
        fill(form.year_starts_in, months, series.year_starts_in)
        form.next.setValue(place_on(series, self._today).sequence)
        form.is_default.setChecked(series.is_default)

    def _follow(self) -> None:
        form = self.form
        if self._existing is None:
            form.name.textChanged.connect(self._suggest_id)
        form.format.textChanged.connect(self._show_example)
        form.reset.currentIndexChanged.connect(self._show_example)
        form.year_starts_in.currentIndexChanged.connect(self._show_example)
        form.next.valueChanged.connect(self._show_example)
        self._show_example()

    def _suggest_id(self) -> None:
        if not self.form.id.isModified():
            name = self.form.name.text()
            self.form.id.setText(free_id(name, self._taken) if name.strip() else "")

    def _show_example(self) -> None:
        form, series = self.form, self._read()
        is_yearly = series.reset is SeriesReset.YEARLY
        form.year_starts_in.setEnabled(is_yearly)
        form.year_starts_in_label.setEnabled(is_yearly)
        is_raised = series.next != self._next_now()
        form.reason.setEnabled(is_raised)
        form.reason_label.setEnabled(is_raised)
        try:
            shown = replace(series, year=0, gaps=self._existing.gaps if self._existing else ())
            form.example.setText("next " + ", ".join(next_three(shown, self._today)))
            set_style_property(form.example, "tone", "muted")
        except RuleViolation as violation:
            form.example.setText(bearable(violation.message))
            set_style_property(form.example, "tone", "danger")
        form.example.setAccessibleName(form.example.text())

    def _next_now(self) -> int:
        return place_on(self._existing, self._today).sequence if self._existing else 1

    def _read(self) -> Series:
        form = self.form
        return replace(
            self._existing or _NEW,
            id=form.id.text().strip(),
            name=form.name.text().strip(),
            purpose=SeriesPurpose(form.purpose.currentData()),
            format=form.format.text().strip(),
            reset=SeriesReset(form.reset.currentData()),
            year_starts_in=int(form.year_starts_in.currentData()),
            next=form.next.value(),
            is_default=form.is_default.isChecked(),
        )

    def value(self) -> SeriesCommand:
        series = self._read()
        if not series.id:
            raise RuleViolation("series.id", "Enter a name, such as Events.", "name")
        render(series, series.next, self._today)
        return SeriesCommand(series, self.form.reason.text().strip())
