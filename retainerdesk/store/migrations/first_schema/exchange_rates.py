"""Revision 0001, frozen: exchange rates."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    op.create_table(
        "exchange_rates",
        sa.Column("from_currency", sa.String(), nullable=False),
        sa.Column("to_currency", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("from_currency", "to_currency", "on_date", name=op.f("pk_exchange_rates")),
    )
