"""What overage costs and the charge it becomes: minutes at an hourly rate, money as it is, sessions each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from retainerdesk.domain.account import Account
from retainerdesk.domain.invoice import Charge, ChargeKey, ChargeKind
from retainerdesk.domain.line_words import duration_words, line_words
from retainerdesk.domain.money import Money, exponent
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage_period import UsagePeriod

_ONE = Decimal(1)


def overage_net(usage: UsagePeriod, currency: str) -> Money:
    """What billed overage costs; zero unless it was decided to bill it."""
    if usage.decision is not OverageDecision.BILL:
        return Money(0, currency)
    return priced_overage(usage, currency)


def priced_overage(usage: UsagePeriod, currency: str) -> Money:
    """The overage at the plan's price, whatever was decided about it; rounded half up once.

    Minutes × hourly rate ÷ 60; money beyond a value allowance as it stands; sessions × their price.
    """
    if usage.unit is UsageUnit.MONEY:
        return Money(usage.overage, currency)
    if usage.unit is UsageUnit.SESSIONS:
        return (usage.plan.session_price or Money(0, currency)).times(usage.overage)
    per_minute = Fraction(usage.plan.overage.hourly_rate) / 60
    return Money(1, currency).times(usage.overage * per_minute * 10 ** exponent(currency))


def overage_charge(account: Account, retainer: Retainer, usage: UsagePeriod, net: Money) -> Charge:
    """The charge of a closed period's overage; its details say what was used and what was covered."""
    quantity, price, unit = _quantity(usage, net, account.locale)
    suffix = "" if usage.unit is UsageUnit.MINUTES else f"_{usage.unit.value}"
    used = used_words(usage.used + usage.carried_in, usage.unit, account.currency)
    covered = used_words(usage.burned + usage.from_blocks, usage.unit, account.currency)
    detail = line_words(f"overage{suffix}_detail", account.locale, used=used, covered=covered)
    return Charge(
        ChargeKey(account.id, retainer.id, ChargeKind.OVERAGE, usage.span), usage.span.end, quantity, price,
        net, line_words(f"overage{suffix}", account.locale, name=retainer.name), account.tax,
        why="period closed", details=(detail,),
        minutes=usage.overage if usage.unit is UsageUnit.MINUTES else None, unit=unit,
    )  # fmt: skip


def _quantity(usage: UsagePeriod, net: Money, locale: str) -> tuple[Decimal, Decimal, str]:
    """Quantity, unit price and unit of the line."""
    if usage.unit is UsageUnit.MONEY:
        return _ONE, net.as_decimal(), ""
    if usage.unit is UsageUnit.SESSIONS:
        price = usage.plan.session_price or Money(0, net.currency)
        return Decimal(usage.overage), price.as_decimal(), line_words("session", locale)
    hours = (Decimal(usage.overage) / 60).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return _trimmed(hours), usage.plan.overage.hourly_rate, "h"


def _trimmed(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def used_words(amount: int, unit: UsageUnit, currency: str) -> str:
    """An amount of a unit in short: 3 h 30, 120.00 EUR, or the count of sessions."""
    if unit is UsageUnit.MONEY:
        return f"{Money(amount, currency)} {currency}"
    return duration_words(amount) if unit is UsageUnit.MINUTES else str(amount)
