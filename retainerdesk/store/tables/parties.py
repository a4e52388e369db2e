"""The business, its people and number series, and the accounts with their contacts."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Table

from retainerdesk.domain.account import AccountStatus, SeriesPurpose, SeriesReset
from retainerdesk.store.base import (
    METADATA,
    OPTIONAL_JSON,
    DecimalText,
    filled,
    key,
    not_negative,
    one_of,
    optional,
)

# The issuer: exactly one row, numbered 1.
BUSINESS_ROWS = Table(
    "business",
    METADATA,
    key("pk", Integer),
    filled("name", String),
    filled("address", JSON),
    filled("country", String),
    optional("tax_id", String),
    optional("iban", String),
    optional("bic", String),
    optional("bank_name", String),
    filled("email", String),
    filled("currency", String),
    filled("time_zone", String),
    filled("locale", String),
    optional("standard_rate", DecimalText),
    filled("overhead_rate", DecimalText),
    filled("target_margin_percent", DecimalText),
    filled("lead_days", Integer),
    filled("paper", String),
    optional("logo_sha256", String),
    filled("invoice_note", String),
    filled("look", JSON),
    CheckConstraint("pk = 1", name="one_row"),
)


# Somebody on our side.
PERSON_ROWS = Table(
    "people",
    METADATA,
    key("id", String),
    filled("name", String),
    filled("email", String),
    optional("left_on", Date),
)


# What an hour of a person costs from a date on.
COST_RATE_ROWS = Table(
    "cost_rates",
    METADATA,
    key("person_id", String, ForeignKey("people.id", ondelete="CASCADE")),
    key("from_on", Date),
    filled("hourly_rate", DecimalText),
)


# A range of document numbers. `next`, counted in `year`, is taken inside the transaction that issues.
SERIES_ROWS = Table(
    "series",
    METADATA,
    key("id", String),
    filled("format", String),
    filled("next", Integer),
    filled("name", String),
    filled("purpose", String),
    filled("is_default", Boolean),
    filled("reset", String),
    filled("year_starts_in", Integer),
    filled("year", Integer),
    filled("gaps", JSON),
    CheckConstraint("next >= 1", name="next"),
    CheckConstraint("year_starts_in >= 1 AND year_starts_in <= 12", name="year_starts_in"),
    one_of("purpose", SeriesPurpose),
    one_of("reset", SeriesReset),
)


# A client organisation.
ACCOUNT_ROWS = Table(
    "accounts",
    METADATA,
    key("id", String),
    filled("name", String),
    filled("currency", String),
    filled("status", String),
    filled("locale", String),
    filled("address", JSON),
    filled("country", String),
    optional("tax_id", String),
    filled("payment_terms_days", Integer),
    filled("tax", JSON),
    optional("call_every_days", Integer),
    filled("grace_days", Integer),
    filled("tags", JSON),
    optional("withholding", OPTIONAL_JSON),
    optional("cash_rounding_minor", Integer),
    filled("document_discount_percent", DecimalText),
    filled("payment_plan", JSON),
    optional("series_id", String),
    optional("late_interest_bps", Integer),
    one_of("status", AccountStatus),
    *not_negative(["payment_terms_days", "grace_days"]),
)


# A person at an account, in the order the user gave.
CONTACT_ROWS = Table(
    "contacts",
    METADATA,
    key("account_id", String, ForeignKey("accounts.id", ondelete="CASCADE")),
    key("id", String),
    filled("position", Integer),
    filled("name", String),
    filled("email", String),
    filled("role", String),
    filled("phone", String),
)
