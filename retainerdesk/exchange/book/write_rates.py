"""Exchange rates and what arrived in another currency, as they stand in a book file."""

from __future__ import annotations

from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import Payment
from retainerdesk.exchange.book.write_values import Node, Unless, day, members, plain


def exchange_rate_node(rate: ExchangeRate) -> dict[str, Node]:
    """One rate: from that day one unit of `from` is `rate` units of `to`."""
    return members(
        {
            "from": rate.from_currency,
            "to": rate.to_currency,
            "on": day(rate.on),
            "rate": plain(rate.rate),
            "source": Unless("", rate.source),
        }
    )


def received_members(payment: Payment) -> dict[str, Node | Unless]:
    """What a payment in another currency says beside its amount; nothing for others."""
    if payment.received is None:
        return {}
    rate = None if payment.rate is None else plain(payment.rate)
    return {
        "currency": payment.received.currency,
        "rate": Unless(None, rate),
        "settles": str(payment.amount),
    }
