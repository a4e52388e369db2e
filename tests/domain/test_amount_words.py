"""Amounts in words, against figures written out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.amount_words import MOST, amount_words, english, german
from retainerdesk.domain.amount_words_romance import french, spanish
from retainerdesk.domain.money import Money

NUMBERS = [
    (0, "zero", "null", "zéro", "cero"),
    (1, "one", "eins", "un", "uno"),
    (16, "sixteen", "sechzehn", "seize", "dieciséis"),
    (21, "twenty-one", "einundzwanzig", "vingt et un", "veintiuno"),
    (22, "twenty-two", "zweiundzwanzig", "vingt-deux", "veintidós"),
    (31, "thirty-one", "einunddreißig", "trente et un", "treinta y uno"),
    (70, "seventy", "siebzig", "soixante-dix", "setenta"),
    (71, "seventy-one", "einundsiebzig", "soixante et onze", "setenta y uno"),
    (80, "eighty", "achtzig", "quatre-vingts", "ochenta"),
    (81, "eighty-one", "einundachtzig", "quatre-vingt-un", "ochenta y uno"),
    (91, "ninety-one", "einundneunzig", "quatre-vingt-onze", "noventa y uno"),
    (99, "ninety-nine", "neunundneunzig", "quatre-vingt-dix-neuf", "noventa y nueve"),
    (100, "one hundred", "einhundert", "cent", "cien"),
    (101, "one hundred one", "einhunderteins", "cent un", "ciento uno"),
    (200, "two hundred", "zweihundert", "deux cents", "doscientos"),
    (505, "five hundred five", "fünfhundertfünf", "cinq cent cinq", "quinientos cinco"),
    (1000, "one thousand", "eintausend", "mille", "mil"),
    (1001, "one thousand one", "eintausendeins", "mille un", "mil uno"),
    (
        3450,
        "three thousand four hundred fifty",
        "dreitausendvierhundertfünfzig",
        "trois mille quatre cent cinquante",
        "tres mil cuatrocientos cincuenta",
    ),
    (21_000, "twenty-one thousand", "einundzwanzigtausend", "vingt et un mille", "veintiún mil"),
    (80_000, "eighty thousand", "achtzigtausend", "quatre-vingt mille", "ochenta mil"),
    (101_000, "one hundred one thousand", "einhunderteintausend", "cent un mille", "ciento un mil"),
    (200_000, "two hundred thousand", "zweihunderttausend", "deux cent mille", "doscientos mil"),
    (1_000_000, "one million", "eine Million", "un million", "un millón"),
    (
        1_000_001,
        "one million one",
        "eine Million eins",
        "un million un",
        "un millón uno",
    ),
    (
        200_000_000,
        "two hundred million",
        "zweihundert Millionen",
        "deux cents millions",
        "doscientos millones",
    ),
    (
        31 * 10**6,
        "thirty-one million",
        "einunddreißig Millionen",
        "trente et un millions",
        "treinta y un millones",
    ),
    (10**9, "one billion", "eine Milliarde", "un milliard", "mil millones"),
    (2 * 10**9, "two billion", "zwei Milliarden", "deux milliards", "dos mil millones"),
    (10**12, "one trillion", "eine Billion", "un billion", "un billón"),
]


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: str(row[0]))
def test_a_number_is_written_as_its_language_counts(row: tuple[int, str, str, str, str]) -> None:
    number, *words = row
    assert [english(number), german(number), french(number), spanish(number)] == words


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (345025, "EUR", "en", "three thousand four hundred fifty and 25/100 EUR"),
        (345025, "EUR", "de", "dreitausendvierhundertfünfzig und 25/100 EUR"),
        (345025, "EUR", "fr", "trois mille quatre cent cinquante et 25/100 EUR"),
        (345025, "EUR", "es", "tres mil cuatrocientos cincuenta con 25/100 EUR"),
        (100, "EUR", "en", "one and 00/100 EUR"),
        (5, "CHF", "de", "null und 05/100 CHF"),
        (-150, "EUR", "fr", "moins un et 50/100 EUR"),
        (12000, "JPY", "en", "twelve thousand JPY"),
        (1250, "BHD", "en", "one and 250/1000 BHD"),
    ],
)
def test_an_amount_has_its_smaller_units_as_a_fraction(
    minor: int, currency: str, language: str, words: str
) -> None:
    assert amount_words(Money(minor, currency), language) == words


def test_beyond_a_million_millions_and_in_other_languages_there_are_no_words() -> None:
    assert amount_words(Money(MOST * 100 + 99, "EUR"), "en") == "one trillion and 99/100 EUR"
    assert amount_words(Money((MOST + 1) * 100, "EUR"), "en") is None
    assert amount_words(Money(100, "EUR"), "it") is None


@given(first=st.integers(0, MOST), second=st.integers(0, MOST))
def test_two_numbers_never_share_their_words(first: int, second: int) -> None:
    for write in (english, german, french, spanish):
        assert (write(first) == write(second)) is (first == second)
