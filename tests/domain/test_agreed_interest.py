"""Late interest at a rate the account agreed to, worked by hand: amount × rate × days / 365, rounded once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.domain.agreed_interest import agreed_bps, agreed_percent, check_agreed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late_interest import AgreedRate, late_interest
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from tests.domain.test_late_interest import TABLE, eur, invoice, paid

JULY_END = date(2024, 7, 31)


def test_a_seller_without_a_law_claims_what_was_agreed() -> None:
    """10,000.00 USD due 31 March 2024, open on 31 July: 30 + 31 + 30 + 31 = 122 days. 10000 × 12 % × 122/365
    = 401.0958…; there is no law, so no fixed sum."""
    owed = late_interest(invoice(1_000_000, currency="USD"), [], [], TABLE.basis_of("US", 1200), JULY_END)
    assert owed.interest == Money(40_110, "USD")
    assert [(each.days, each.rate_percent) for each in owed.spans] == [
        (Period(date(2024, 4, 1), date(2024, 8, 1)), Decimal(12))
    ]
    assert (owed.fee, owed.fee_note) == (None, "")


def test_where_a_law_exists_the_agreed_rate_is_claimed_and_the_fixed_sum_stays() -> None:
    """1000 × 5.25 % × 122/365 = 17.5479…, not the 41.97 of German law, over both half-years at once."""
    owed = late_interest(invoice(100_000), [], [], TABLE.basis_of("DE", 525), JULY_END)
    assert (owed.interest, owed.fee, len(owed.spans)) == (eur(1755), eur(4000), 1)


def test_the_british_fixed_sum_belongs_to_the_interest_of_the_act() -> None:
    """1000 × 10 % × 122/365 = 33.4246…; section 5A grants its sum once statutory interest runs."""
    owed = late_interest(invoice(100_000, currency="GBP"), [], [], TABLE.basis_of("GB", 1000), JULY_END)
    assert (owed.interest, owed.fee) == (Money(3342, "GBP"), None)
    assert "not beside an agreed rate" in owed.fee_note


def test_a_part_payment_stops_the_agreed_interest_on_it() -> None:
    """1,000.00 for April to the 10th, the day 600.00 came, then 400.00 for 20 days: 1000 × 12 % × 10/365 =
    3.2876…, 400 × 12 % × 20/365 = 2.6301…; 5.9178 together."""
    owed = late_interest(
        invoice(100_000),
        [paid(60_000, date(2024, 4, 10))],
        [],
        TABLE.basis_of("FR", 1200),
        date(2024, 4, 30),
    )
    assert [each.amount for each in owed.spans] == [eur(329), eur(263)]
    assert owed.interest == eur(592)


def test_no_table_ends_an_agreed_rate() -> None:
    """From 1 April 2019 to 31 March 2031 are 12 × 365 + 3 days (29 February 2020, 2024, 2028): 1000 × 1 % ×
    4383/365 = 120.0821…"""
    document = invoice(100_000, due_on=date(2019, 3, 31))
    owed = late_interest(document, [], [], AgreedRate(100), date(2031, 3, 31))
    assert owed.interest == eur(12_008)


def test_without_an_agreed_rate_the_law_stands_and_a_refusal_says_where_to_enter_one() -> None:
    assert TABLE.basis_of("DE", None) == TABLE.law_of("DE")
    with pytest.raises(RuleViolation) as refused:
        TABLE.basis_of("US", None)
    assert "“Payment”" in refused.value.message
    assert "late-interest --agreed" in refused.value.message


@pytest.mark.parametrize("percent", ["0", "-1", "100.01", "12.345"])
def test_a_rate_out_of_bounds_or_finer_than_a_basis_point_is_refused(percent: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        agreed_bps(Decimal(percent))
    assert refused.value.field == "late_interest"


@given(st.integers(1, 10_000))
def test_every_rate_is_kept_exactly(bps: int) -> None:
    check_agreed(bps)
    assert agreed_bps(agreed_percent(bps)) == bps
    assert "E" not in str(agreed_percent(bps))


@given(bps=st.integers(1, 9_999), minor=st.integers(1, 10**9), days=st.integers(1, 4000))
def test_the_spans_add_up_and_a_higher_rate_never_bears_less(bps: int, minor: int, days: int) -> None:
    document = invoice(minor)
    on = date.fromordinal(document.due_on.toordinal() + days)
    lower, higher = (late_interest(document, [], [], AgreedRate(each), on) for each in (bps, bps + 1))
    assert sum((each.amount for each in lower.spans), eur(0)) == lower.interest
    assert lower.interest.minor <= higher.interest.minor
