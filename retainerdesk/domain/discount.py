"""The discount on a whole document: a negative line for every tax rule, before tax.

It is the document level allowance of EN 16931 (BG-20) as lines, so that it can be credited like any other.
Costs passed on are not discounted: they are agreed at cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.deposit import is_about_deposit
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind
from retainerdesk.domain.line_words import line_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period

_SOURCE = "discount:"


@dataclass(frozen=True, slots=True)
class Discount:
    """What is taken off the lines of one tax rule; not above zero where they are not below it."""

    amount: Money
    tax: TaxRule


def discounts(charges: Iterable[Charge], percent: Decimal) -> list[Discount]:
    """`percent` of the sum of each tax rule's charges, rounded half up once; amounts of nothing left out.

    Costs passed on, deposits and what is set against an invoice of them have no discount.
    """
    sums: dict[TaxRule, Money] = {}
    for charge in charges:
        if charge.key.kind is not ChargeKind.EXPENSE and not is_about_deposit(charge.key):
            known = sums.get(charge.tax)
            sums[charge.tax] = charge.net if known is None else known + charge.net
    found = [Discount(-amount.times(Fraction(percent) / 100), rule) for rule, amount in sums.items()]
    return [each for each in found if each.amount]


def discount_key(account_id: str, number: str, service: Period, sequence: int) -> ChargeKey:
    """The key of a discount line: it belongs to one document and is never proposed by itself."""
    return ChargeKey(account_id, "", ChargeKind.CORRECTION, service, sequence, f"{_SOURCE}{number}")


def discount_text(percent: Decimal, locale: str) -> str:
    """What the line says, such as "Discount 5 %"."""
    return line_words("discount", locale, percent=f"{percent.normalize():f}")
