"""Letters about money that were sent, and the reference rates users added."""

from __future__ import annotations

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Table, UniqueConstraint

from retainerdesk.domain.sent_letter import LetterKind
from retainerdesk.store.base import METADATA, MINOR, DecimalText, filled, key, one_of, optional, surrogate

# A letter as it was sent; `lines` are the documents it named with what was asked for.
LETTER_ROWS = Table(
    "letters",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("on_date", Date),
    filled("kind", String),
    filled("total_minor", MINOR),
    filled("currency", String),
    filled("step_id", String),
    filled("lines", JSON),
    filled("title", String),
    filled("text", String),
    optional("sha256", String),
    optional("span_start", Date),
    optional("span_end", Date),
    UniqueConstraint("account_id", "id"),
    one_of("kind", LetterKind),
    Index(None, "account_id", "on_date", "id"),
)


# The reference rate of a half-year that came after the table of the program.
LATE_INTEREST_RATE_ROWS = Table(
    "late_interest_rates",
    METADATA,
    key("reference_id", String),
    key("from_on", Date),
    filled("percent", DecimalText),
    filled("source", String),
)
