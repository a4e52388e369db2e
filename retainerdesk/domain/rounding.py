"""What changes the sum to pay without touching tax: tax withheld by the account, and cash rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money, round_half_up


def withheld(net: Money, percent: Decimal) -> Money:
    """`percent` of a net amount, rounded half up once."""
    return net.times(Fraction(percent) / 100)


def cash_rounding(payable: Money, unit: int | None) -> Money | None:
    """What to add so that a sum is a multiple of the smallest coin, `unit` minor units; None for nothing.

    Half a coin goes away from zero, so that a credit note rounds as its invoice does.
    """
    if not unit:
        return None
    whole = round_half_up(Fraction(payable.minor, unit)) * unit
    return Money(whole - payable.minor, payable.currency) if whole != payable.minor else None


def check_terms(withholding_percent: Decimal | None, unit: int | None, discount_percent: Decimal) -> None:
    """Raise RuleViolation for percentages outside 0 to 100 or a coin that is none."""
    if withholding_percent is not None and not 0 < withholding_percent < 100:
        message = "The withheld tax is above 0 and below 100 percent."
        raise RuleViolation("account.withholding", message, "withholding")
    if unit is not None and unit < 1:
        message = "The smallest coin is a positive amount, such as 0.05."
        raise RuleViolation("account.cash_rounding", message, "cash_rounding")
    if not 0 <= discount_percent < 100:
        message = "The discount of a document is from 0 to below 100 percent."
        raise RuleViolation("account.discount", message, "document_discount_percent")
