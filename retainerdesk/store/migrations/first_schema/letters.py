"""Revision 0001, frozen: letters that were sent, and reference rates of late interest."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    letters()
    late_interest_rates()


def letters() -> None:
    op.create_table(
        "letters",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("total_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("step_id", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("span_start", sa.Date(), nullable=True),
        sa.Column("span_end", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('dunning', 'statement')", name=op.f("ck_letters_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_letters_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_letters")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_letters_account_id_id")),
    )
    op.create_index(
        op.f("ix_letters_account_id_on_date_id"), "letters", ["account_id", "on_date", "id"], unique=False
    )


def late_interest_rates() -> None:
    op.create_table(
        "late_interest_rates",
        sa.Column("reference_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("reference_id", "from_on", name=op.f("pk_late_interest_rates")),
    )
