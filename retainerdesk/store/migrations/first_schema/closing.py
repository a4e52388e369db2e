"""Revision 0001, frozen: closed usage periods and decisions about late work."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FIGURES = (
    "opening", "granted", "adjusted", "used", "carried_in", "burned", "overage", "expired", "forfeited",
    "carried", "from_blocks", "unmetered",
)  # fmt: skip
KEY = ["account_id", "retainer_id", "period_on", "number"]


def create() -> None:
    period_closes()
    period_reopenings()
    late_decisions()


def period_closes() -> None:
    op.create_table(
        "period_closes",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("plan_on", sa.Date(), nullable=False),
        *(sa.Column(name, MINOR, nullable=False) for name in FIGURES),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("lots", sa.JSON(), nullable=False),
        sa.Column("block_burns", sa.JSON(), nullable=False),
        sa.CheckConstraint("period_on < ends_on", name=op.f("ck_period_closes_span")),
        sa.CheckConstraint(
            "opening + granted + adjusted = burned + expired + forfeited + carried",
            name=op.f("ck_period_closes_lots_add_up"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_period_closes_account_id_retainer_id_retainers"),
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_period_closes")),
    )


def period_reopenings() -> None:
    op.create_table(
        "period_reopenings",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            KEY,
            [f"period_closes.{name}" for name in KEY],
            name=op.f("fk_period_reopenings_account_id_retainer_id_period_on_number_period_closes"),
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_period_reopenings")),
    )


def late_decisions() -> None:
    op.create_table(
        "late_decisions",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        *(sa.Column(name, MINOR, nullable=False) for name in ("used", "overage", "from_blocks", "carried")),
        sa.Column("price_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.CheckConstraint(
            "choice IN ('correct', 'credit', 'carry', 'absorb')", name=op.f("ck_late_decisions_choice")
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_late_decisions_account_id_retainer_id_retainers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "retainer_id", "id", name=op.f("pk_late_decisions")),
    )
