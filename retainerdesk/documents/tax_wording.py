"""What the law wants said about tax, from the categories of an invoice.

Source: EN 16931, VAT categories; Directive 2006/112/EC, Article 226.
"""

from __future__ import annotations

import re

from retainerdesk.documents.formats import Formats
from retainerdesk.documents.text_fields import Texts
from retainerdesk.domain.account import Business, TaxCategory
from retainerdesk.domain.invoice import Invoice, TaxTotal

# Their tax is not called VAT, nor is its number.
_NO_VAT = frozenset({"US", "CA", "AU", "NZ", "IN", "SG", "MY", "JP"})
_VAT_ID = re.compile(r"[A-Z]{2,3}[A-Z0-9+*. -]*[0-9][A-Z0-9+*. -]*")


def tax_label_word(seller: Business, texts: Texts) -> str:
    """What the seller's country calls its tax, at the head of a label."""
    return texts.sales_tax if seller.country.upper() in _NO_VAT else texts.vat


def tax_word(seller: Business, texts: Texts) -> str:
    """What the seller's country calls its tax, inside a sentence."""
    return texts.sales_tax_inside if seller.country.upper() in _NO_VAT else texts.vat


def is_vat_id(tax_id: str) -> bool:
    """Whether a tax id begins with a country, as VAT ids do (DE123456789, CHE-123.456.789)."""
    return _VAT_ID.fullmatch(tax_id) is not None


def tax_label(group: TaxTotal, several: bool, word: str, texts: Texts, formats: Formats) -> str:
    """The name of one tax row; with its base where an invoice has several groups."""
    template = texts.untaxed.get(group.category, texts.taxed)
    label = template.format(tax=word, rate=formats.percent(group.rate_percent))
    return texts.on_base.format(label=label, base=formats.amount(group.base)) if several else label


def legal_notes(invoice: Invoice, texts: Texts) -> tuple[str, ...]:
    """One sentence a category that needs one, each once, in the order of the tax groups.

    Reverse charge within one country rests on national law: there the directive is not cited. A reason
    that was typed is printed as it is, after the standard wording.
    """
    word = tax_word(invoice.seller, texts)
    notes = (
        _note(group, _citation(group.category, invoice, texts), word, texts) for group in invoice.totals.tax
    )
    return tuple(dict.fromkeys(note for note in notes if note))


def _citation(category: TaxCategory, invoice: Invoice, texts: Texts) -> str:
    """The provisions behind a category, national law first.

    Reverse charge is the law of the country where the buyer pays the tax as much as the seller's.
    """
    seller, buyer = invoice.seller.country.upper(), invoice.buyer.country.upper()
    countries = [seller]
    if category is TaxCategory.REVERSE_CHARGE:
        if seller == buyer:
            return ""
        countries.append(buyer)
    found = [texts.national.get(country, {}).get(category, "") for country in countries]
    return ", ".join(part for part in (*found, texts.cited.get(category, "")) if part)


def _note(group: TaxTotal, citation: str, word: str, texts: Texts) -> str:
    reason = (group.reason or "").strip()
    wording = texts.wording.get(group.category, "").format(tax=word)
    if wording and citation:
        sentence = f"{wording} ({citation})."
        return f"{sentence} {reason}".rstrip()
    if wording and reason:
        return texts.labelled.format(label=wording, value=reason)
    return f"{wording}." if wording else reason
