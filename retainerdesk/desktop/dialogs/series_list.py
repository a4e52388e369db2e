"""The number series in the settings dialog: what was asked of them waits for Save, checked at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.number_gap_dialog import NumberGapDialog
from retainerdesk.desktop.dialogs.series_dialog import PURPOSE_WORDS, SeriesDialog
from retainerdesk.desktop.forms.ui_settings_dialog import Ui_SettingsDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.widgets.views import arrange_rows
from retainerdesk.domain.account import NumberGap, Series, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import series_for
from retainerdesk.services.number_series import (
    SeriesCommand,
    SeriesEdit,
    list_series,
    next_three,
    series_after,
)

_PURPOSES = dict(PURPOSE_WORDS)


class SeriesList(QObject):
    """Keeps the series and what is to be done with them while the settings are open."""

    def __init__(self, form: Ui_SettingsDialog, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._window = parent
        self._desk = desk
        self._today: date = desk.today()
        self._edits: tuple[SeriesEdit, ...] = ()
        self._asking: FormDialog | None = None
        self._about: Series | None = None
        self.known: tuple[Series, ...] = desk.read(list_series)
        arrange_rows(form.series)
        form.add_series.clicked.connect(self.add)
        form.change_series.clicked.connect(self.change)
        form.add_gap.clicked.connect(self.leave_out)
        form.series.itemActivated.connect(self.change)
        form.series.currentRowChanged.connect(self._apply)
        self._fill()

    def value(self) -> tuple[SeriesEdit, ...]:
        """What is to be done, in order."""
        return self._edits

    def add(self) -> None:
        """Ask for one more series."""
        self._ask(SeriesDialog(self._today, [each.id for each in self.known], None, self._window), None)

    def change(self) -> None:
        """Ask what changes about the chosen series."""
        if (series := self._chosen()) is not None:
            self._ask(SeriesDialog(self._today, (), series, self._window), series)

    def leave_out(self) -> None:
        """Ask which numbers of the chosen series are left out, and why."""
        if (series := self._chosen()) is not None:
            self._ask(NumberGapDialog(series, self._today, self._window), series)

    def _chosen(self) -> Series | None:
        row = self._form.series.currentRow()
        return self.known[row] if 0 <= row < len(self.known) else None

    def _ask(self, dialog: FormDialog, about: Series | None) -> None:
        self._asking, self._about = dialog, about
        dialog.accepted_value.connect(self._take)
        dialog.open()

    def _take(self, asked: SeriesCommand | NumberGap) -> None:
        edit = SeriesEdit(asked, self._about.id if self._about else None)
        try:
            self.known = self._desk.read(series_after, (*self._edits, edit), self._today)
        except RuleViolation as violation:
            if self._asking is not None:
                self._asking.show_violation(violation)
            return
        self._edits += (edit,)
        self._fill()

    def _fill(self) -> None:
        view = self._form.series
        row = max(0, view.currentRow())
        view.clear()
        view.addItems([self._words(series) for series in self.known])
        view.setCurrentRow(min(row, view.count() - 1))
        self._apply()

    def _apply(self) -> None:
        has_one = self._chosen() is not None
        self._form.change_series.setEnabled(has_one)
        self._form.add_gap.setEnabled(has_one)

    def _words(self, series: Series) -> str:
        parts = [f"{in_sentence(series.title)} · {_PURPOSES[series.purpose].lower()}"]
        if series_for(self.known, series.purpose) == series:
            parts.append("default")
        if series.reset is SeriesReset.YEARLY:
            parts.append("from 1 every year")
        try:
            parts.append("next " + next_three(series, self._today)[0])
        except RuleViolation as violation:
            parts.append(bearable(violation.message))
        lines = [" · ".join(parts), *(_gap_words(gap) for gap in series.gaps)]
        return "\n".join(lines)


def _gap_words(gap: NumberGap) -> str:
    of_year = f" of {gap.year}" if gap.year else ""
    numbers = f"number {gap.first}" if gap.first == gap.last else f"numbers {gap.first} to {gap.last}"
    return f"      without {numbers}{of_year}: {gap.reason}"
