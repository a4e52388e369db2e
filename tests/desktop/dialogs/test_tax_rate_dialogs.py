"""Tax rates in the settings, in accounts and charges, and hints in the run, on a real book."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.services.tax_rates import list_own_rates


def child(dialog: Any, name: str) -> Any:
    """The newest dialog of that class opened from the settings."""
    return [each for each in dialog.children() if type(each).__name__ == name][-1]


def test_the_rates_of_the_country_stand_with_where_they_come_from(opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    first = settings.form.tax_rates.item(0).text()
    assert first.startswith("Standard 19 % · from 1 Jan 2021 · in force")
    assert "Umsatzsteuergesetz" in settings.form.rate_source.text()
    settings.form.country.setCurrentIndex(settings.form.country.findData("US"))
    assert "No rates of this country are known" in settings.form.tax_rates.item(0).text()
    assert not settings.form.change_rate.isEnabled()
    settings.reject()


def test_a_rate_is_added_changed_and_removed_with_save(desk: Desk, opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    settings.rates.add()
    dialog = child(settings, "TaxRateDialog")
    dialog.form.name.setText("Standard")
    dialog.form.percent.set_decimal(Decimal(20))
    dialog.form.from_on.set_day(date(2027, 1, 1))
    dialog.accept()
    assert dialog.isVisible()
    assert "published" in dialog.shown_violation
    dialog.form.source.setText("BGBl. 2026 I")
    dialog.accept()
    assert settings.form.tax_rates.item(0).text().endswith("· yours")
    assert settings.form.rate_source.text() == "Yours: BGBl. 2026 I"
    assert desk.read(list_own_rates) == ()
    settings.accept()
    assert [rate.percent for rate in desk.read(list_own_rates)] == [20]
    again: Any = opener.settings()
    again.form.tax_rates.setCurrentRow(0)
    again.rates.remove()
    again.accept()
    assert desk.read(list_own_rates) == ()


def test_a_rate_of_the_program_is_ended_by_a_row_of_the_book(desk: Desk, opener: DialogOpener) -> None:
    settings: Any = opener.settings()
    rows = [rate.words for rate in settings.rates.rows]
    settings.form.tax_rates.setCurrentRow(rows.index("Reduced 7 %"))
    assert not settings.form.remove_rate.isEnabled()
    settings.rates.change()
    dialog = child(settings, "TaxRateDialog")
    dialog.form.until.set_day(date(2027, 1, 1), date(2027, 1, 1))
    dialog.accept()
    settings.accept()
    (own,) = desk.read(list_own_rates)
    assert (own.percent, own.from_on, own.until) == (Decimal(7), date(2021, 1, 1), date(2027, 1, 1))


def test_an_account_is_offered_the_rates_in_force(opener: DialogOpener) -> None:
    dialog: Any = opener.edit_account_tax("fjord")
    form = dialog.form
    assert form.tabs.currentWidget() is form.billing_tab
    assert [form.tax_offer.itemText(row) for row in range(form.tax_offer.count())] == [
        "Standard 19 %", "Reduced 7 %", "Another, or none",
    ]  # fmt: skip
    form.tax_offer.setCurrentIndex(1)
    form.tax_offer.activated.emit(1)
    assert dialog.value().tax.rate_percent == 7
    assert dialog.value().tax.category is TaxCategory.REDUCED
    form.tax_rate.set_decimal(Decimal(8))
    assert form.tax_offer.currentText() == "Another, or none"
    form.tax_rate.setText("x")
    assert form.tax_offer.currentText() == "Another, or none"
    dialog.reject()


def test_a_charge_takes_the_tax_of_its_account_or_a_rate_in_force(opener: DialogOpener) -> None:
    dialog: Any = opener.charge("fjord")
    form = dialog.form
    assert form.tax.currentText().startswith("As the account: ")
    form.text.setText("Book")
    form.unit_price.set_decimal(Decimal(10))
    assert dialog.value().tax is None
    form.tax.setCurrentIndex(form.tax.findText("Reduced 7 %"))
    assert dialog.value().tax == TaxRule(TaxCategory.REDUCED, Decimal(7))
    dialog.reject()
