"""Tax per group and exact totals. Amounts are worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money, round_half_up
from retainerdesk.domain.tax import CATEGORY_CODES, NEEDS_WORDING, check_rule, total

ADDED_19 = TaxRule(TaxCategory.STANDARD, Decimal(19))
INCLUDED_19 = TaxRule(TaxCategory.STANDARD, Decimal(19), included=True)
REDUCED_7 = TaxRule(TaxCategory.REDUCED, Decimal(7))
REVERSE = TaxRule(TaxCategory.REVERSE_CHARGE)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


class TestAddedTax:
    def test_tax_is_added_to_the_net(self) -> None:
        """3,000.00 + 19 % = 570.00."""
        totals = total([(eur(300_000), ADDED_19)]).totals
        assert (totals.net, totals.tax[0].amount, totals.gross) == (eur(300_000), eur(57_000), eur(357_000))

    def test_tax_is_rounded_once_for_the_group_not_for_each_line(self) -> None:
        """Three lines of 0.10: 19 % of 0.30 is 0.057, so 0.06 (0.019 each would have been 0.02 × 3)."""
        totals = total([(eur(10), ADDED_19)] * 3).totals
        assert totals.tax[0].amount == eur(6)
        totals = total([(eur(13), ADDED_19)] * 4).totals  # 0.52: 0.0988 → 0.10; each 0.0247 → 0.02 × 4
        assert totals.tax[0].amount == eur(10)

    def test_half_a_cent_rounds_up_and_its_credit_rounds_the_same_way(self) -> None:
        """5 % of 0.50 is 0.025: 0.03, and -0.03 on the credit."""
        rule = TaxRule(TaxCategory.REDUCED, Decimal(5))
        assert total([(eur(50), rule)]).totals.tax[0].amount == eur(3)
        assert total([(eur(-50), rule)]).totals.tax[0].amount == eur(-3)

    def test_several_rates_make_several_groups_highest_first(self) -> None:
        """100.00 at 7 % is 7.00; 50.00 at 19 % is 9.50; together 166.50."""
        totals = total([(eur(10_000), REDUCED_7), (eur(5_000), ADDED_19)]).totals
        assert [(group.base, group.amount) for group in totals.tax] == [
            (eur(5_000), eur(950)),
            (eur(10_000), eur(700)),
        ]
        assert totals.gross == eur(16_650)

    def test_19_and_19_00_are_one_group(self) -> None:
        other = TaxRule(TaxCategory.STANDARD, Decimal("19.00"))
        assert len(total([(eur(100), ADDED_19), (eur(100), other)]).totals.tax) == 1

    def test_exemptions_with_different_reasons_are_different_groups(self) -> None:
        rules = [TaxRule(TaxCategory.EXEMPT, reason=reason) for reason in ("§ 4 Nr. 21", "§ 4 Nr. 11")]
        groups = total([(eur(100), rule) for rule in rules]).totals.tax
        assert [(group.reason, group.amount) for group in groups] == [
            ("§ 4 Nr. 11", eur(0)),
            ("§ 4 Nr. 21", eur(0)),
        ]

    def test_yen_have_no_cents(self) -> None:
        """10 % of ¥1,005 is 100.5: ¥101."""
        rule = TaxRule(TaxCategory.STANDARD, Decimal(10))
        assert total([(Money(1005, "JPY"), rule)]).totals.gross == Money(1106, "JPY")

    def test_no_lines_are_zero_in_the_given_currency(self) -> None:
        totals = total([], "EUR").totals
        assert (totals.net, totals.tax, totals.gross) == (eur(0), (), eur(0))


class TestIncludedTax:
    def test_the_gross_is_kept_and_the_tax_taken_out(self) -> None:
        """119.00 with 19 % inside: 19.00 tax, 100.00 base."""
        found = total([(eur(11_900), INCLUDED_19)])
        assert (found.totals.net, found.totals.tax[0].amount) == (eur(10_000), eur(1_900))
        assert found.line_nets == (eur(10_000),)

    def test_lines_share_the_base_by_largest_remainder(self) -> None:
        """3 × 0.10 gross: tax 0.30 × 19/119 = 0.0479, so 0.05; base 0.25 = 0.09 + 0.08 + 0.08."""
        found = total([(eur(10), INCLUDED_19)] * 3)
        assert found.totals.gross == eur(30)
        assert found.line_nets == (eur(9), eur(8), eur(8))

    def test_a_discount_line_keeps_its_sign(self) -> None:
        """119.00 - 11.90 = 107.10 gross: tax 17.10, nets 100.00 and -10.00."""
        found = total([(eur(11_900), INCLUDED_19), (eur(-1_190), INCLUDED_19)])
        assert found.line_nets == (eur(10_000), eur(-1_000))
        assert found.totals.tax[0].amount == eur(1_710)

    def test_added_and_included_prices_share_a_group_and_keep_their_sums(self) -> None:
        """100.00 + 19.00 added, 119.00 with 19.00 inside: base 200.00, tax 38.00."""
        groups = total([(eur(10_000), ADDED_19), (eur(11_900), INCLUDED_19)]).totals.tax
        assert [(group.base, group.amount) for group in groups] == [(eur(20_000), eur(3_800))]


class TestRefusals:
    @pytest.mark.parametrize("category", [each for each in TaxCategory if not each.is_taxed])
    def test_a_category_without_tax_refuses_a_rate(self, category: TaxCategory) -> None:
        with pytest.raises(RuleViolation) as caught:
            total([(eur(100), TaxRule(category, Decimal(19), reason="because"))])
        assert caught.value.rule == "tax.rate"

    @pytest.mark.parametrize("reason", [None, "", "  "])
    def test_an_exemption_needs_its_reason(self, reason: str | None) -> None:
        with pytest.raises(RuleViolation) as caught:
            check_rule(TaxRule(TaxCategory.EXEMPT, reason=reason), "accounts[0].tax")
        assert (caught.value.rule, caught.value.field) == ("tax.reason", "accounts[0].tax")

    @pytest.mark.parametrize("rate", [Decimal(-1), Decimal("100.01")])
    def test_a_rate_is_between_0_and_100(self, rate: Decimal) -> None:
        with pytest.raises(RuleViolation):
            check_rule(TaxRule(TaxCategory.STANDARD, rate))

    def test_reverse_charge_has_no_tax_and_needs_no_reason_of_its_own(self) -> None:
        totals = total([(eur(300_000), REVERSE)]).totals
        assert (totals.gross, totals.tax[0].amount) == (eur(300_000), eur(0))

    def test_currencies_do_not_mix(self) -> None:
        with pytest.raises(ValueError, match="one currency"):
            total([(eur(1), ADDED_19), (Money(1, "USD"), ADDED_19)])

    def test_every_category_has_its_code_and_untaxed_ones_their_wording(self) -> None:
        assert set(CATEGORY_CODES) == set(TaxCategory)
        assert {each for each in TaxCategory if not each.is_taxed} - NEEDS_WORDING == {TaxCategory.ZERO}


RULES = st.builds(
    TaxRule,
    st.sampled_from([TaxCategory.STANDARD, TaxCategory.REDUCED]),
    st.sampled_from([Decimal(0), Decimal(5), Decimal("5.5"), Decimal("7.00"), Decimal(7), Decimal(19)]),
    st.booleans(),
)
LINES = st.lists(st.tuples(st.integers(-(10**9), 10**9).map(eur), RULES), min_size=1, max_size=12)


class TestSums:
    @given(LINES)
    def test_the_total_is_the_sum_of_its_lines_and_taxes_to_the_unit(
        self, lines: list[tuple[Money, TaxRule]]
    ) -> None:
        found = total(lines)
        totals = found.totals
        assert sum(net.minor for net in found.line_nets) == totals.net.minor
        assert sum(group.base.minor for group in totals.tax) == totals.net.minor
        assert totals.gross == totals.net + eur(sum(group.amount.minor for group in totals.tax))

    @given(LINES)
    def test_included_gross_is_kept_to_the_unit_and_each_net_is_near_its_own(
        self, lines: list[tuple[Money, TaxRule]]
    ) -> None:
        inside = [line for line in lines if line[1].included] or [(eur(99), INCLUDED_19)]
        found = total(inside)
        assert found.totals.gross.minor == sum(amount.minor for amount, _ in inside)
        for (amount, rule), net in zip(inside, found.line_nets, strict=True):
            assert abs(net.minor - amount.minor * 100 / (100 + Fraction(rule.rate_percent))) <= 1

    @given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=20))
    def test_added_tax_is_the_rounded_tax_of_the_sum_in_any_order(self, amounts: list[int]) -> None:
        lines = [(eur(minor), ADDED_19) for minor in amounts]
        expected = round_half_up(Fraction(sum(amounts) * 19, 100))
        assert total(lines).totals.tax[0].amount.minor == expected
        assert total(lines[::-1]).totals == total(lines).totals
