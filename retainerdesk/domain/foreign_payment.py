"""A payment that arrived in another currency than its account's: what is stated, and what the book says.

The amount of a payment is what it settles, in the currency of the account; balances, credit and allocations
know nothing else. What arrived, and the rate if one was agreed, stand beside it.
Source: handbook, "Payments in another currency".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import RateInForce, Rates, convert
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money, exponent


@dataclass(frozen=True, slots=True)
class BookDifference:
    """What a payment settles beyond what arrived comes to by the rate of the book (below zero: less)."""

    rate: RateInForce
    by_book: Money
    difference: Money


def check_received(payment: Payment) -> None:
    """Raise RuleViolation for a currency, an amount or a rate that do not go together, and for a bad fee."""
    received, rate = payment.received, payment.rate
    if received is None and rate is not None:
        message = "A rate belongs to a payment in another currency; leave it out."
        raise RuleViolation("payment.rate", message, "rate")
    if received is not None:
        _check_foreign(payment, received)
    paid = payment.paid
    if payment.fee is not None and payment.fee.currency != paid.currency:
        message = f"The fee is kept in {paid.currency}, in which the money came."
        raise RuleViolation("payment.fee", message, "fee")
    if payment.fee is not None and not 0 <= payment.fee.minor <= paid.minor:
        raise RuleViolation("payment.fee", "The fee lies between zero and the amount.", "fee")


def _check_foreign(payment: Payment, received: Money) -> None:
    if received.currency == payment.amount.currency:
        message = f"It came in {received.currency} already; no rate is needed."
        raise RuleViolation("payment.currency", message, "currency")
    if received.minor <= 0:
        raise RuleViolation("payment.amount", "A payment is an amount above zero.", "amount")
    if payment.rate is None:
        return
    if payment.rate <= 0:
        raise RuleViolation("payment.rate", "A rate is above zero, such as 0.92.", "rate")
    expected = convert(received, payment.amount.currency, payment.rate)
    if expected != payment.amount:
        message = (
            f"{received} {received.currency} at {payment.rate:f} come to {expected} {expected.currency},"
            f" not {payment.amount}; correct the rate, or leave it out."
        )
        raise RuleViolation("payment.rate", message, "rate")


def settled_by(received: Money, currency: str, rate: Decimal | None, settles: Money | None) -> Money:
    """What money that arrived settles in `currency`: what was stated, or by the rate, rounded half up once.

    Raises RuleViolation if neither is stated: a rate of the book is shown, and never taken by itself.
    """
    if received.currency == currency:
        return received
    if settles is not None:
        return settles
    if rate is None:
        message = f"Say what the {received.currency} settle in {currency}, or at which rate they are counted."
        raise RuleViolation("payment.rate", message, "rate")
    if rate <= 0:
        raise RuleViolation("payment.rate", "A rate is above zero, such as 0.92.", "rate")
    return convert(received, currency, rate)


def effective_rate(payment: Payment) -> Fraction | None:
    """Units settled for one unit that arrived; None where it came in the currency of the account."""
    if payment.received is None or not payment.received:
        return None
    if payment.rate is not None:
        return Fraction(payment.rate)
    return _units(payment.amount) / _units(payment.received)


def _units(amount: Money) -> Fraction:
    return Fraction(amount.minor, 10 ** exponent(amount.currency))


def book_difference(payment: Payment, rates: Rates) -> BookDifference | None:
    """How the amount settled compares with the rate in force on its day; None without one, or none needed."""
    if payment.received is None:
        return None
    currency = payment.amount.currency
    found = rates.in_force(payment.received.currency, currency, payment.on)
    if found is None:
        return None
    by_book = convert(payment.received, currency, found.factor)
    return BookDifference(found, by_book, payment.amount - by_book)
