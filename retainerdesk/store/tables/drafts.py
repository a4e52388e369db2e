"""Drafts: proposals set aside, with their charges as they stood.

A charge is on one draft at most, and on none once it is issued or skipped: unique here, and triggers look at
the other tables (`store/schema_build.py`).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.store.base import METADATA, MINOR, DecimalText, filled, key, one_of, optional, surrogate
from retainerdesk.store.tables.billing import CHARGE_PARTS

# An invoice in the making. Its id is unique in the book: people name a draft by it alone.
DRAFT_ROWS = Table(
    "drafts",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("made_on", Date),
    filled("note", String),
    filled("discount_percent", DecimalText),
    UniqueConstraint("id"),
    UniqueConstraint("account_id", "id"),
)


# A charge on a draft as it stood; `own_text` is empty where the charge's own text is kept.
DRAFT_LINE_ROWS = Table(
    "draft_lines",
    METADATA,
    key("draft_pk", Integer, ForeignKey("drafts.pk", ondelete="CASCADE")),
    key("position", Integer),
    filled("charge_key", String),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("retainer_id", String),
    filled("kind", String),
    filled("service_start", Date),
    filled("service_end", Date),
    filled("sequence", Integer),
    filled("source_id", String),
    filled("billable_on", Date),
    filled("text", String),
    filled("own_text", String),
    filled("quantity", DecimalText),
    filled("unit_price", DecimalText),
    filled("unit", String),
    filled("currency", String),
    filled("net_minor", MINOR),
    optional("basis_minor", MINOR),
    optional("minutes", Integer),
    filled("tax_category", String),
    filled("tax_rate_percent", DecimalText),
    filled("tax_included", Boolean),
    optional("tax_reason", String),
    filled("why", String),
    filled("details", JSON),
    UniqueConstraint("charge_key"),
    UniqueConstraint(*CHARGE_PARTS),
    one_of("kind", ChargeKind),
    one_of("tax_category", TaxCategory),
    CheckConstraint("service_start <= service_end", name="service"),
)
