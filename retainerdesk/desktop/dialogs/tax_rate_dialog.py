"""A tax rate of a country: its name, percent, days in force, and where it is published."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import TAX_WORDS, chosen_text, fill
from retainerdesk.desktop.dialogs.countries import countries
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_tax_rate_dialog import Ui_TaxRateDialog
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.tax_rates import TaxRate, check_own_rate


class TaxRateDialog(FormDialog):
    """Collects a TaxRate of the book; `existing` is a row to change, or one of the program to replace."""

    def __init__(
        self, country: str, today: date, existing: TaxRate | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_TaxRateDialog()
        self.form.setupUi(self)
        form = self.form
        words = [each for each in TAX_WORDS if each[0].is_taxed]
        fill(form.country, countries(), existing.country if existing else country)
        fill(form.category, words, existing.category if existing else TaxCategory.STANDARD)
        form.name.setText(existing.name if existing else "")
        form.percent.set_decimal(existing.percent if existing else None)
        form.from_on.set_day(existing.from_on if existing else today)
        form.until.name("First day no longer in force", "ends on")
        form.until.set_day(existing.until if existing else None, today)
        form.source.setText(existing.source if existing else "")
        form.source.setCursorPosition(0)
        for fixed in (form.country, form.category, form.name, form.from_on):
            fixed.setEnabled(existing is None)
        self.setWindowTitle("Change tax rate" if existing else "Add tax rate")
        self.prepare(
            form.buttons, "&Save" if existing else "&Add rate", form.percent if existing else form.name,
            country=form.country, category=form.category, name=form.name, percent=form.percent,
            until=form.until, source=form.source,
        )  # fmt: skip

    def value(self) -> TaxRate:
        form = self.form
        rate = TaxRate(
            country=chosen_text(form.country).upper(),
            category=TaxCategory(form.category.currentData()),
            name=form.name.text().strip(),
            percent=form.percent.decimal("percent"),
            from_on=form.from_on.day,
            until=form.until.day,
            source=form.source.text().strip(),
            is_own=True,
        )
        check_own_rate(rate)
        return rate
