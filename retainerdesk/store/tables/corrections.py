"""What corrects issued documents without changing them: voids and settlements."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from retainerdesk.domain.invoice import SettlementKind
from retainerdesk.store.base import METADATA, MINOR, filled, key, one_of, optional, surrogate

# A cancelled document. Only with such a row do the triggers let its status and lines change, once.
VOID_ROWS = Table(
    "voids",
    METADATA,
    key("invoice_pk", Integer, ForeignKey("invoices.pk")),
    filled("on_date", Date),
    filled("reason", String),
)


# Money moved without being received; documents are named by number, as allocations do.
SETTLEMENT_ROWS = Table(
    "settlements",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("on_date", Date),
    filled("kind", String),
    filled("amount_minor", MINOR),
    filled("currency", String),
    optional("invoice_number", String),
    optional("source_number", String),
    filled("reason", String),
    UniqueConstraint("account_id", "id"),
    one_of("kind", SettlementKind),
    CheckConstraint("amount_minor > 0", name="amount"),
    Index(None, "account_id", "on_date", "id"),
)
