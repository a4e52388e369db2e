"""Every word a document prints that nobody typed, one table a language.

A language is added by adding a table and naming it in `TEXTS`; the type checker names what is missing.
Placeholders in braces are filled by the program; legal wording may name the tax by {tax}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retainerdesk.domain.account import TaxCategory


@dataclass(frozen=True, slots=True)
class Texts:
    """Words of one language. `cited` is the provision that stands behind a category, where there is one."""

    invoice: str
    number: str
    date: str
    due: str
    service_period: str
    your_vat_id: str
    your_tax_id: str
    vat_id: str
    tax_id: str
    bill_to: str
    service: str
    period: str
    quantity: str
    price: str
    net: str
    vat: str
    sales_tax: str
    sales_tax_inside: str
    taxed: str
    on_base: str
    total: str
    to_pay: str
    in_your_favour: str
    carried: str
    brought: str
    please_pay: str
    nothing_to_pay: str
    credited: str
    terms_days: str
    terms_day: str
    terms_at_once: str
    void: str
    prices_include: str
    chain: str
    page: str
    untaxed: Mapping[TaxCategory, str]
    wording: Mapping[TaxCategory, str]
    cited: Mapping[TaxCategory, str]


_ENGLISH = Texts(
    invoice="Invoice",
    number="Invoice",
    date="Date",
    due="Due",
    service_period="Service period",
    your_vat_id="Your VAT id",
    your_tax_id="Your tax id",
    vat_id="VAT id",
    tax_id="Tax id",
    bill_to="Bill to",
    service="Service",
    period="Period",
    quantity="Quantity",
    price="Price",
    net="Net",
    vat="VAT",
    sales_tax="Tax",
    sales_tax_inside="tax",
    taxed="{tax} {rate}",
    on_base="{label} on {base}",
    total="Total",
    to_pay="To pay",
    in_your_favour="In your favour",
    carried="Carried forward",
    brought="Brought forward",
    please_pay="Please pay {amount} by {due} with reference {number}",
    nothing_to_pay="There is nothing to pay.",
    credited="We credit {amount} to you with reference {number}",
    terms_days="Payable within {days} days of the invoice date, without deduction.",
    terms_day="Payable within one day of the invoice date, without deduction.",
    terms_at_once="Payable at once, without deduction.",
    void="This invoice is void. Its number is kept and nothing is to be paid.",
    prices_include="Prices include {tax}; net amounts do not.",
    chain="chain {hash}",
    page="Page {page} of {pages}",
    untaxed={
        TaxCategory.EXEMPT: "{tax}, exempt",
        TaxCategory.REVERSE_CHARGE: "{tax}, reverse charge",
        TaxCategory.INTRA_COMMUNITY: "{tax}, intra-Community supply",
        TaxCategory.EXPORT: "{tax}, export",
        TaxCategory.OUTSIDE_SCOPE: "{tax}, outside its scope",
    },
    wording={
        TaxCategory.EXEMPT: "Exempt from {tax}",
        TaxCategory.REVERSE_CHARGE: "Reverse charge: the recipient accounts for {tax}",
        TaxCategory.INTRA_COMMUNITY: "Intra-Community supply, exempt from {tax}",
        TaxCategory.EXPORT: "Export, exempt from {tax}",
        TaxCategory.OUTSIDE_SCOPE: "Outside the scope of {tax}",
    },
    cited={
        TaxCategory.REVERSE_CHARGE: "Article 196, Directive 2006/112/EC",
        TaxCategory.INTRA_COMMUNITY: "Article 138, Directive 2006/112/EC",
        TaxCategory.EXPORT: "Article 146, Directive 2006/112/EC",
    },
)

_GERMAN = Texts(
    invoice="Rechnung",
    number="Rechnung",
    date="Datum",
    due="Fällig",
    service_period="Leistungszeitraum",
    your_vat_id="Ihre USt-IdNr.",
    your_tax_id="Ihre Steuernummer",
    vat_id="USt-IdNr.",
    tax_id="Steuernummer",
    bill_to="Rechnung an",
    service="Leistung",
    period="Zeitraum",
    quantity="Menge",
    price="Preis",
    net="Netto",
    vat="Umsatzsteuer",
    sales_tax="Steuer",
    sales_tax_inside="Steuer",
    taxed="{tax} {rate}",
    on_base="{label} auf {base}",
    total="Gesamt",
    to_pay="Zu zahlen",
    in_your_favour="Zu Ihren Gunsten",
    carried="Übertrag",
    brought="Übertrag",
    please_pay="Bitte zahlen Sie {amount} bis {due} mit dem Verwendungszweck {number}",
    nothing_to_pay="Es ist nichts zu zahlen.",
    credited="Wir schreiben Ihnen {amount} unter {number} gut",
    terms_days="Zahlbar innerhalb von {days} Tagen ab Rechnungsdatum, ohne Abzug.",
    terms_day="Zahlbar innerhalb eines Tages ab Rechnungsdatum, ohne Abzug.",
    terms_at_once="Sofort zahlbar, ohne Abzug.",
    void="Diese Rechnung ist storniert. Ihre Nummer bleibt vergeben, es ist nichts zu zahlen.",
    prices_include="Preise enthalten die {tax}, Nettobeträge nicht.",
    chain="Kette {hash}",
    page="Seite {page} von {pages}",
    untaxed={
        TaxCategory.EXEMPT: "{tax}, befreit",
        TaxCategory.REVERSE_CHARGE: "{tax}, Reverse-Charge",
        TaxCategory.INTRA_COMMUNITY: "{tax}, innergemeinschaftlich",
        TaxCategory.EXPORT: "{tax}, Ausfuhr",
        TaxCategory.OUTSIDE_SCOPE: "{tax}, nicht steuerbar",
    },
    wording={
        TaxCategory.EXEMPT: "Von der {tax} befreit",
        TaxCategory.REVERSE_CHARGE: "Reverse-Charge: Steuerschuldnerschaft des Leistungsempfängers",
        TaxCategory.INTRA_COMMUNITY: "Steuerfreie innergemeinschaftliche Lieferung",
        TaxCategory.EXPORT: "Steuerfreie Ausfuhr",
        TaxCategory.OUTSIDE_SCOPE: "Nicht steuerbar",
    },
    cited={
        TaxCategory.REVERSE_CHARGE: "Artikel 196 der Richtlinie 2006/112/EG",
        TaxCategory.INTRA_COMMUNITY: "Artikel 138 der Richtlinie 2006/112/EG",
        TaxCategory.EXPORT: "Artikel 146 der Richtlinie 2006/112/EG",
    },
)

TEXTS: Mapping[str, Texts] = {"en": _ENGLISH, "de": _GERMAN}
LANGUAGES = tuple(TEXTS)
