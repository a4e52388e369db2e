"""Figures and dates are written as their reader writes them, exactly."""

from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.documents.formats import Formats, iban_groups, locale_for
from retainerdesk.documents.texts import LANGUAGES
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

SPACE = "\u00a0"
NARROW = "\u202f"


def formats(name: str) -> Formats:
    return Formats(locale_for(name, LANGUAGES))


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "written"),
    [
        ("en_GB", 345000, "EUR", "€3,450.00"),
        ("en_GB", -345000, "EUR", "−€3,450.00"),
        ("en_US", 345000, "USD", "$3,450.00"),
        ("en_GB", 100, "CHF", f"CHF{SPACE}1.00"),
        ("en_GB", 1, "BHD", f"BHD{SPACE}0.001"),
        ("en_GB", 1000, "JPY", "JP¥1,000"),
        ("de_DE", 345000, "EUR", f"3.450,00{SPACE}€"),
        ("de_DE", -345000, "EUR", f"−3.450,00{SPACE}€"),
        ("de_AT", 345000, "EUR", f"€{SPACE}3.450,00"),
        ("de_CH", -345000, "CHF", f"−CHF{SPACE}3’450.00"),
        ("de_DE", 0, "EUR", f"0,00{SPACE}€"),
        ("fr_FR", -345000, "EUR", f"−3{NARROW}450,00{SPACE}€"),
        ("es_ES", 1234500, "EUR", f"12.345,00{SPACE}€"),
        ("en_GB", 10**17 + 1, "EUR", "€1,000,000,000,000,000.01"),
    ],
)
def test_an_amount_is_written_with_its_currencys_digits(
    locale: str, minor: int, currency: str, written: str
) -> None:
    assert formats(locale).amount(Money(minor, currency)) == written


@pytest.mark.parametrize(
    ("price", "currency", "written"),
    [
        ("150", "EUR", "€150.00"),
        ("0.1234", "EUR", "€0.1234"),
        ("0.125", "EUR", "€0.125"),
        ("7.5", "JPY", "JP¥7.5"),
    ],
)
def test_a_unit_price_keeps_up_to_four_decimals(price: str, currency: str, written: str) -> None:
    assert formats("en_GB").unit_price(Decimal(price), currency) == written


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [("1.00", "1", "1"), ("2.50", "2.5", "2,5"), ("-0.25", "−0.25", "−0,25"), ("0.0001", "0.0001", "0,0001")],
)
def test_a_quantity_has_as_many_decimals_as_it_needs(value: str, english: str, german: str) -> None:
    assert formats("en_GB").number(Decimal(value)) == english
    assert formats("de_DE").number(Decimal(value)) == german


def test_a_rate_keeps_its_decimals() -> None:
    assert formats("en_GB").percent(Decimal("8.1")) == "8.1%"
    assert formats("de_DE").percent(Decimal(19)) == f"19{SPACE}%"


@pytest.mark.parametrize(
    ("locale", "start", "end", "written"),
    [
        ("en_GB", date(2026, 11, 15), date(2026, 12, 15), "15 Nov – 14 Dec 2026"),
        ("en_US", date(2026, 11, 15), date(2026, 12, 15), "Nov 15 – Dec 14, 2026"),
        ("de_DE", date(2026, 12, 15), date(2027, 1, 15), "15. Dez. 2026 – 14. Jan. 2027"),
        ("fr_FR", date(2026, 11, 15), date(2026, 12, 15), "15 nov. – 14 déc. 2026"),
        ("es_ES", date(2026, 11, 15), date(2026, 12, 15), "15 nov – 14 dic 2026"),
        ("en_GB", date(2026, 11, 1), date(2026, 12, 1), "1–30 Nov 2026"),
        ("en_GB", date(2026, 11, 1), date(2026, 11, 2), "1 Nov 2026"),
        ("en_GB", date(2026, 11, 1), date(2026, 11, 1), "1 Nov 2026"),
    ],
)
def test_a_period_is_written_with_its_last_day(locale: str, start: date, end: date, written: str) -> None:
    assert formats(locale).period(Period(start, end)) == written


@pytest.mark.parametrize("name", ["pt_PT", "xx", "", "en_ZZ", "not a locale", "ar_EG", "../../etc"])
def test_a_language_without_words_is_written_in_english_with_english_figures(name: str) -> None:
    assert formats(name).amount(Money(345000, "EUR")) == "€3,450.00"


def test_a_region_without_data_keeps_its_language() -> None:
    assert formats("de-XX").day(date(2026, 11, 22)).replace("\u00a0", " ") == "22. November 2026"
    assert formats("de-AT").language_tag == "de-AT"


def test_an_unknown_country_is_its_code() -> None:
    assert formats("de_DE").country("gb") == "Vereinigtes Königreich"
    assert formats("de_DE").country("QQ") == "QQ"


def test_an_iban_is_grouped_in_fours() -> None:
    assert iban_groups("de89 370400440532013000").split(SPACE) == [
        "DE89",
        "3704",
        "0044",
        "0532",
        "0130",
        "00",
    ]
