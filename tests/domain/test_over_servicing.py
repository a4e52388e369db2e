"""Work given away, gross and net. Minutes are counted by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from retainerdesk.domain.money import Money
from retainerdesk.domain.over_servicing import Service, over_servicing
from retainerdesk.domain.period import Period

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


def test_gross_counts_only_the_months_over_and_net_sets_unused_time_against_it() -> None:
    """20 h each: March 24 h of which 3 h given away, + 1 h out of scope; April 15 h. Gross 4 h, net −1 h."""
    found = over_servicing(
        [Service(MARCH, 1200, 1440, 180, 60), Service(APRIL, 1200, 900)],
        "EUR",
        Fraction(15000),
        Fraction(6000),
    )
    assert (found.gross_minutes, found.net_minutes) == (240, -60)
    assert (found.gross_percent, found.net_percent) == (Fraction(10), Fraction(-5, 2))
    assert (found.at_standard_rate, found.at_cost) == (Money(60_000, "EUR"), Money(24_000, "EUR"))


def test_overage_that_is_paid_is_not_given_away() -> None:
    assert over_servicing([Service(MARCH, 1200, 1800)], "EUR").gross_minutes == 0


def test_without_allowance_or_rates_there_is_no_percentage_and_no_value() -> None:
    found = over_servicing([Service(MARCH, 0, 0, 0, 30)], "EUR")
    assert (found.gross_minutes, found.gross_percent, found.at_standard_rate, found.at_cost) == (
        30,
        None,
        None,
        None,
    )
