"""Payments in another currency. Amounts are worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import ExchangeRate, Rates
from retainerdesk.domain.foreign_payment import book_difference, check_received, effective_rate, settled_by
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money

DAY = date(2026, 3, 2)
# $1,000.00 came, which settle 920.00 EUR.
PAYMENT = Payment("acme", "p", DAY, Money(92_000, "EUR"), received=Money(100_000, "USD"))


def book(value: str) -> Rates:
    return Rates([ExchangeRate("USD", "EUR", date(2026, 3, 1), Decimal(value))])


def refused(payment: Payment) -> RuleViolation:
    with pytest.raises(RuleViolation) as found:
        check_received(payment)
    return found.value


def test_what_arrived_is_settled_as_stated_or_by_the_rate() -> None:
    """$1,000.00 at 0.92 are 920.00; ¥100,000 at 0.0061 are 610.00; 10.005 BHD at 2.45 are 24.51225, 24.51."""
    assert settled_by(Money(100_000, "USD"), "EUR", Decimal("0.92"), None) == Money(92_000, "EUR")
    assert settled_by(Money(100_000, "JPY"), "EUR", Decimal("0.0061"), None) == Money(61_000, "EUR")
    assert settled_by(Money(10_005, "BHD"), "EUR", Decimal("2.45"), None) == Money(2_451, "EUR")
    assert settled_by(Money(100_000, "USD"), "EUR", None, Money(91_000, "EUR")) == Money(91_000, "EUR")
    assert settled_by(Money(5, "EUR"), "EUR", None, None) == Money(5, "EUR")


def test_the_rate_of_the_book_is_never_taken_by_itself() -> None:
    with pytest.raises(RuleViolation, match="at which rate"):
        settled_by(Money(100_000, "USD"), "EUR", None, None)


def test_the_difference_to_the_book_is_what_more_was_settled() -> None:
    """By the book at 0.90 $1,000.00 are 900.00: 20.00 more. At 0.93 they are 930.00: 10.00 less."""
    more, less = book_difference(PAYMENT, book("0.90")), book_difference(PAYMENT, book("0.93"))
    assert more is not None
    assert less is not None
    assert (more.by_book, more.difference) == (Money(90_000, "EUR"), Money(2_000, "EUR"))
    assert less.difference == Money(-1_000, "EUR")
    assert book_difference(PAYMENT, Rates()) is None
    assert book_difference(replace(PAYMENT, received=None), book("0.9")) is None
    assert book_difference(replace(PAYMENT, on=date(2026, 2, 28)), book("0.9")) is None


def test_the_effective_rate_is_what_was_stated_or_the_two_amounts() -> None:
    assert effective_rate(PAYMENT) == Fraction(92, 100)
    assert effective_rate(replace(PAYMENT, rate=Decimal("0.92"))) == Fraction(92, 100)
    yen = replace(PAYMENT, amount=Money(6_100, "EUR"), received=Money(10_000, "JPY"))
    assert effective_rate(yen) == Fraction(61, 10_000)


def test_amounts_and_rate_that_do_not_go_together_are_refused() -> None:
    assert refused(replace(PAYMENT, rate=Decimal("0.93"))).field == "rate"
    assert refused(replace(PAYMENT, received=Money(5, "EUR"))).field == "currency"
    assert refused(replace(PAYMENT, received=None, rate=Decimal(1))).field == "rate"
    assert refused(replace(PAYMENT, received=Money(0, "USD"))).field == "amount"
    check_received(replace(PAYMENT, rate=Decimal("0.92")))


def test_the_fee_is_in_the_currency_that_arrived_and_within_it() -> None:
    check_received(replace(PAYMENT, fee=Money(2_500, "USD")))
    assert "USD" in refused(replace(PAYMENT, fee=Money(2_500, "EUR"))).message
    assert refused(replace(PAYMENT, fee=Money(100_001, "USD"))).field == "fee"
