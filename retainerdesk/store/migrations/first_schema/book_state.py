"""Revision 0001, frozen: the audit chain and the program's own memory."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    audit()
    book_state()
    notified()


def audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_table_name_row_key"), "audit", ["table_name", "row_key"], unique=False)


def book_state() -> None:
    op.create_table(
        "book_state",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_book_state")),
    )


def notified() -> None:
    op.create_table(
        "notified",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first_notified_on", sa.Date(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_notified")),
    )
