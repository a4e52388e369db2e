"""The tax rates in the settings dialog: those of the program and of the book; changes wait for Save."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.choices import chosen_text
from retainerdesk.desktop.dialogs.tax_rate_dialog import TaxRateDialog
from retainerdesk.desktop.formatting import day
from retainerdesk.desktop.forms.ui_settings_dialog import Ui_SettingsDialog
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.views import arrange_rows
from retainerdesk.domain.tax_rates import TaxRate, rates_on
from retainerdesk.services.tax_rates import rows_of, tax_rate_table


class RateList(QObject):
    """Keeps the rows of the book while the settings are open; shows the country of the business."""

    def __init__(self, form: Ui_SettingsDialog, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._window = parent
        self._today = desk.today()
        table = desk.read(tax_rate_table)
        self._shipped = [rate for rate in table if not rate.is_own]
        self._own = [rate for rate in table if rate.is_own]
        self._changing: TaxRate | None = None
        self.rows: tuple[TaxRate, ...] = ()
        set_style_property(form.rate_source, "tone", "muted")
        arrange_rows(form.tax_rates)
        form.add_rate.clicked.connect(self.add)
        form.change_rate.clicked.connect(self.change)
        form.remove_rate.clicked.connect(self.remove)
        form.tax_rates.itemActivated.connect(self.change)
        form.tax_rates.currentRowChanged.connect(self._apply)
        form.country.currentTextChanged.connect(self._fill)
        self._fill()

    def value(self) -> tuple[TaxRate, ...]:
        """The rows of the book as they should be."""
        return tuple(self._own)

    def add(self) -> None:
        """Ask for one more rate."""
        self._ask(None)

    def change(self) -> None:
        """Ask what changes about the chosen rate; one of the program is replaced by a row of the book."""
        if (rate := self._chosen()) is not None:
            self._ask(rate)

    def remove(self) -> None:
        """Take the chosen row of the book out."""
        rate = self._chosen()
        if rate is not None and rate.is_own:
            self._own.remove(rate)
            self._fill()

    def _chosen(self) -> TaxRate | None:
        row = self._form.tax_rates.currentRow()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def _ask(self, existing: TaxRate | None) -> None:
        self._changing = existing
        dialog = TaxRateDialog(self._country(), self._today, existing, self._window)
        dialog.accepted_value.connect(self._take)
        dialog.open()

    def _take(self, rate: TaxRate) -> None:
        if self._changing is not None and rate == replace(self._changing, is_own=True):
            return
        self._own = [*(each for each in self._own if each.id != rate.id), rate]
        self._fill()

    def _country(self) -> str:
        return chosen_text(self._form.country).upper()

    def _fill(self) -> None:
        view, country = self._form.tax_rates, self._country()
        known = [*self._shipped, *self._own]
        in_force = rates_on(known, country, self._today)
        self.rows = rows_of(known, country)
        view.clear()
        view.addItems([self._words(rate, is_in_force=rate in in_force) for rate in self.rows])
        if not self.rows:
            view.addItem("No rates of this country are known. Add them, with where they are published.")
        view.setCurrentRow(0 if self.rows else -1)
        self._apply()

    def _apply(self) -> None:
        rate = self._chosen()
        self._form.change_rate.setEnabled(rate is not None)
        self._form.remove_rate.setEnabled(rate is not None and rate.is_own)
        whose = "Yours" if rate and rate.is_own else "From the program"
        self._form.rate_source.setText(f"{whose}: {rate.source}" if rate else "")

    def _words(self, rate: TaxRate, *, is_in_force: bool) -> str:
        since = f"from {day(rate.from_on, self._today)}"
        until = f" until {day(rate.until, self._today)}" if rate.until else ""
        parts = [rate.words, since + until, *(["in force"] if is_in_force else [])]
        return " · ".join([*parts, *(["yours"] if rate.is_own else [])])
