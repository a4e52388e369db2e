"""Revision 0001, frozen: prepaid blocks."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    op.create_table(
        "blocks",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount", MINOR, nullable=False),
        sa.Column("price_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("low_at", sa.Integer(), nullable=True),
        sa.Column("leftover", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("hourly_rate", sa.String(), nullable=True),
        sa.Column("decision", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("unit IN ('minutes', 'money', 'sessions')", name=op.f("ck_blocks_unit")),
        sa.CheckConstraint(
            "leftover IN ('ask', 'expire', 'refund', 'carry')", name=op.f("ck_blocks_leftover")
        ),
        sa.CheckConstraint("opened_by IN ('payment', 'invoice')", name=op.f("ck_blocks_opened_by")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_blocks_amount")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_blocks_price_minor_not_negative")),
        sa.CheckConstraint("low_at >= 0", name=op.f("ck_blocks_low_at_not_negative")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_blocks_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_blocks_account_id_retainer_id_retainers"),
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_blocks")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_blocks_account_id_id")),
    )
    op.create_index(
        op.f("ix_blocks_account_id_on_date_id"), "blocks", ["account_id", "on_date", "id"], unique=False
    )
