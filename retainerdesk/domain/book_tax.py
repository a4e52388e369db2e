"""The tax of a document in the currency of the seller's books, where the document is in another one.

The law wants it on the invoice (article 230 of the VAT directive; EN 16931 BT-6 and BT-111). It is the
sum of the tax by the rate in force on the day of issue, rounded half up once, and stays with the document.
A credit note takes back the same rate. Source: handbook, "Exchange rates".
"""

from __future__ import annotations

from fractions import Fraction

from retainerdesk.domain.exchange_rate import Rates, convert
from retainerdesk.domain.invoice import BookTax, Invoice
from retainerdesk.domain.money import Money


def book_tax_of(document: Invoice, rates: Rates) -> BookTax | None:
    """The tax in the seller's currency; None in the same currency, without tax, and without a rate."""
    tax, currency = document.totals.gross - document.totals.net, document.seller.currency
    if not tax or document.currency == currency:
        return None
    found = rates.in_force(document.currency, currency, document.issued_on)
    if found is None:
        return None
    return BookTax(convert(tax, currency, found.factor), found.stored)


def credited_book_tax(invoice: Invoice, tax_before: Money, tax_after: Money) -> BookTax | None:
    """What a credit note takes back (not above zero), from the tax left of an invoice before and after it.

    The difference of two rounded amounts, so that all credit notes together take back what was stated.
    """
    stated = invoice.book_tax
    if stated is None:
        return None
    currency = stated.amount.currency
    turned = stated.rate.from_currency == currency
    factor = 1 / Fraction(stated.rate.rate) if turned else Fraction(stated.rate.rate)
    taken = convert(tax_before, currency, factor) - convert(tax_after, currency, factor)
    return BookTax(-taken, stated.rate) if taken else None
