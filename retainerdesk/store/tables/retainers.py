"""Retainers with their plans, pauses, usage decisions and lot adjustments."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from retainerdesk.domain.period import Alignment, CadenceUnit
from retainerdesk.domain.plan import OverageDecision, Proration, Timing
from retainerdesk.domain.retainer import NoticeBy, NoticeUnit, PauseFee, PauseLots, Renewal
from retainerdesk.store.base import (
    METADATA,
    MINOR,
    OPTIONAL_JSON,
    DecimalText,
    filled,
    key,
    not_negative,
    one_of,
    optional,
    surrogate,
)


def _of_retainer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"], ondelete="CASCADE"
    )


# One agreement. `term_renewal` is NULL where no term is agreed.
RETAINER_ROWS = Table(
    "retainers",
    METADATA,
    key("account_id", String, ForeignKey("accounts.id")),
    key("id", String),
    filled("name", String),
    filled("starts_on", Date),
    optional("settled_through", Date),
    optional("term_months", Integer),
    optional("term_renewal", String),
    optional("notice_count", Integer),
    optional("notice_unit", String),
    optional("escalator", OPTIONAL_JSON),
    optional("notice_given_on", Date),
    optional("notice_given_by", String),
    optional("ended_on", Date),
    one_of("term_renewal", Renewal),
    one_of("notice_unit", NoticeUnit),
    one_of("notice_given_by", NoticeBy),
    *not_negative(["notice_count"]),
    CheckConstraint("(notice_count IS NULL) = (notice_unit IS NULL)", name="notice_whole"),
)


# Terms from `from_on`; one plan a day and retainer.
PLAN_ROWS = Table(
    "plans",
    METADATA,
    key("account_id", String),
    key("retainer_id", String),
    key("from_on", Date),
    filled("fee_minor", MINOR),
    filled("currency", String),
    filled("cadence_unit", String),
    filled("cadence_every", Integer),
    filled("alignment", String),
    optional("billing_day", Integer),
    filled("timing", String),
    filled("proration", String),
    filled("allowance_minutes", Integer),
    filled("rollover", JSON),
    filled("overage_rate", DecimalText),
    filled("overage_decision", String),
    optional("usage_cadence_unit", String),
    optional("usage_cadence_every", Integer),
    filled("text", String),
    optional("allowance_money_minor", MINOR),
    optional("value_rate", DecimalText),
    optional("allowance_sessions", Integer),
    optional("session_price_minor", MINOR),
    _of_retainer(),
    one_of("cadence_unit", CadenceUnit),
    one_of("usage_cadence_unit", CadenceUnit),
    one_of("alignment", Alignment),
    one_of("timing", Timing),
    one_of("proration", Proration),
    one_of("overage_decision", OverageDecision),
    CheckConstraint("cadence_every >= 1", name="cadence_every"),
    CheckConstraint("billing_day BETWEEN 1 AND 31", name="billing_day"),
    *not_negative(
        ["allowance_minutes", "allowance_money_minor", "allowance_sessions", "session_price_minor"]
    ),
)


# Days without service, `[starts_on, ends_on)`.
PAUSE_ROWS = Table(
    "pauses",
    METADATA,
    surrogate("pk"),
    filled("account_id", String),
    filled("retainer_id", String),
    filled("starts_on", Date),
    filled("ends_on", Date),
    filled("fee", String),
    filled("lots", String),
    _of_retainer(),
    one_of("fee", PauseFee),
    one_of("lots", PauseLots),
    CheckConstraint("starts_on <= ends_on", name="span"),
    Index(None, "account_id", "retainer_id"),
)


# What was decided about the overage of the usage period starting on `period_on`.
USAGE_DECISION_ROWS = Table(
    "usage_decisions",
    METADATA,
    key("account_id", String),
    key("retainer_id", String),
    key("period_on", Date),
    filled("decision", String),
    filled("reason", String),
    optional("decided_on", Date),
    _of_retainer(),
    one_of("decision", OverageDecision),
)


# Minutes added to or taken from the period that holds `on_date`.
LOT_ADJUSTMENT_ROWS = Table(
    "lot_adjustments",
    METADATA,
    surrogate("pk"),
    filled("account_id", String),
    filled("retainer_id", String),
    filled("id", String),
    filled("on_date", Date),
    filled("minutes", Integer),
    filled("reason", String),
    _of_retainer(),
    Index(None, "account_id", "retainer_id"),
)
