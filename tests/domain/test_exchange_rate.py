"""Exchange rates: which one is in force, and amounts with none, two and three decimals. Worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import (
    ExchangeRate,
    Rates,
    add_up,
    check_rate,
    convert,
    no_rate,
)
from retainerdesk.domain.money import Money, exponent

DAY = date(2026, 2, 28)


def rate(from_currency: str, to_currency: str, value: str, on: date = DAY, source: str = "") -> ExchangeRate:
    return ExchangeRate(from_currency, to_currency, on, Decimal(value), source)


class TestConversion:
    @pytest.mark.parametrize(
        ("amount", "to", "value", "expected"),
        [
            # ¥1,000 at 0.0061 is 6.10; ¥1 at 0.005 is 0.5 cents, half up to 1.
            (Money(1_000, "JPY"), "EUR", "0.0061", Money(610, "EUR")),
            (Money(1, "JPY"), "EUR", "0.005", Money(1, "EUR")),
            # €12.34 at 162.05 is 1,999.697 yen, up to ¥2,000.
            (Money(1_234, "EUR"), "JPY", "162.05", Money(2_000, "JPY")),
            # 1.234 BHD at 2.4 is 2.9616 EUR: 2.96. €10.00 at 0.4105 is 4.105 BHD exactly.
            (Money(1_234, "BHD"), "EUR", "2.4", Money(296, "EUR")),
            (Money(1_000, "EUR"), "BHD", "0.4105", Money(4_105, "BHD")),
            # ¥10,000 at 0.00205 is 20.500 KWD; 20.500 KWD at 1.22 is 25.010 BHD.
            (Money(10_000, "JPY"), "KWD", "0.00205", Money(20_500, "KWD")),
            (Money(20_500, "KWD"), "BHD", "1.22", Money(25_010, "BHD")),
            # −2.5 cents round away from zero, as 2.5 do.
            (Money(-5, "GBP"), "EUR", "0.5", Money(-3, "EUR")),
        ],
    )
    def test_amounts_keep_the_digits_of_their_currency(
        self, amount: Money, to: str, value: str, expected: Money
    ) -> None:
        assert convert(amount, to, Decimal(value)) == expected

    @given(
        minor=st.integers(-(10**12), 10**12),
        pair=st.permutations(["EUR", "JPY", "BHD"]),
        value=st.fractions(Fraction(1, 1000), Fraction(1000)),
    )
    def test_there_and_back_loses_no_more_than_the_two_roundings(
        self, minor: int, pair: list[str], value: Fraction
    ) -> None:
        there = convert(Money(minor, pair[0]), pair[1], value)
        back = convert(there, pair[0], 1 / value)
        shift = Fraction(10) ** (exponent(pair[0]) - exponent(pair[1]))
        assert abs(back.minor - minor) <= shift / value / 2 + Fraction(1, 2)


class TestTheRateInForce:
    def test_is_the_latest_on_or_before_the_day(self) -> None:
        rates = Rates([rate("GBP", "EUR", "1.18", DAY), rate("GBP", "EUR", "1.16", date(2026, 1, 31))])
        days = [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 27), DAY, date(2030, 1, 1)]
        found = [rates.in_force("GBP", "EUR", day) for day in days]
        assert [each and each.factor for each in found] == [
            None,
            Fraction(116, 100),
            Fraction(116, 100),
            Fraction(118, 100),
            Fraction(118, 100),
        ]

    def test_a_rate_stated_the_other_way_round_counts_as_its_exact_reciprocal(self) -> None:
        """1 EUR = 0.8 GBP: £2.00 are 2.50 EUR."""
        found = Rates([rate("EUR", "GBP", "0.8")]).in_force("GBP", "EUR", DAY)
        assert found is not None
        assert (found.is_inverse, found.factor) == (True, Fraction(5, 4))
        assert convert(Money(200, "GBP"), "EUR", found.factor) == Money(250, "EUR")
        assert found.words == "1 EUR = 0.8 GBP (2026-02-28)"

    def test_the_newer_of_both_ways_wins_and_on_one_day_the_one_asked_for(self) -> None:
        straight, turned = rate("GBP", "EUR", "1.2"), rate("EUR", "GBP", "0.8")
        same_day = Rates([turned, straight]).in_force("GBP", "EUR", DAY)
        assert same_day is not None
        assert same_day.stored == straight
        newer = rate("EUR", "GBP", "0.8", DAY + timedelta(days=1))
        later = Rates([straight, newer]).in_force("GBP", "EUR", newer.on)
        assert later is not None
        assert later.stored == newer

    def test_rates_are_never_chained(self) -> None:
        rates = Rates([rate("JPY", "USD", "0.0068"), rate("USD", "EUR", "0.92")])
        assert rates.in_force("JPY", "EUR", DAY) is None

    def test_what_is_missing_names_the_day_after(self) -> None:
        assert no_rate("GBP", "EUR", DAY) == "no exchange rate from GBP to EUR before 2026-03-01"


class TestAddingUp:
    def test_what_has_no_rate_stays_apart(self) -> None:
        """100.00 EUR + £10.00 at 1.2 are 112.00; ¥5,000 have no rate."""
        amounts = [Money(10_000, "EUR"), Money(1_000, "GBP"), Money(5_000, "JPY"), Money(0, "USD")]
        sums = add_up(amounts, "EUR", Rates([rate("GBP", "EUR", "1.2")]), DAY)
        assert sums.total == Money(11_200, "EUR")
        assert [each.words for each in sums.rates] == ["1 GBP = 1.2 EUR (2026-02-28)"]
        assert sums.unknown == (Money(5_000, "JPY"),)


class TestChecks:
    @pytest.mark.parametrize(
        ("bad", "field"),
        [
            (rate("EUR", "EUR", "1"), "to_currency"),
            (rate("GBP", "EUR", "0"), "rate"),
            (rate("GBP", "EUR", "-1"), "rate"),
            (rate("GBP", "EUR", "0.00000000001"), "rate"),
        ],
    )
    def test_a_rate_that_says_nothing_is_refused(self, bad: ExchangeRate, field: str) -> None:
        with pytest.raises(RuleViolation) as refused:
            check_rate(bad)
        assert refused.value.field == field
