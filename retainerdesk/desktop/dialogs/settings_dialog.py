"""What is set once: the business, money, invoices, people, and this computer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.backup_words import keep_words
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.choices import chosen_text, fill
from retainerdesk.desktop.dialogs.countries import (
    DOCUMENT_LOCALES,
    countries,
    currencies,
    time_zones,
    with_empty,
)
from retainerdesk.desktop.dialogs.document_page import DocumentPage
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.people_list import PeopleList
from retainerdesk.desktop.dialogs.rate_list import RateList
from retainerdesk.desktop.dialogs.series_list import SeriesList
from retainerdesk.desktop.dialogs.settings_edits import BookSettings, ChosenSettings, keep_settings
from retainerdesk.desktop.fields.bank_numbers import grouped_iban, parse_bic, parse_iban, parse_tax_id
from retainerdesk.desktop.forms.ui_settings_dialog import Ui_SettingsDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.theme import apply_theme
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.account import Business
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.business import get_business, list_people

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from retainerdesk.desktop.preferences import Preferences

_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
# Forms of single lines read badly when they are wider; the page with the sample needs more.
_PAGE_WIDTH = 580
_HOURS = ((None, "At once"), *((hour, f"Once a day, at {hour}:00") for hour in range(6, 21)))


class SettingsDialog(FormDialog):
    """Collects ChosenSettings and keeps them. Without `preferences` this computer has no page."""

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences | None,
        parent: QWidget | None = None,
        chooser: FileChooser | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_SettingsDialog()
        self.form.setupUi(self)
        self._desk = desk
        self._preferences = preferences
        self._chooser: FileChooser = chooser or SystemFileChooser()
        self._business = desk.read(get_business)
        self.series = SeriesList(self.form, desk, self)
        self.people = PeopleList(self.form, desk.read(list_people), desk.today(), self)
        self._fill_business(self._business)
        self.rates = RateList(self.form, desk, self)
        self._before = BookSettings(self._business, self.people.value(), (), desk.today(), self.rates.value())
        self._fill_money(self._business)
        self._fill_machine()
        self.documents = DocumentPage(desk, self._business, self._chooser)
        self._add_pages()
        self._prepare()
        self.accepted_value.connect(self._keep)

    def _add_pages(self) -> None:
        """Pages with a form of their own, before the ones they stand beside."""
        tabs = self.form.tabs
        for page in filter(None, map(tabs.widget, range(tabs.count()))):
            page.setMaximumWidth(_PAGE_WIDTH)
        tabs.insertTab(tabs.indexOf(self.form.people_tab), self.documents, "Documents")
        self.documents.refused.connect(self.show_violation)

    def _prepare(self) -> None:
        form, documents = self.form, self.documents.form
        for hint in (form.people_tab_hint, form.series_tab_hint, form.rates_tab_hint, form.backup_hint):
            hint.setFont(role_font("small"))
            set_style_property(hint, "tone", "muted")
        self.prepare(
            form.buttons, "&Save", form.name,
            name=form.name, tax_id=form.tax_id, country=form.country, currency=form.currency,
            time_zone=form.time_zone,
            iban=form.iban, bic=form.bic, standard_rate=form.standard_rate, overhead_rate=form.overhead_rate,
            target_margin_percent=form.target_margin_percent,
            series=form.series, cost_rates=form.people, people=form.people, logo=documents.choose_logo,
            accent=documents.accent, intro=documents.own_intro, terms=documents.own_terms,
            closing=documents.own_closing, texts=documents.own_title,
        )  # fmt: skip

    def _fill_business(self, business: Business) -> None:
        form = self.form
        form.name.setText(business.name)
        form.address.setPlainText("\n".join(business.address))
        form.address.setFixedHeight(90)
        form.email.setText(business.email)
        form.tax_id.setText(business.tax_id or "")
        fill(form.country, with_empty(countries()), business.country)
        fill(form.currency, currencies(), business.currency)
        if business.currency not in dict(currencies()):
            form.currency.setCurrentText(business.currency)
        fill(form.time_zone, time_zones(), business.time_zone)
        known = dict(DOCUMENT_LOCALES)
        extra = [] if business.locale in known else [(business.locale, business.locale)]
        fill(form.locale, [*DOCUMENT_LOCALES, *extra], business.locale)

    def _fill_money(self, business: Business) -> None:
        form = self.form
        form.iban.setText(grouped_iban(business.iban or ""))
        form.bic.setText(business.bic or "")
        form.bank_name.setText(business.bank_name or "")
        form.standard_rate.set_decimal(business.standard_rate, 2)
        form.overhead_rate.set_decimal(business.overhead_rate, 2)
        form.target_margin_percent.set_decimal(business.target_margin_percent)
        form.lead_days.setValue(business.lead_days)

    def _fill_machine(self) -> None:
        form = self.form
        if self._preferences is None:
            form.tabs.removeTab(form.tabs.indexOf(form.machine_tab))
            return
        now = self._preferences.now
        fill(form.theme, _THEMES, now.theme)
        fill(form.digest, _HOURS, now.digest_hour)
        form.backup_daily.setChecked(now.is_backup_daily)
        for field, count in (
            (form.backup_days, now.backup_days), (form.backup_weeks, now.backup_weeks),
            (form.backup_months, now.backup_months),
        ):  # fmt: skip
            field.setValue(count)
            field.valueChanged.connect(self._show_keep)
        self._show_keep()

    def _show_keep(self) -> None:
        form = self.form
        counts = (form.backup_days.value(), form.backup_weeks.value(), form.backup_months.value())
        form.backup_hint.setText(keep_words(*counts))

    def value(self) -> ChosenSettings:
        book = BookSettings(
            self._read_business(),
            self.people.value(),
            self.series.value(),
            self._desk.today(),
            self.rates.value(),
        )
        return ChosenSettings(book, self._machine_value())

    def _machine_value(self) -> dict[str, object]:
        form = self.form
        return {
            "theme": str(form.theme.currentData() or ""),
            "digest_hour": form.digest.currentData(),
            "is_backup_daily": form.backup_daily.isChecked(),
            "backup_days": form.backup_days.value(),
            "backup_weeks": form.backup_weeks.value(),
            "backup_months": form.backup_months.value(),
        }

    def _read_business(self) -> Business:
        form = self.form
        country = chosen_text(form.country).upper()
        if country and len(country) != 2:
            raise RuleViolation("business.country", "Choose a country from the list.", "country")
        return replace(
            self.documents.value(self._with_money(self._business)),
            name=form.name.text().strip(),
            address=tuple(line.strip() for line in form.address.toPlainText().splitlines() if line.strip()),
            country=country,
            tax_id=parse_tax_id(form.tax_id.text(), country, self._business.tax_id),
            email=form.email.text().strip(),
            currency=chosen_text(form.currency).upper(),
            time_zone=chosen_text(form.time_zone),
            locale=form.locale.currentData(),
            lead_days=form.lead_days.value(),
        )

    def _with_money(self, business: Business) -> Business:
        form = self.form
        return replace(
            business,
            iban=parse_iban(form.iban.text()),
            bic=parse_bic(form.bic.text()),
            bank_name=form.bank_name.text().strip() or None,
            standard_rate=form.standard_rate.optional_decimal("standard_rate"),
            overhead_rate=form.overhead_rate.optional_decimal("overhead_rate") or Decimal(0),
            target_margin_percent=form.target_margin_percent.decimal("target_margin_percent"),
        )

    def _keep(self, chosen: ChosenSettings) -> None:
        try:
            if chosen.book != self._before:
                keep_settings(self._desk, self._before, chosen.book)
        except RuleViolation as violation:
            self.show_violation(violation)
            return
        except EnvironmentProblem as problem:
            self.keep_open()
            show_problem(self, problem)
            return
        if self._preferences is not None:
            self._preferences.change(**chosen.machine)
            apply_theme(_application(), self._preferences.now.theme)


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
