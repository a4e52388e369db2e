"""Prepaid blocks as they were sold; what was drawn from them is computed, never stored."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from retainerdesk.domain.block import Leftover, OpenedBy
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.store.base import (
    METADATA,
    MINOR,
    OPTIONAL_JSON,
    DecimalText,
    filled,
    not_negative,
    one_of,
    optional,
    surrogate,
)

# `amount` is in minutes, minor units or sessions, as `unit` says.
BLOCK_ROWS = Table(
    "blocks",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("on_date", Date),
    filled("name", String),
    filled("unit", String),
    filled("amount", MINOR),
    filled("price_minor", MINOR),
    filled("currency", String),
    optional("retainer_id", String),
    optional("expires_on", Date),
    optional("low_at", Integer),
    filled("leftover", String),
    filled("opened_by", String),
    optional("hourly_rate", DecimalText),
    optional("decision", OPTIONAL_JSON),
    UniqueConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"]),
    one_of("unit", UsageUnit),
    one_of("leftover", Leftover),
    one_of("opened_by", OpenedBy),
    CheckConstraint("amount > 0", name="amount"),
    *not_negative(["price_minor", "low_at"]),
    Index(None, "account_id", "on_date", "id"),
)
