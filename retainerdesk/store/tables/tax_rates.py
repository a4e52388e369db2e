"""Tax rates users added, beside the table of the program."""

from __future__ import annotations

from sqlalchemy import Date, String, Table

from retainerdesk.domain.account import TaxCategory
from retainerdesk.store.base import METADATA, DecimalText, filled, key, one_of, optional

# A rate of a country from a day on, up to, not including, `until`.
TAX_RATE_ROWS = Table(
    "tax_rates",
    METADATA,
    key("country", String),
    key("category", String),
    key("name", String),
    key("from_on", Date),
    filled("percent", DecimalText),
    optional("until", Date),
    filled("source", String),
    one_of("category", TaxCategory),
)
