"""Each tax category says what the law wants, in the language of the document."""

from dataclasses import replace

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.tax_wording import is_vat_id
from retainerdesk.domain.account import TaxCategory
from tests.documents.samples import PLAIN, in_german, line, squeezed, taxed, text_of

# category, rate, reason, English row and note, German row and note
WORDING = [
    (TaxCategory.STANDARD, "19", None, "VAT 19%", "", "Umsatzsteuer 19 %", ""),
    (TaxCategory.REDUCED, "7", None, "VAT 7%", "", "Umsatzsteuer 7 %", ""),
    (TaxCategory.ZERO, "0", None, "VAT 0%", "", "Umsatzsteuer 0 %", ""),
    (
        TaxCategory.EXEMPT,
        "0",
        "§ 19 UStG <small>",
        "VAT, exempt",
        "Exempt from VAT: § 19 UStG <small>",
        "Umsatzsteuer, befreit",
        "Von der Umsatzsteuer befreit: § 19 UStG <small>",
    ),
    (
        TaxCategory.REVERSE_CHARGE,
        "0",
        None,
        "VAT, reverse charge",
        "Reverse charge: the recipient accounts for VAT (Article 196, Directive 2006/112/EC).",
        "Umsatzsteuer, Reverse-Charge",
        (
            "Reverse-Charge: Steuerschuldnerschaft des Leistungsempfängers "
            "(Artikel 196 der Richtlinie 2006/112/EG)."
        ),
    ),
    (
        TaxCategory.INTRA_COMMUNITY,
        "0",
        None,
        "VAT, intra-Community supply",
        "Intra-Community supply, exempt from VAT (Article 138, Directive 2006/112/EC).",
        "Umsatzsteuer, innergemeinschaftlich",
        "Steuerfreie innergemeinschaftliche Lieferung (Artikel 138 der Richtlinie 2006/112/EG).",
    ),
    (
        TaxCategory.EXPORT,
        "0",
        None,
        "VAT, export",
        "Export, exempt from VAT (Article 146, Directive 2006/112/EC).",
        "Umsatzsteuer, Ausfuhr",
        "Steuerfreie Ausfuhr (Artikel 146 der Richtlinie 2006/112/EG).",
    ),
    (
        TaxCategory.OUTSIDE_SCOPE,
        "0",
        None,
        "VAT, outside its scope",
        "Outside the scope of VAT.",
        "Umsatzsteuer, nicht steuerbar",
        "Nicht steuerbar.",
    ),
]


def test_every_category_is_in_the_table() -> None:
    assert {row[0] for row in WORDING} == set(TaxCategory)


@pytest.mark.parametrize("row", WORDING, ids=lambda row: str(row[0]))
def test_a_category_says_what_the_law_wants_in_both_languages(
    row: tuple[TaxCategory, str, str | None, str, str, str, str],
) -> None:
    category, rate, reason, english, english_note, german, german_note = row
    printed = taxed(category, rate, reason)
    text = squeezed(text_of(render_invoice(printed, PLAIN)))
    assert squeezed(english) in text
    assert squeezed(english_note) in text
    text = squeezed(text_of(render_invoice(in_german(printed), PLAIN)))
    assert squeezed(german) in text
    assert squeezed(german_note) in text


def test_reverse_charge_at_home_cites_no_directive_but_the_reason_typed() -> None:
    printed = taxed(TaxCategory.REVERSE_CHARGE, reason="§ 13b UStG")
    at_home = replace(printed, buyer=replace(printed.buyer, country="DE"))
    text = text_of(render_invoice(at_home, PLAIN))
    assert "the recipient accounts for VAT: § 13b UStG" in text
    assert "Article 196" not in text


def test_where_there_is_no_vat_the_tax_is_called_tax() -> None:
    printed = taxed(TaxCategory.STANDARD, "8.25")
    text = text_of(render_invoice(replace(printed, seller=replace(printed.seller, country="US")), PLAIN))
    assert "Tax 8.25%" in text


def test_prices_with_the_tax_inside_are_said_to_be_so() -> None:
    printed = taxed(TaxCategory.STANDARD, "19")
    inside = replace(line(net=10000), tax=replace(line().tax, included=True))
    text = text_of(render_invoice(replace(printed, lines=(inside,)), PLAIN))
    assert "Prices include VAT; net amounts do not." in text


@pytest.mark.parametrize(
    ("tax_id", "is_one"),
    [("DE123456789", True), ("CHE-123.456.789", True), ("12/345/67890", False), ("12-3456789", False)],
)
def test_a_vat_id_begins_with_its_country(tax_id: str, is_one: bool) -> None:
    assert is_vat_id(tax_id) is is_one
