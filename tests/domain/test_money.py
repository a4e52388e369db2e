"""Amounts, the one rounding, and splits that add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import iso4217
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import (
    Money,
    allocate,
    exponent,
    parse_decimal,
    parse_money,
    round_half_up,
    round_parts,
)

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**4)


class TestExponent:
    def test_digits_are_those_of_the_published_list(self) -> None:
        """Currencies without a minor unit of their own (gold, funds codes) never appear on an invoice."""
        published = {each.code: each.exponent for each in iso4217.Currency if each.exponent is not None}
        assert {code: exponent(code) for code in published} == published

    def test_common_currencies(self) -> None:
        assert (exponent("EUR"), exponent("JPY"), exponent("BHD"), exponent("CLF")) == (2, 0, 3, 4)


class TestRoundHalfUp:
    @pytest.mark.parametrize(
        ("value", "rounded"),
        [
            (Fraction(1, 2), 1),
            (Fraction(-1, 2), -1),
            (Fraction(3, 2), 2),
            (Fraction(5, 2), 3),
            (Decimal("2.4999"), 2),
            (Decimal("-2.5"), -3),
            (Fraction(1, 3), 0),
            (-7, -7),
        ],
    )
    def test_a_half_moves_away_from_zero(self, value: Fraction | Decimal | int, rounded: int) -> None:
        assert round_half_up(value) == rounded

    @given(FRACTIONS)
    def test_rounding_moves_at_most_half_and_is_symmetric(self, value: Fraction) -> None:
        assert abs(round_half_up(value) - value) <= Fraction(1, 2)
        assert round_half_up(-value) == -round_half_up(value)


class TestAllocate:
    def test_the_largest_remainder_gets_the_odd_cent(self) -> None:
        """100 by 1, 1, 1 is 33.3 each: the first takes the cent left. 10 by 5, 3, 1: 5.56, 3.33, 1.11."""
        assert allocate(100, [1, 1, 1]) == [34, 33, 33]
        assert allocate(10, [5, 3, 1]) == [6, 3, 1]

    def test_a_negative_total_splits_like_its_opposite(self) -> None:
        assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]

    def test_zero_weights_give_all_to_the_first(self) -> None:
        assert allocate(7, [0, 0]) == [7, 0]

    @pytest.mark.parametrize("weights", [[], [1, -1]])
    def test_no_or_negative_weights_are_an_error(self, weights: list[int]) -> None:
        with pytest.raises(ValueError, match="weights"):
            allocate(1, weights)

    @given(
        st.integers(-(10**12), 10**12),
        st.lists(st.fractions(min_value=0, max_value=10**6, max_denominator=400), min_size=1, max_size=30),
    )
    def test_parts_add_up_and_each_is_within_one_of_its_share(
        self, total: int, weights: list[Fraction]
    ) -> None:
        parts = allocate(total, weights)
        assert sum(parts) == total
        whole = sum(weights)
        if whole:
            shares = [total * weight / whole for weight in weights]
            assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))


class TestRoundParts:
    def test_parts_of_either_sign_add_up_to_their_rounded_sum(self) -> None:
        """1.6 - 0.3 + 0.4 = 1.7, so 2: floors 1, -1, 0 lack 2; remainders .6, .7, .4: 2, 0, 0."""
        assert round_parts([Fraction(16, 10), Fraction(-3, 10), Fraction(4, 10)], 2) == [2, 0, 0]

    def test_a_total_that_is_not_the_rounded_sum_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="rounded sum"):
            round_parts([Fraction(1)], 2)

    @given(st.lists(FRACTIONS, min_size=1, max_size=20))
    def test_any_parts_add_up_and_stay_within_one(self, exact: list[Fraction]) -> None:
        total = round_half_up(sum(exact, Fraction(0)))
        parts = round_parts(exact, total)
        assert sum(parts) == total
        assert all(abs(part - value) <= 1 for part, value in zip(parts, exact, strict=True))


class TestMoney:
    def test_amounts_of_one_currency_add_subtract_and_compare(self) -> None:
        assert Money(150, "EUR") + Money(50, "EUR") - Money(1, "EUR") == Money(199, "EUR")
        assert -Money(5, "EUR") < Money(0, "EUR") <= Money(0, "EUR")
        assert not Money(0, "EUR")

    def test_two_currencies_never_mix(self) -> None:
        with pytest.raises(ValueError, match="without a rate"):
            Money(1, "EUR") + Money(1, "USD")
        with pytest.raises(ValueError, match="without a rate"):
            assert Money(1, "EUR") < Money(1, "USD")

    def test_a_factor_is_applied_exactly_and_rounded_once(self) -> None:
        """50.00 × 22/31 = 35.4838…: 35.48."""
        assert Money(5000, "EUR").times(Fraction(22, 31)) == Money(3548, "EUR")

    def test_text_has_exactly_the_digits_of_the_currency(self) -> None:
        texts = [
            str(Money(minor, code)) for minor, code in [(5, "EUR"), (-5, "EUR"), (1234, "JPY"), (1, "BHD")]
        ]
        assert texts == ["0.05", "-0.05", "1234", "0.001"]

    @given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["EUR", "JPY", "BHD", "CLF"]))
    def test_text_reads_back_as_the_same_amount(self, minor: int, currency: str) -> None:
        amount = Money(minor, currency)
        assert parse_money(str(amount), currency) == amount

    @given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 31), min_size=1, max_size=13))
    def test_a_split_keeps_currency_and_sum(self, minor: int, weights: list[int]) -> None:
        parts = Money(minor, "EUR").allocate(weights)
        assert sum(parts, Money(0, "EUR")) == Money(minor, "EUR")


class TestParsing:
    @pytest.mark.parametrize(
        ("text", "minor"), [("3000.00", 300_000), ("3000", 300_000), ("-0.5", -50), ("+1", 100)]
    )
    def test_plain_decimal_strings_are_read(self, text: str, minor: int) -> None:
        assert parse_money(text, "EUR") == Money(minor, "EUR")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1e3",
            "NaN",
            "Infinity",
            "1,000.00",
            " 1",
            "1 ",
            "--1",
            "٣",
            "1_000",
            "0x1",
        ],
    )
    def test_anything_else_is_refused_at_its_field(self, text: str) -> None:
        with pytest.raises(RuleViolation) as caught:
            parse_money(text, "EUR", "plans[0].fee")
        assert (caught.value.rule, caught.value.field) == ("number.form", "plans[0].fee")

    @pytest.mark.parametrize(("text", "currency"), [("0.001", "EUR"), ("1.5", "JPY"), ("0.0001", "BHD")])
    def test_more_digits_than_the_currency_has_are_refused(self, text: str, currency: str) -> None:
        with pytest.raises(RuleViolation) as caught:
            parse_money(text, currency)
        assert caught.value.rule == "money.digits"

    def test_amounts_too_large_to_be_meant_are_refused(self) -> None:
        with pytest.raises(RuleViolation) as caught:
            parse_decimal("1" * 16)
        assert caught.value.rule == "number.size"
