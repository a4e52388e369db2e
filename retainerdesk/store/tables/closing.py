"""Usage periods that were closed and locked, closings taken back, and decisions about late work in them."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKeyConstraint, Integer, String, Table

from retainerdesk.domain.period_close import LateChoice
from retainerdesk.store.base import METADATA, MINOR, filled, key, one_of, optional

# One closing with its row of the lot ledger. Triggers refuse every UPDATE and DELETE.
#
# `uses`, `lots` and `block_burns` are lists of short records, in the order of the domain values.
PERIOD_CLOSE_ROWS = Table(
    "period_closes",
    METADATA,
    key("account_id", String),
    key("retainer_id", String),
    key("period_on", Date),
    key("number", Integer),
    filled("ends_on", Date),
    filled("closed_on", Date),
    filled("plan_on", Date),
    filled("opening", MINOR),
    filled("granted", MINOR),
    filled("adjusted", MINOR),
    filled("used", MINOR),
    filled("carried_in", MINOR),
    filled("burned", MINOR),
    filled("overage", MINOR),
    filled("expired", MINOR),
    filled("forfeited", MINOR),
    filled("carried", MINOR),
    filled("from_blocks", MINOR),
    filled("unmetered", MINOR),
    filled("uses", JSON),
    filled("lots", JSON),
    filled("block_burns", JSON),
    ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"]),
    CheckConstraint("period_on < ends_on", name="span"),
    CheckConstraint(
        "opening + granted + adjusted = burned + expired + forfeited + carried", name="lots_add_up"
    ),
)


# A closing that was taken back: a row beside it, because the closing itself never changes.
PERIOD_REOPENING_ROWS = Table(
    "period_reopenings",
    METADATA,
    key("account_id", String),
    key("retainer_id", String),
    key("period_on", Date),
    key("number", Integer),
    filled("on_date", Date),
    filled("reason", String),
    ForeignKeyConstraint(
        ["account_id", "retainer_id", "period_on", "number"],
        [
            "period_closes.account_id",
            "period_closes.retainer_id",
            "period_closes.period_on",
            "period_closes.number",
        ],
    ),
)


# What was decided about a difference in the closed period that starts on `period_on`.
LATE_DECISION_ROWS = Table(
    "late_decisions",
    METADATA,
    key("account_id", String),
    key("retainer_id", String),
    key("id", String),
    filled("period_on", Date),
    filled("on_date", Date),
    filled("choice", String),
    filled("used", MINOR),
    filled("overage", MINOR),
    filled("from_blocks", MINOR),
    filled("carried", MINOR),
    filled("price_minor", MINOR),
    filled("currency", String),
    filled("reason", String),
    filled("entries", JSON),
    optional("to_on", Date),
    optional("invoice_number", String),
    ForeignKeyConstraint(
        ["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"], ondelete="CASCADE"
    ),
    one_of("choice", LateChoice),
)
