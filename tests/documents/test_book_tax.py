"""The tax of a document in the currency of the books, as it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import BookTax, Invoice
from retainerdesk.domain.money import Money
from tests.documents.samples import PLAIN, credit_note, squeezed, taxed, text_of, written_in

RATE = ExchangeRate("EUR", "USD", date(2026, 10, 31), Decimal("1.0925"), "bank")


def stated() -> Invoice:
    return replace(taxed(TaxCategory.STANDARD, "19"), book_tax=BookTax(Money(61_234, "USD"), RATE))


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_GB", "in USD: US$612.34 (1 EUR = 1.0925 USD, rate of 31 October 2026)."),
        ("de_DE", "in USD: 612,34 $ (1 EUR = 1,0925 USD, Kurs vom 31. Oktober 2026)."),
        ("fr_FR", "en USD : 612,34 $US (1 EUR = 1,0925 USD, cours du 31 octobre 2026)."),
        ("es_ES", "en USD: 612,34 US$ (1 EUR = 1,0925 USD, cambio del 31 de octubre de 2026)."),
    ],
)
def test_it_stands_under_the_totals_with_its_rate_and_day(locale: str, said: str) -> None:
    assert squeezed(said) in squeezed(text_of(render_invoice(written_in(locale, stated()), PLAIN)))


def test_a_credit_note_prints_it_without_a_minus() -> None:
    note = replace(credit_note(), book_tax=BookTax(Money(-500, "USD"), RATE))
    text = text_of(render_invoice(note, PLAIN))
    assert "in USD: US$5.00" in text
    assert "−" not in text


def test_without_one_nothing_is_said_of_it() -> None:
    assert "rate of" not in text_of(render_invoice(taxed(TaxCategory.STANDARD, "19"), PLAIN))
