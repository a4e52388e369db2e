"""What one currency is worth in another, by day."""

from __future__ import annotations

from sqlalchemy import Date, String, Table

from retainerdesk.store.base import METADATA, DecimalText, filled, key

# From that day one unit of the first currency is `rate` units of the second.
EXCHANGE_RATE_ROWS = Table(
    "exchange_rates",
    METADATA,
    key("from_currency", String),
    key("to_currency", String),
    key("on_date", Date),
    filled("rate", DecimalText),
    filled("source", String),
)
