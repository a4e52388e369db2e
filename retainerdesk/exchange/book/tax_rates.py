"""Tax rates users added, as they stand in a book file."""

from __future__ import annotations

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.tax_rates import TaxRate, check_own_rate
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.write_values import Node, Unless, day, members, plain

_COUNTRY = (r"[A-Z]{2}", "a country of two capital letters such as DE")


def read_tax_rate(fields: Fields) -> TaxRate:
    """A rate of a country from a day on; everything but its end is required."""
    before = fields.refusals.total
    rate = TaxRate(
        country=fields.matching("country", *_COUNTRY),
        category=fields.choice("category", TaxCategory),
        name=fields.identifier("name"),
        percent=fields.decimal("percent", most=100),
        from_on=fields.day("from"),
        until=fields.maybe_day("until"),
        source=fields.text("source"),
        is_own=True,
    )
    fields.close()
    if fields.refusals.total == before:
        try:
            check_own_rate(rate)
        except RuleViolation as broken:
            fields.refuse(broken.field or "source", broken.message)
    return rate


def tax_rate_node(rate: TaxRate) -> dict[str, Node]:
    """A rate of a country from a day on."""
    return members(
        {
            "country": rate.country,
            "category": rate.category.value,
            "name": rate.name,
            "percent": plain(rate.percent),
            "from": day(rate.from_on),
            "until": Unless(None, None if rate.until is None else day(rate.until)),
            "source": rate.source,
        }
    )
