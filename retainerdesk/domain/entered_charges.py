"""What somebody entered to be invoiced: one-off sums, and expenses that are passed on.

Source: handbook, "Billing".
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import Account
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind
from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.period import Period
from retainerdesk.domain.work import Expense, OneOffCharge

_ONE = Decimal(1)


def _one_day(day: date) -> Period:
    return Period(day, date.fromordinal(day.toordinal() + 1))


def one_off_net(charge: OneOffCharge, currency: str) -> Money:
    """Quantity × unit price less the discount, rounded half up once. Never prorated."""
    kept = 1 - Fraction(charge.discount_percent) / 100
    exact = Fraction(charge.quantity) * Fraction(charge.unit_price) * kept
    return Money(1, currency).times(exact * 10 ** exponent(currency))


def one_off_charge(account: Account, charge: OneOffCharge) -> Charge:
    """The charge of an entered one-off sum, taxed as it says, or as the account is."""
    key = ChargeKey(account.id, "", ChargeKind.ONE_OFF, _one_day(charge.on), 1, charge.id)
    details = (f"−{charge.discount_percent.normalize():f} %",) if charge.discount_percent else ()
    net = one_off_net(charge, account.currency)
    return Charge(
        key, charge.on, charge.quantity, charge.unit_price, net, charge.text,
        charge.tax or account.tax, why="recorded for the next invoice", details=details,
    )  # fmt: skip


def expense_charge(account: Account, expense: Expense) -> Charge:
    """The charge that passes an expense on."""
    key = ChargeKey(account.id, "", ChargeKind.EXPENSE, _one_day(expense.on), 1, expense.id)
    net = rebilled(expense)
    return Charge(
        key, expense.on, _ONE, net.as_decimal(), net, expense.text,
        account.tax, why="expense to pass on",
    )  # fmt: skip


def rebilled(expense: Expense) -> Money:
    """What an expense is passed on for: its amount and the markup, rounded half up once."""
    return expense.amount.times(1 + Fraction(expense.markup_percent) / 100)
