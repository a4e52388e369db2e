"""Revision 0001, frozen: retainers and their parts."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    retainers()
    plans()
    pauses()
    usage_decisions()
    lot_adjustments()


def retainers() -> None:
    op.create_table(
        "retainers",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("settled_through", sa.Date(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("term_renewal", sa.String(), nullable=True),
        sa.Column("notice_count", sa.Integer(), nullable=True),
        sa.Column("notice_unit", sa.String(), nullable=True),
        sa.Column("escalator", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("notice_given_by", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("notice_given_by IN ('us', 'them')", name=op.f("ck_retainers_notice_given_by")),
        sa.CheckConstraint("notice_unit IN ('days', 'months')", name=op.f("ck_retainers_notice_unit")),
        sa.CheckConstraint(
            "term_renewal IN ('automatic', 'fixed', 'rolling')", name=op.f("ck_retainers_term_renewal")
        ),
        sa.CheckConstraint(
            "(notice_count IS NULL) = (notice_unit IS NULL)", name=op.f("ck_retainers_notice_whole")
        ),
        sa.CheckConstraint("notice_count >= 0", name=op.f("ck_retainers_notice_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_retainers_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_retainers")),
    )


def plans() -> None:
    op.create_table(
        "plans",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("fee_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("cadence_unit", sa.String(), nullable=False),
        sa.Column("cadence_every", sa.Integer(), nullable=False),
        sa.Column("alignment", sa.String(), nullable=False),
        sa.Column("billing_day", sa.Integer(), nullable=True),
        sa.Column("timing", sa.String(), nullable=False),
        sa.Column("proration", sa.String(), nullable=False),
        sa.Column("allowance_minutes", sa.Integer(), nullable=False),
        sa.Column("rollover", sa.JSON(), nullable=False),
        sa.Column("overage_rate", sa.String(), nullable=False),
        sa.Column("overage_decision", sa.String(), nullable=False),
        sa.Column("usage_cadence_unit", sa.String(), nullable=True),
        sa.Column("usage_cadence_every", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("allowance_money_minor", MINOR, nullable=True),
        sa.Column("value_rate", sa.String(), nullable=True),
        sa.Column("allowance_sessions", sa.Integer(), nullable=True),
        sa.Column("session_price_minor", MINOR, nullable=True),
        sa.CheckConstraint(
            "alignment IN ('anniversary', 'calendar', 'day')", name=op.f("ck_plans_alignment")
        ),
        sa.CheckConstraint(
            "cadence_unit IN ('day', 'week', 'month', 'year')", name=op.f("ck_plans_cadence_unit")
        ),
        sa.CheckConstraint(
            "overage_decision IN ('bill', 'absorb', 'carry', 'ask', 'offset')",
            name=op.f("ck_plans_overage_decision"),
        ),
        sa.CheckConstraint(
            "proration IN ('actual_days', 'fixed_30', 'full', 'skip_stub', 'merge_stub')",
            name=op.f("ck_plans_proration"),
        ),
        sa.CheckConstraint("timing IN ('advance', 'arrears')", name=op.f("ck_plans_timing")),
        sa.CheckConstraint(
            "usage_cadence_unit IN ('day', 'week', 'month', 'year')", name=op.f("ck_plans_usage_cadence_unit")
        ),
        sa.CheckConstraint("allowance_minutes >= 0", name=op.f("ck_plans_allowance_minutes_not_negative")),
        sa.CheckConstraint(
            "allowance_money_minor >= 0", name=op.f("ck_plans_allowance_money_minor_not_negative")
        ),
        sa.CheckConstraint("allowance_sessions >= 0", name=op.f("ck_plans_allowance_sessions_not_negative")),
        sa.CheckConstraint(
            "session_price_minor >= 0", name=op.f("ck_plans_session_price_minor_not_negative")
        ),
        sa.CheckConstraint("billing_day BETWEEN 1 AND 31", name=op.f("ck_plans_billing_day")),
        sa.CheckConstraint("cadence_every >= 1", name=op.f("ck_plans_cadence_every")),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_plans_account_id_retainer_id_retainers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "retainer_id", "from_on", name=op.f("pk_plans")),
    )


def pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("fee", sa.String(), nullable=False),
        sa.Column("lots", sa.String(), nullable=False),
        sa.CheckConstraint("fee IN ('none', 'full')", name=op.f("ck_pauses_fee")),
        sa.CheckConstraint("lots IN ('freeze', 'age')", name=op.f("ck_pauses_lots")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_pauses_span")),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_pauses_account_id_retainer_id_retainers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_pauses")),
    )
    op.create_index(
        op.f("ix_pauses_account_id_retainer_id"), "pauses", ["account_id", "retainer_id"], unique=False
    )


def usage_decisions() -> None:
    op.create_table(
        "usage_decisions",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('bill', 'absorb', 'carry', 'ask', 'offset')",
            name=op.f("ck_usage_decisions_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_usage_decisions_account_id_retainer_id_retainers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "retainer_id", "period_on", name=op.f("pk_usage_decisions")),
    )


def lot_adjustments() -> None:
    op.create_table(
        "lot_adjustments",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_lot_adjustments_account_id_retainer_id_retainers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_lot_adjustments")),
    )
    op.create_index(
        op.f("ix_lot_adjustments_account_id_retainer_id"),
        "lot_adjustments",
        ["account_id", "retainer_id"],
        unique=False,
    )
