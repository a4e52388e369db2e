"""An account: who it is, how it is invoiced, who to talk to and how often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QSizePolicy, QWidget

from retainerdesk.desktop.dialogs.choices import (
    STATUS_WORDS,
    TAX_WORDS,
    choose,
    chosen_text,
    fill,
    fill_series,
)
from retainerdesk.desktop.dialogs.countries import (
    DOCUMENT_LOCALES,
    countries,
    currencies,
    currency_of,
    locale_of,
    with_empty,
)
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.payment_terms import PaymentTerms
from retainerdesk.desktop.dialogs.tax_offers import TaxOffers
from retainerdesk.desktop.dialogs.text_table import (
    TextColumn,
    TextTable,
    begin_row,
    remove_current,
    show_table,
)
from retainerdesk.desktop.fields.bank_numbers import parse_tax_id
from retainerdesk.desktop.forms.ui_account_dialog import Ui_AccountDialog
from retainerdesk.desktop.name_words import look_alike_words
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.account import (
    Account,
    AccountStatus,
    Business,
    Contact,
    Series,
    TaxCategory,
    TaxRule,
    WithholdingRule,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.names import KnownNames
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.services.accounts import free_id
from retainerdesk.services.rows import new_row_id

_CONTACT_COLUMNS = (TextColumn("Name"), TextColumn("Role"), TextColumn("Email"), TextColumn("Phone"))


class AccountDialog(FormDialog):
    """Collects an Account; `existing` is the one to change. `others` are short names and names in use.

    A name that looks like one of `others` is said below it, and refused by nobody. `series` are the number
    series of the book: its invoices may have one of their own. `rates` are the tax rates in force where the
    business is.
    """

    def __init__(
        self,
        business: Business,
        others: Iterable[tuple[str, str]] = (),
        existing: Account | None = None,
        parent: QWidget | None = None,
        series: Iterable[Series] = (),
        rates: Iterable[TaxRate] = (),
    ) -> None:
        super().__init__(parent)
        self.form = Ui_AccountDialog()
        self.form.setupUi(self)
        names = tuple(others)
        self._taken = tuple(own_id for own_id, _ in names)
        self._known = KnownNames(names)
        self._existing = existing
        self._series = tuple(series)
        self._rates = tuple(rates)
        self._account = existing or _blank(business)
        self._contact_ids: list[str] = [contact.id for contact in self._account.contacts]
        self._fill_account()
        self._fill_billing()
        self._fill_people()
        self._add_look_alike()
        self._follow()
        self.setWindowTitle("Edit account" if existing else "New account")
        self._prepare()

    def _prepare(self) -> None:
        form = self.form
        self.prepare(
            form.buttons, "&Save" if self._existing else "&Add account", form.name,
            name=form.name, id=form.id, currency=form.currency, country=form.country, locale=form.locale,
            payment_terms_days=form.payment_terms_days, grace_days=form.grace_days, tax=form.tax_rate,
            payment_plan=form.payment_plan, cash_rounding=form.cash_rounding,
            late_interest=form.late_interest,
            document_discount_percent=form.document_discount_percent, withholding=form.withholding_percent,
            tax_rate=form.tax_rate, tax_reason=form.tax_reason, tax_id=form.tax_id, contacts=form.contacts,
        )  # fmt: skip

    def _fill_account(self) -> None:
        form, account = self.form, self._account
        form.name.setText(account.name)
        form.id.setText(account.id)
        form.id.setReadOnly(self._existing is not None)
        fill(form.status, STATUS_WORDS, account.status)
        fill(form.currency, currencies(), account.currency)
        if account.currency not in dict(currencies()):
            form.currency.setCurrentText(account.currency)
        form.currency.setEnabled(self._existing is None)
        known = dict(DOCUMENT_LOCALES)
        extra = [] if account.locale in known else [(account.locale, account.locale)]
        fill(form.locale, [*DOCUMENT_LOCALES, *extra], account.locale)
        form.address.setPlainText("\n".join(account.address))
        form.address.setFixedHeight(90)
        fill(form.country, with_empty(countries()), account.country)
        form.tax_id.setText(account.tax_id or "")
        form.tags.setText(", ".join(account.tags))

    def _fill_billing(self) -> None:
        form, account = self.form, self._account
        fill_series(form.series, self._series, account.series_id)
        fill(form.tax_category, TAX_WORDS, account.tax.category)
        form.tax_rate.set_decimal(account.tax.rate_percent)
        self._offers = TaxOffers(form.tax_offer, self._rates)
        form.tax_offer.activated.connect(self._take_offer)
        form.tax_rate.textChanged.connect(self._show_offer)
        form.tax_category.currentIndexChanged.connect(self._show_offer)
        form.tax_included.setChecked(account.tax.included)
        form.tax_reason.setText(account.tax.reason or "")
        form.document_discount_percent.set_decimal(account.document_discount_percent or None)
        rule = account.withholding
        form.withholding_percent.set_decimal(rule.percent if rule else None)
        form.withholding_reason.setText(rule.reason if rule else "")
        self._terms = PaymentTerms(form, account)

    def _fill_people(self) -> None:
        form = self.form
        rows = [(each.name, each.role, each.email, each.phone) for each in self._account.contacts]
        self._contacts = TextTable(_CONTACT_COLUMNS, rows)
        show_table(form.contacts, self._contacts)
        form.call_every_days.setValue(self._account.call_every_days or 0)

    def _add_look_alike(self) -> None:
        """A line below the name for another account that looks like it; gone while there is none."""
        self.look_alike = data_label("", "small", tone="warn", wrap=True)
        self.look_alike.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.form.account_tab_form.insertRow(1, "", self.look_alike)

    def _show_look_alike(self) -> None:
        found = self._known.look_alike(self.form.name.text(), self._account.id if self._existing else None)
        self.look_alike.set_text(look_alike_words(found) if found else "")
        self.form.account_tab_form.setRowVisible(self.look_alike, found is not None)

    def _follow(self) -> None:
        form = self.form
        form.name.textChanged.connect(self._show_look_alike)
        self._show_look_alike()
        if self._existing is None:
            form.name.textChanged.connect(self._suggest_id)
            form.country.currentTextChanged.connect(self._suggest_money)
            self._suggest_id()
        form.tax_category.currentIndexChanged.connect(self._apply_category)
        form.withholding_percent.textChanged.connect(self._apply_withholding)
        form.currency.currentTextChanged.connect(self._apply_currency)
        form.add_contact.clicked.connect(self._add_contact)
        form.remove_contact.clicked.connect(self._remove_contact)
        self._apply_category()
        self._apply_withholding()
        self._apply_currency()
        self._show_offer()

    def show_tax(self) -> None:
        """Turn to the page of the tax, with the keyboard on it."""
        self.form.tabs.setCurrentWidget(self.form.billing_tab)
        self.form.tax_offer.setFocus()

    def _suggest_id(self) -> None:
        """The short name follows the name until somebody writes one of their own."""
        if not self.form.id.isModified():
            name = self.form.name.text()
            self.form.id.setText(free_id(name, self._taken) if name.strip() else "")

    def _suggest_money(self) -> None:
        country = chosen_text(self.form.country)
        if country and len(country) == 2:
            choose(self.form.currency, currency_of(country))
            choose(self.form.locale, locale_of(country))

    def _apply_category(self) -> None:
        form = self.form
        taxed = TaxCategory(form.tax_category.currentData()).is_taxed
        form.tax_rate.setEnabled(taxed)
        form.tax_included.setEnabled(taxed)
        if not taxed:
            form.tax_rate.set_decimal(Decimal(0))
            form.tax_included.setChecked(False)

    def _apply_withholding(self) -> None:
        self.form.withholding_reason.setEnabled(bool(self.form.withholding_percent.text().strip()))

    def _apply_currency(self) -> None:
        self._terms.use_currency(chosen_text(self.form.currency).upper())

    def _take_offer(self) -> None:
        rate = self._offers.chosen
        if rate is not None:
            choose(self.form.tax_category, rate.category)
            self.form.tax_rate.set_decimal(rate.percent)

    def _show_offer(self) -> None:
        try:
            percent = self.form.tax_rate.optional_decimal("tax_rate") or Decimal(0)
        except RuleViolation:
            # Nothing that can be read is no rate of the list either.
            percent = Decimal(-1)
        self._offers.show(TaxCategory(self.form.tax_category.currentData()), percent)

    def _add_contact(self) -> None:
        self._contact_ids.append(new_row_id("p"))
        begin_row(self.form.contacts, self._contacts, ("", "", "", ""))

    def _remove_contact(self) -> None:
        row = self.form.contacts.currentIndex().row()
        if row >= 0:
            del self._contact_ids[row]
            remove_current(self.form.contacts, self._contacts)

    def value(self) -> Account:
        form = self.form
        country = chosen_text(form.country).upper()
        if country and len(country) != 2:
            raise RuleViolation("account.country", "Choose a country from the list.", "country")
        account_id = form.id.text().strip()
        if not account_id and form.name.text().strip():
            raise RuleViolation("account.id", "Enter a short name, such as acme.", "id")
        return replace(
            self._account,
            id=account_id,
            name=form.name.text().strip(),
            currency=chosen_text(form.currency).upper(),
            status=AccountStatus(form.status.currentData()),
            locale=form.locale.currentData(),
            address=tuple(line.strip() for line in form.address.toPlainText().splitlines() if line.strip()),
            country=country,
            tax_id=parse_tax_id(form.tax_id.text(), country, self._account.tax_id),
            tax=self._tax(),
            contacts=self._read_contacts(),
            call_every_days=form.call_every_days.value() or None,
            series_id=form.series.currentData(),
            withholding=self._withholding(),
            document_discount_percent=(
                form.document_discount_percent.optional_decimal("document_discount_percent") or Decimal(0)
            ),
            **self._terms.changes(),
            tags=tuple(tag.strip() for tag in form.tags.text().split(",") if tag.strip()),
        )

    def _withholding(self) -> WithholdingRule | None:
        percent = self.form.withholding_percent.optional_decimal("withholding")
        return WithholdingRule(percent, self.form.withholding_reason.text().strip()) if percent else None

    def _tax(self) -> TaxRule:
        form = self.form
        return TaxRule(
            TaxCategory(form.tax_category.currentData()),
            form.tax_rate.optional_decimal("tax_rate") or Decimal(0),
            form.tax_included.isChecked(),
            form.tax_reason.text().strip() or None,
        )

    def _read_contacts(self) -> tuple[Contact, ...]:
        found = []
        for contact_id, row in zip(self._contact_ids, self._contacts.rows, strict=True):
            name, role, email, phone = row
            if any(row) and not name:
                raise RuleViolation("contact.name", "A contact needs a name.", "contacts")
            if name:
                found.append(Contact(contact_id, name, email, role, phone))
        return tuple(found)


def _blank(business: Business) -> Account:
    """A new account like the business itself: its currency, language and country."""
    return Account("", "", business.currency, locale=business.locale, country=business.country)
