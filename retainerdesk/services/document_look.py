"""How documents look: a page to see it on, before anything is issued like that."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from retainerdesk.domain.account import Account, Business, TaxCategory, TaxRule
from retainerdesk.domain.document_look import check_look
from retainerdesk.domain.invoice import ChargeKey, ChargeKind, Invoice, InvoiceLine, TaxTotal, Totals
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money, exponent, round_half_up
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.tax_rates import rates_on
from retainerdesk.services.invoices import layout_for
from retainerdesk.services.tax_rates import program_rates
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file

_UNKNOWN_RATE = Decimal(20)
"""Where no rate of the country is known."""
_FEE, _HOURS, _RATE = 3000, 3, 150
_CLIENTS = {
    "en": ("Example Client Ltd", ("Jo Reed", "1 High Street", "London EC1A 1AA"), "GB"),
    "de": ("Musterkunde GmbH", ("Max Muster", "Musterstraße 1", "10115 Berlin"), "DE"),
    "fr": ("Client Exemple SAS", ("Camille Martin", "1 rue de l’Exemple", "75001 Paris"), "FR"),
    "es": ("Cliente Ejemplo S.L.", ("Lucía García", "Calle Mayor 1", "28013 Madrid"), "ES"),
}


def sample_pdf(business: Business, files: KeptFiles, today: date, language: str) -> bytes:
    """An invoice of this business to nobody, in a language of documents: the page to try a look on.

    Nothing is read from or written to the book. Raises RuleViolation for a look no page could print.
    """
    from retainerdesk.documents.invoice_pdf import render_invoice

    check_look(business.look)
    return render_invoice(_sample(business, today, language), layout_for(business, files))


def save_sample_pdf(business: Business, files: KeptFiles, today: date, language: str, target: Path) -> None:
    """Write the page to `target`, whole or not at all."""
    replace_file(target, sample_pdf(business, files, today, language))


def _sample(business: Business, today: date, language: str) -> Invoice:
    """3,000.00 for a month and 3 hours at 150.00 in the one before, with the tax of the country."""
    name, address, country = _CLIENTS[language]
    locale = f"{language}_{country}"
    buyer = Account("sample", name, business.currency, locale=locale, address=address, country=country)
    month = Period(today.replace(day=1), add_months(today.replace(day=1), 1))
    before = Period(add_months(month.start, -1), month.start)
    fee, overage = (line_words(key, language, name="Retainer") for key in ("fee", "overage"))
    rule = _standard_tax(business.country, today)
    lines = (
        _line(1, fee, (Decimal(1), Decimal(_FEE), ""), month, business.currency, rule),
        _line(2, overage, (Decimal(_HOURS), Decimal(_RATE), "h"), before, business.currency, rule),
    )
    net = sum((line.net for line in lines[1:]), lines[0].net)
    tax = net.times(rule.rate_percent / 100)
    totals = Totals(net, (TaxTotal(rule.category, rule.rate_percent, net, tax),), net + tax)
    due_on = today + timedelta(days=buyer.payment_terms_days)
    number = f"{today.year}-0001"
    return Invoice("sample", number, 1, buyer.id, today, due_on, business, buyer, lines, totals)


def _standard_tax(country: str, day: date) -> TaxRule:
    known = [r for r in rates_on(program_rates(), country, day) if r.category is TaxCategory.STANDARD]
    return TaxRule(TaxCategory.STANDARD, known[0].percent if known else _UNKNOWN_RATE)


def _line(
    position: int,
    text: str,
    amount: tuple[Decimal, Decimal, str],
    service: Period,
    currency: str,
    tax: TaxRule,
) -> InvoiceLine:
    quantity, price, unit = amount
    key = ChargeKey("sample", "sample", ChargeKind.FEE, service, position)
    net = Money(round_half_up(quantity * price * 10 ** exponent(currency)), currency)
    return InvoiceLine(key, position, text, quantity, price, unit, net, tax)
