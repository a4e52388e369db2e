"""Tax rates by country and date, on both sides of changes in law; every figure from the laws themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period
from retainerdesk.domain.tax_rates import (
    TaxRate,
    check_own_rate,
    rate_for,
    rates_on,
    read_tax_rates,
    tax_hints,
)

RATES = read_tax_rates(
    (Path(__file__).parents[2] / "resources" / "rates" / "tax_rates.json").read_text(encoding="utf-8")
)
EUROPEAN_UNION = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
STANDARD, REDUCED = TaxCategory.STANDARD, TaxCategory.REDUCED
OWN = TaxRate("DE", STANDARD, "Standard", Decimal(20), date(2027, 1, 1), None, "BGBl. 2026 I", is_own=True)


def percents(country: str, day: date) -> list[str]:
    return [f"{rate.percent.normalize():f}" for rate in rates_on(RATES, country, day)]


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("DE", date(2020, 6, 30), ["19", "7"]),
        ("DE", date(2020, 7, 1), ["16", "5"]),
        ("DE", date(2020, 12, 31), ["16", "5"]),
        ("DE", date(2021, 1, 1), ["19", "7"]),
        ("EE", date(2023, 12, 31), ["20", "9"]),
        ("EE", date(2024, 1, 1), ["22", "9"]),
        ("EE", date(2025, 6, 30), ["22", "13", "9"]),
        ("EE", date(2025, 7, 1), ["24", "13", "9"]),
        ("FI", date(2024, 8, 31), ["24", "14", "10"]),
        ("FI", date(2024, 9, 1), ["25.5", "14", "10"]),
        ("FI", date(2026, 1, 1), ["25.5", "13.5", "10"]),
        ("SK", date(2024, 12, 31), ["20", "10", "5"]),
        ("SK", date(2025, 1, 1), ["23", "19", "5"]),
        ("RO", date(2025, 7, 31), ["19", "9", "5"]),
        ("RO", date(2025, 8, 1), ["21", "11"]),
        ("CH", date(2023, 12, 31), ["7.7", "3.7", "2.5"]),
        ("CH", date(2024, 1, 1), ["8.1", "3.8", "2.6"]),
        ("LU", date(2022, 12, 31), ["17", "14", "8", "3"]),
        ("LU", date(2023, 1, 1), ["16", "13", "7", "3"]),
        ("LU", date(2024, 1, 1), ["17", "14", "8", "3"]),
        ("CZ", date(2023, 12, 31), ["21", "15", "10"]),
        ("CZ", date(2024, 1, 1), ["21", "12"]),
        ("LT", date(2025, 12, 31), ["21", "9", "5"]),
        ("LT", date(2026, 1, 1), ["21", "12", "5"]),
        ("IE", date(2021, 2, 28), ["21", "13.5", "9", "4.8"]),
        ("IE", date(2021, 3, 1), ["23", "13.5", "9", "4.8"]),
        ("NL", date(2018, 12, 31), ["21", "6"]),
        ("NL", date(2019, 1, 1), ["21", "9"]),
        ("AT", date(2026, 11, 22), ["20", "13", "10"]),
        ("FR", date(2026, 11, 22), ["20", "10", "5.5", "2.1"]),
        ("ES", date(2026, 11, 22), ["21", "10", "4"]),
        ("IT", date(2026, 11, 22), ["22", "10", "5", "4"]),
        ("GB", date(2026, 11, 22), ["20", "5"]),
        ("NO", date(2026, 11, 22), ["25", "15", "12"]),
        ("DK", date(2026, 11, 22), ["25"]),
        ("US", date(2026, 11, 22), []),
    ],
)
def test_rates_are_those_of_the_day(country: str, day: date, expected: list[str]) -> None:
    assert percents(country, day) == expected


def test_every_country_of_the_union_has_one_standard_rate_on_each_day_and_a_source() -> None:
    """Standard rates follow each other without a gap or a second one; nowhere below the 15 % of the directive
    in the union."""
    countries = {rate.country for rate in RATES}
    assert countries >= EUROPEAN_UNION | {"GB", "CH", "NO"}
    assert all(rate.source and "https://" in rate.source for rate in RATES)
    for country in countries:
        standard = [rate for rate in RATES if (rate.country, rate.category) == (country, STANDARD)]
        assert all(earlier.until == later.from_on for earlier, later in pairwise(standard))
        assert standard[-1].until is None
        if country in EUROPEAN_UNION:
            assert min(rate.percent for rate in standard) >= 15


def test_rows_of_one_rate_never_overlap() -> None:
    for rate in RATES:
        later = [each for each in RATES if each.line == rate.line and each.from_on > rate.from_on]
        assert not later or (rate.until is not None and rate.until <= min(each.from_on for each in later))


def test_a_row_of_the_book_counts_from_its_day_and_can_end_a_rate() -> None:
    """20 % from 2027 by the book; and the reduced rate, ended with a row that began on the same day."""
    known = (*RATES, OWN)
    assert rates_on(known, "DE", date(2026, 12, 31))[0].percent == 19
    assert rates_on(known, "DE", date(2027, 1, 1))[0] == OWN
    reduced = rates_on(RATES, "DE", date(2026, 11, 22))[1]
    ended = (*RATES, replace(reduced, until=date(2027, 1, 1), is_own=True))
    assert [rate.percent for rate in rates_on(ended, "DE", date(2026, 12, 31))] == [19, 7]
    assert [rate.percent for rate in rates_on(ended, "DE", date(2027, 1, 1))] == [19]


def test_a_rule_finds_its_rate_by_category_and_percent() -> None:
    day = date(2026, 11, 22)
    assert rate_for(RATES, "DE", TaxRule(REDUCED, Decimal(7)), day) is not None
    assert rate_for(RATES, "DE", TaxRule(STANDARD, Decimal(7)), day) is None
    assert rate_for(RATES, "DE", TaxRule(STANDARD, Decimal("19.0")), day) is not None


def hints(percent: str, start: date, end: date, issued_on: date) -> tuple[str, ...]:
    return tax_hints((*RATES, OWN), "DE", TaxRule(STANDARD, Decimal(percent)), Period(start, end), issued_on)


def test_a_rate_in_force_with_no_change_near_needs_no_hint() -> None:
    assert hints("19", date(2026, 11, 1), date(2026, 12, 1), date(2026, 11, 22)) == ()
    assert hints("20", date(2027, 1, 1), date(2027, 2, 1), date(2027, 1, 1)) == ()


def test_a_rate_that_is_none_of_the_country_is_named_with_those_that_are() -> None:
    assert hints("18", date(2026, 11, 1), date(2026, 12, 1), date(2026, 11, 22)) == (
        "18 % is not a standard rate of DE on 2026-11-22; in force are: Standard 19 %, Reduced 7 %.",
    )


def test_a_change_in_law_within_the_service_is_named() -> None:
    """A quarter from 1 December 2026 crosses 1 January 2027; the invoice is of December."""
    (found,) = hints("19", date(2026, 12, 1), date(2027, 3, 1), date(2026, 12, 1))
    assert found == (
        "The rate “Standard” of DE changes from 19 % to 20 % on 2027-01-01; the service is of 2026-12-01 to"
        " 2027-02-28."
    )


def test_a_service_before_the_change_invoiced_after_it_is_named() -> None:
    """December in arrears, issued on 2 January: 19 % is no rate any more, and the change lies between."""
    found = hints("19", date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 2))
    assert found[0].startswith("19 % is not a standard rate of DE on 2027-01-02")
    assert found[1].startswith("The rate “Standard” of DE changes from 19 % to 20 %")


def test_the_days_next_to_a_change_say_nothing() -> None:
    """To 31 December, issued that day; and from 1 January on."""
    assert hints("19", date(2026, 12, 1), date(2027, 1, 1), date(2026, 12, 31)) == ()
    assert hints("20", date(2027, 1, 1), date(2027, 4, 1), date(2027, 1, 1)) == ()


def test_untaxed_categories_and_unknown_countries_have_no_hints() -> None:
    period = Period(date(2026, 11, 1), date(2026, 12, 1))
    reverse = TaxRule(TaxCategory.REVERSE_CHARGE)
    assert tax_hints(RATES, "DE", reverse, period, period.start) == ()
    assert tax_hints(RATES, "US", TaxRule(STANDARD, Decimal(8)), period, period.start) == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(OWN, country="Germany"), "country"),
        (replace(OWN, category=TaxCategory.EXEMPT), "category"),
        (replace(OWN, name=" "), "name"),
        (replace(OWN, percent=Decimal(0)), "percent"),
        (replace(OWN, percent=Decimal(101)), "percent"),
        (replace(OWN, until=date(2027, 1, 1)), "until"),
        (replace(OWN, source=""), "source"),
    ],
)
def test_a_row_of_the_book_is_refused_at_its_field(wrong: TaxRate, field: str) -> None:
    with pytest.raises(RuleViolation) as caught:
        check_own_rate(wrong)
    assert caught.value.field == field
