"""Revision 0001, frozen: deposits."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    op.create_table(
        "deposits",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=True),
        sa.Column("tax", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("deduct_from", sa.Date(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_deposits_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deposits_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_deposits")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_deposits_account_id_id")),
    )
    op.create_index(
        op.f("ix_deposits_account_id_on_date_id"), "deposits", ["account_id", "on_date", "id"], unique=False
    )
