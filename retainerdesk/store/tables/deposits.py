"""Money asked for up front, to be set against later invoices."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Table, UniqueConstraint

from retainerdesk.store.base import METADATA, MINOR, OPTIONAL_JSON, filled, optional, surrogate

# A deposit as agreed; what is left of it follows from documents and payments.
DEPOSIT_ROWS = Table(
    "deposits",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("on_date", Date),
    filled("text", String),
    filled("amount_minor", MINOR),
    filled("currency", String),
    optional("retainer_id", String),
    optional("tax", OPTIONAL_JSON),
    optional("deduct_from", Date),
    UniqueConstraint("account_id", "id"),
    CheckConstraint("amount_minor > 0", name="amount"),
    Index(None, "account_id", "on_date", "id"),
)
