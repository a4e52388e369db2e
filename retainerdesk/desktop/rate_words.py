"""Exchange rates in words: as they were stated, with their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retainerdesk.desktop.formatting import day_long, number

if TYPE_CHECKING:
    from retainerdesk.domain.exchange_rate import ExchangeRate


def rate_figure(rate: ExchangeRate) -> str:
    """1 GBP = 1.17 EUR, with every digit that was stated."""
    places = max(0, -int(rate.rate.normalize().as_tuple().exponent))
    return f"1 {rate.from_currency} = {number(rate.rate, places)} {rate.to_currency}"


def stated_rate(rate: ExchangeRate) -> str:
    """1 GBP = 1.17 EUR, rate of 28 February 2026."""
    return f"{rate_figure(rate)}, rate of {day_long(rate.on)}"
