"""Amounts, days, spans and times are written as people of the language write them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import QLocale

from retainerdesk.desktop import formatting as f
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import amount_text, parse_amount
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def german(english: None) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (357000, "EUR", "€3,570.00"),
        (-1250, "EUR", "−€12.50"),
        (0, "GBP", "£0.00"),
        (123456789, "USD", "$1,234,567.89"),
        (5000, "JPY", "¥5,000"),
        (1250, "BHD", "BHD 1.250"),
        (-5, "CHF", "−CHF 0.05"),
    ],
)
def test_money_has_the_digits_of_its_currency(minor: int, currency: str, text: str) -> None:
    assert f.money(Money(minor, currency)) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(300000, "EUR", "€3,000"), (173350, "EUR", "€1,734"), (1499, "BHD", "BHD 1"), (-50, "EUR", "−€1")],
)
def test_short_money_rounds_half_up_to_whole_units(minor: int, currency: str, text: str) -> None:
    assert f.short_money(Money(minor, currency)) == text


@pytest.mark.parametrize("country", [QLocale.Country.Switzerland, QLocale.Country.Liechtenstein])
def test_german_of_switzerland_writes_its_own_figures_and_reads_them_back(
    english: None, country: QLocale.Country
) -> None:
    """As on documents: CHF 1’250.00. What is shown can be typed; 1.250 is 1.25, and not 1250."""
    QLocale.setDefault(QLocale(QLocale.Language.German, country))
    assert f.money(Money(125000, "CHF")) == "CHF 1’250.00"
    assert f.money(Money(-1250, "EUR")) == "−€ 12.50"
    assert f.short_money(Money(125000, "CHF")) == "CHF 1’250"
    assert f.number(Decimal("1234.5"), 1) == "1’234.5"
    assert f.month(TODAY) == "November 2026"
    form = number_form()
    assert parse_amount("12.50", "CHF", form) == Money(1250, "CHF")
    for typed in ("1'250.00", "1’250.00", "1 250.00", "1250", amount_text(Money(125000, "CHF"), form)):
        assert parse_amount(typed, "CHF", form) == Money(125000, "CHF")
    assert parse_amount("1.250", "CHF", form) == Money(125, "CHF")
    for typed in ("12,50", "1.250,00", "1.255"):
        with pytest.raises(RuleViolation):
            parse_amount(typed, "CHF", form)


def test_plain_money_drops_only_digits_that_are_zero() -> None:
    assert f.plain_money(Money(300000, "EUR")) == "€3,000"
    assert f.plain_money(Money(300050, "EUR")) == "€3,000.50"


def test_a_change_carries_its_sign() -> None:
    texts = [f.signed_money(Money(minor, "EUR")) for minor in (2000, -2000, 0)]
    assert texts == ["+€20.00", "−€20.00", "€0.00"]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(2325, 48), 1, "48.4 %"),
        (Fraction(97, 2), 0, "49 %"),
        (Fraction(-7, 2), 0, "−4 %"),
        (Fraction(-1, 100), 1, "0.0 %"),
    ],
)
def test_percent_rounds_half_up_once(value: Fraction, places: int, text: str) -> None:
    """2325/48 = 48.4375; 97/2 = 48.5 goes up to 49; −3.5 moves away from zero; −0.01 is no minus."""
    assert f.percent(value, places) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 15), date(2026, 12, 15), "15 Nov – 14 Dec"),
        (date(2026, 12, 15), date(2027, 1, 15), "15 Dec 2026 – 14 Jan 2027"),
        (date(2025, 11, 15), date(2025, 12, 15), "15 Nov – 14 Dec 2025"),
        (date(2026, 11, 15), date(2026, 11, 16), "15 Nov"),
        (date(2026, 11, 15), date(2026, 11, 15), "15 Nov"),
    ],
)
def test_a_span_shows_its_last_day_and_the_years_it_needs(start: date, end: date, text: str) -> None:
    assert f.span(Period(start, end), TODAY) == text


def test_days_near_today_have_names() -> None:
    assert [f.near_day(date(2026, 11, d), TODAY) for d in (20, 21, 22, 23, 24)] == [
        "20 Nov", "yesterday", "today", "tomorrow", "24 Nov",
    ]  # fmt: skip
    assert f.due_day(date(2026, 12, 2), TODAY) == "by 2 Dec"
    assert f.due_day(date(2026, 11, 2), TODAY) == "2 Nov"
    assert f.due_day(date(2027, 1, 2), TODAY) == "by 2 Jan 2027"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(1110, "18 h 30"), (1200, "20 h"), (45, "45 min"), (0, "0 h"), (-125, "−2 h 05"), (-20, "−20 min")],
)
def test_durations_are_hours_and_two_digits_of_minutes(minutes: int, text: str) -> None:
    assert f.duration(minutes) == text


def test_german_writes_the_symbol_behind_and_the_comma_inside(german: None) -> None:
    assert f.money(Money(-357000, "EUR")) == "−3.570,00 €"
    assert f.money(Money(1250, "BHD")) == "1,250 BHD"
    assert f.span(Period(date(2026, 11, 15), date(2026, 12, 15)), TODAY) == "15. Nov. – 14. Dez."
    assert f.percent(Fraction(2325, 48), 1) == "48,4 %"
    assert f.due_day(date(2026, 12, 2), TODAY) == "bis 2. Dez."


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("2026-0067: 856.80 EUR open, 51 days late", "2026-0067: €856.80 open, 51 days late"),
        ("3,000.00 EUR a month since 14 Sep 2025", "€3,000 a month since 14 Sep 2025"),
        ("must be announced by 2026-12-01", "must be announced by 1 Dec 2026"),
        ("6 h 5 min beyond 20 h", "6 h 05 beyond 20 h"),
        ("-12.50 EUR", "−€12.50"),
        ("1.25 JPY is no amount of yen", "1.25 JPY is no amount of yen"),
        ("2026-13-45 is no day", "2026-13-45 is no day"),
    ],
)
def test_sentences_of_the_rules_take_the_house_style(said: str, text: str) -> None:
    assert f.house_style(said) == text


@pytest.mark.parametrize(
    ("value", "text"), [("12.50", "12.5 %"), ("20", "20 %"), ("1E+1", "10 %"), ("0.01", "0.01 %")]
)
def test_a_rate_is_written_as_it_was_entered_without_needless_zeros(value: str, text: str) -> None:
    assert f.exact_percent(Decimal(value)) == text
