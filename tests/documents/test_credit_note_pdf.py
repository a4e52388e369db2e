"""Credit notes, replacements, and what stands between the gross sum and the sum to pay."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.document_look import DocumentLook
from retainerdesk.domain.invoice import Instalment, Invoice, InvoiceStatus, TaxTotal, Withholding
from retainerdesk.domain.money import Money
from tests.documents.samples import PLAIN, credit_note, invoice, line, squeezed, text_of, written_in

IN_WORDS = DocumentLook(amount_in_words=True)
FIRST = date(2026, 11, 1)


def in_words(printed: Invoice) -> Invoice:
    return replace(printed, seller=replace(printed.seller, look=IN_WORDS))


def test_a_credit_note_says_what_it_corrects_and_why_and_asks_for_nothing() -> None:
    text = text_of(render_invoice(credit_note(), PLAIN, FIRST))
    for said in (
        "Credit note 2026-0043",
        "Corrects invoice 2026-0042 of 1 November 2026",
        "Reason: The fee was agreed <from> December",
        "Credit €3,045.00",
        "We credit €3,045.00 to you with reference 2026-0043",
    ):
        assert said in text
    for unsaid in ("Please pay", "To pay", "Due", "Payable"):
        assert unsaid not in text


def test_its_amounts_are_positive_as_en_16931_wants_of_type_381() -> None:
    """Kept negative, printed without a minus: 1 × 3,000.00 and 1 × 45.00."""
    text = text_of(render_invoice(credit_note(), PLAIN, FIRST))
    assert "−" not in text
    assert "1 €3,000.00 €3,000.00" in text
    assert "1 €45.00 €45.00" in text


def test_a_line_that_was_itself_a_deduction_keeps_the_other_sign() -> None:
    """The invoice took 10.00 off; the credit note gives 3,000.00 back and takes the 10.00 again."""
    off = replace(line("Discount", 1000, position=2), quantity=Decimal(-1), unit_price=Decimal(-10))
    note = replace(credit_note(), lines=(credit_note().lines[0], off))
    assert "−€10.00" in text_of(render_invoice(note, PLAIN))


def test_without_the_date_of_the_invoice_its_number_is_enough() -> None:
    text = text_of(render_invoice(credit_note(), PLAIN))
    assert "Corrects invoice 2026-0042\n" in text


def test_its_tax_is_positive_too_and_a_void_one_credits_nothing() -> None:
    group = TaxTotal(TaxCategory.STANDARD, Decimal(19), Money(-10000, "EUR"), Money(-1900, "EUR"))
    taxed = replace(credit_note(), totals=invoice(line(net=-10000), groups=(group,)).totals)
    assert "VAT 19% €19.00" in text_of(render_invoice(taxed, PLAIN))
    text = text_of(render_invoice(replace(taxed, status=InvoiceStatus.VOID), PLAIN))
    assert "This credit note is void." in text
    assert "We credit" not in text


@pytest.mark.parametrize(
    ("locale", "title", "reference"),
    [
        ("de_DE", "Rechnungskorrektur 2026-0043", "Korrigiert Rechnung 2026-0042 vom 1. November 2026"),
        ("fr_FR", "Avoir 2026-0043", "Rectifie la facture 2026-0042 du 1 novembre 2026"),
        (
            "es_ES",
            "Factura rectificativa 2026-0043",
            "Rectifica la factura 2026-0042 del 1 de noviembre de 2026",
        ),
    ],
)
def test_it_is_titled_as_the_law_of_the_language_calls_it(locale: str, title: str, reference: str) -> None:
    text = text_of(render_invoice(written_in(locale, credit_note()), PLAIN, FIRST))
    assert title in text
    assert reference in text


def test_an_invoice_that_replaces_another_names_it() -> None:
    replacement = replace(invoice(), number="2026-0044", corrects="2026-0042", reason="Wrong address")
    text = text_of(render_invoice(replacement, PLAIN, FIRST))
    assert "Replaces invoice 2026-0042 of 1 November 2026" in text
    assert "Reason: Wrong address" in text
    assert "Please pay" in text


def test_tax_withheld_and_cash_rounding_stand_between_total_and_sum_to_pay() -> None:
    """3,450.00 less 15 % of it, 517.50, is 2,932.50; rounded by 0.03 to 2,932.53."""
    held = Withholding(Decimal(15), Money(51750, "EUR"), "IRPF <15>")
    printed = replace(invoice(), withholding=held, rounding=Money(3, "EUR"))
    text = text_of(render_invoice(in_words(printed), PLAIN))
    for said in (
        "Total €3,450.00",
        "Tax withheld, 15% (IRPF <15>) −€517.50",
        "Cash rounding €0.03",
        "To pay €2,932.53",
        "Please pay €2,932.53 by",
        "In words: two thousand nine hundred thirty-two and 53/100 EUR",
    ):
        assert said in text


def test_a_document_that_asks_for_nothing_has_one_total() -> None:
    """3,450.00 and 0.03 of cash rounding are 3,450.03: two sums called total would be one too many."""
    printed = replace(invoice(), status=InvoiceStatus.VOID, rounding=Money(3, "EUR"))
    text = text_of(render_invoice(printed, PLAIN))
    assert "Total €3,450.03" in text
    assert "Total €3,450.00" not in text


def test_without_either_the_gross_sum_is_said_once() -> None:
    assert "Total" not in text_of(render_invoice(invoice(), PLAIN))


def test_instalments_stand_in_a_table_in_place_of_one_due_date() -> None:
    parts = (
        Instalment(date(2026, 12, 6), Money(200000, "EUR")),
        Instalment(date(2027, 1, 6), Money(145000, "EUR")),
    )
    text = text_of(render_invoice(replace(invoice(), instalments=parts), PLAIN))
    for said in (
        "Please pay in these parts with reference 2026-0042:",
        "Part 1 of 2 6 December 2026 €2,000.00",
        "Part 2 of 2 6 January 2027 €1,450.00",
    ):
        assert said in text
    assert "Please pay €3,450.00" not in text
    assert "Payable within" not in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en_GB", "In words: three thousand four hundred fifty and 00/100 EUR"),
        ("de_DE", "In Worten: dreitausendvierhundertfünfzig und 00/100 EUR"),
        ("fr_FR", "En lettres : trois mille quatre cent cinquante et 00/100 EUR"),
        ("es_ES", "En letras: tres mil cuatrocientos cincuenta con 00/100 EUR"),
    ],
)
def test_the_sum_is_written_in_words_where_it_is_wanted(locale: str, words: str) -> None:
    assert words in text_of(render_invoice(in_words(written_in(locale, invoice())), PLAIN))
    assert squeezed(words) not in squeezed(text_of(render_invoice(written_in(locale, invoice()), PLAIN)))
