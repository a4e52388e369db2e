"""Exchange rates and what arrived in another currency, read from a book file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import MOST_DECIMALS, ExchangeRate, check_rate, convert
from retainerdesk.domain.money import Money
from retainerdesk.exchange.book.fields import Fields


def read_exchange_rates(fields: Fields) -> tuple[ExchangeRate, ...]:
    """The rates of the book; two of the same currencies and day are refused."""
    rates = tuple(read_exchange_rate(item) for item in fields.children("exchange_rates"))
    keys = [rate.key for rate in rates]
    for index, rate in enumerate(rates):
        if rate.key in keys[:index]:
            sentence = f"{rate.from_currency} to {rate.to_currency} of {rate.on} is there twice; keep one."
            fields.refuse("exchange_rates", sentence)
    return rates


def read_exchange_rate(fields: Fields) -> ExchangeRate:
    """One rate; all but its source is required."""
    before = fields.refusals.total
    rate = ExchangeRate(
        from_currency=fields.currency("from"),
        to_currency=fields.currency("to"),
        on=fields.day("on"),
        rate=fields.decimal("rate", digits=MOST_DECIMALS),
        source=fields.text("source", ""),
    )
    fields.close()
    if fields.refusals.total == before:
        try:
            check_rate(rate)
        except RuleViolation as refused:
            fields.refuse("to" if refused.field == "to_currency" else "rate", refused.message)
    return rate


@dataclass(frozen=True, slots=True)
class Received:
    """What a payment settles, and, where it came in another currency, what arrived and at which rate."""

    settles: Money
    foreign: Money | None = None
    rate: Decimal | None = None

    @property
    def paid(self) -> Money:
        return self.settles if self.foreign is None else self.foreign


def read_received(fields: Fields, own_currency: str) -> Received:
    """The amount of a payment with its `currency`, `rate` and what it `settles`."""
    currency = fields.currency("currency", own_currency)
    amount = fields.money("amount", currency)
    rate = fields.maybe_decimal("rate", digits=MOST_DECIMALS)
    settles = fields.maybe_money("settles", own_currency)
    if currency == own_currency:
        for name, found in (("rate", rate), ("settles", settles)):
            if found is not None:
                fields.refuse(name, f"is for payments in another currency than {own_currency}; leave it out.")
        return Received(amount)
    if rate is not None and rate <= 0:
        fields.refuse("rate", "must be above zero.")
    elif rate is not None:
        by_rate = convert(amount, own_currency, rate)
        if settles is not None and settles != by_rate:
            fields.refuse("settles", f"is {settles}, but the rate makes it {by_rate}; correct one of them.")
        settles = by_rate
    if settles is None:
        fields.refuse("settles", f"is missing: say what it settles in {own_currency}, or give a rate.")
        settles = Money(0, own_currency)
    return Received(settles, amount, rate)
