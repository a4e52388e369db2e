"""The audit chain, and what the program itself remembers about this book."""

from __future__ import annotations

from sqlalchemy import JSON, Date, Index, LargeBinary, String, Table, Text

from retainerdesk.store.base import METADATA, filled, key, optional, surrogate

# One link: the canonical text of a row as it was written, chained by hash. Append only, by trigger.
AUDIT_ROWS = Table(
    "audit",
    METADATA,
    surrogate("seq"),
    filled("at_utc", String),
    filled("zone", String),
    filled("action", String),
    filled("table_name", String),
    filled("row_key", String),
    filled("row", Text),
    filled("prev_hash", LargeBinary),
    filled("hash", LargeBinary),
    Index(None, "table_name", "row_key"),
)


# Small facts about the book's use (last check, last backup), by key. Not business facts: not audited.
BOOK_STATE_ROWS = Table(
    "book_state",
    METADATA,
    key("key", String),
    filled("value", JSON),
)


# A due item the user was told about, and until when it rests.
NOTIFIED_ROWS = Table(
    "notified",
    METADATA,
    key("key", String),
    filled("first_notified_on", Date),
    optional("snoozed_until", Date),
)
