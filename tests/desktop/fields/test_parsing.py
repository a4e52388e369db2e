"""What people type is read strictly: worked cases of durations and of numbers in two locales."""

from decimal import Decimal

import pytest

from retainerdesk.desktop.fields.parsing import (
    NumberForm,
    amount_text,
    duration_text,
    parse_amount,
    parse_duration,
    parse_number,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money

ENGLISH = NumberForm(".", ",")
GERMAN = NumberForm(",", ".")
SWISS = NumberForm(".", "’")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1:30", 90),
        ("0:05", 5),
        ("90", 90),
        ("1.5h", 90),
        ("1,5 h", 90),
        (".25h", 15),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1 h 05 min", 65),
        ("2 h", 120),
        ("45 min", 45),
        (" 1\u00a0h\u00a030 ", 90),
        ("18 H 30", 1110),
    ],
)
def test_a_duration_is_read_in_every_spelling(typed: str, minutes: int) -> None:
    assert parse_duration(typed) == minutes


@pytest.mark.parametrize("typed", ["", "1.5", "1:75", "h", "-30", "1.333h", "1 h 75", "zwei", "1:30:00"])
def test_what_is_no_duration_or_could_be_two_is_refused(typed: str) -> None:
    """1.5 alone could be minutes or hours; 1.333 h is 79.98 minutes."""
    with pytest.raises(RuleViolation):
        parse_duration(typed, "minutes")


@pytest.mark.parametrize("minutes", [0, 5, 60, 90, 1110])
def test_a_duration_reads_back_as_it_is_shown(minutes: int) -> None:
    assert parse_duration(duration_text(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "form", "value"),
    [
        ("1250", ENGLISH, "1250"),
        ("1,250.00", ENGLISH, "1250.00"),
        ("1.250,00", GERMAN, "1250.00"),
        ("1 250,5", GERMAN, "1250.5"),
        ("1’250.05", SWISS, "1250.05"),
        ("\u2212 3".replace(" ", ""), ENGLISH, "-3"),
        ("\u2212 12.50", SWISS, "-12.50"),
        ("- 1 250.00", ENGLISH, "-1250.00"),
        ("12,345,678.90", ENGLISH, "12345678.90"),
    ],
)
def test_numbers_are_read_in_the_form_of_the_locale(typed: str, form: NumberForm, value: str) -> None:
    assert parse_number(typed, form) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("1,5", ENGLISH),
        ("1.250,00", ENGLISH),
        ("12,34", ENGLISH),
        ("1,250.00", GERMAN),
        ("1.25", GERMAN),
        ("", ENGLISH),
        ("5.", ENGLISH),
        ("1e5", ENGLISH),
        ("1,,250", ENGLISH),
        ("€5", ENGLISH),
    ],
)
def test_a_number_in_the_form_of_another_locale_is_refused_not_guessed(typed: str, form: NumberForm) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_number(typed, form, "fee")
    assert refused.value.field == "fee"


def test_an_amount_has_no_more_digits_than_its_currency() -> None:
    assert parse_amount("3,570.50", "EUR", ENGLISH) == Money(357050, "EUR")
    assert parse_amount("3570", "JPY", ENGLISH) == Money(3570, "JPY")
    with pytest.raises(RuleViolation, match="decimals of JPY"):
        parse_amount("3570.5", "JPY", ENGLISH, "amount")


def test_an_amount_reads_back_as_it_is_shown() -> None:
    assert amount_text(Money(357050, "EUR"), GERMAN) == "3570,50"
    assert parse_amount("3570,50", "EUR", GERMAN) == Money(357050, "EUR")
