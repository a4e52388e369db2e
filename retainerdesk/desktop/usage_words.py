"""Figures of a usage period as its plan counts them."""

from __future__ import annotations

from retainerdesk.desktop.formatting import duration, money
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.usage_period import UsagePeriod


def used_words(usage: UsagePeriod, amount: int) -> str:
    """A figure of a usage period: 3 h 30 · €525.00 · 2 sessions."""
    return amount_words(usage.unit, amount, usage.plan.fee.currency)


def amount_words(unit: UsageUnit, amount: int, currency: str) -> str:
    """An amount of what allowances are counted in."""
    if unit is UsageUnit.MONEY:
        return money(Money(amount, currency))
    if unit is UsageUnit.SESSIONS:
        return "1 session" if amount == 1 else f"{amount} sessions"
    return duration(amount)
