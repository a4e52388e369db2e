"""Revision 0001, frozen: tax rates users added."""

import sqlalchemy as sa
from alembic import op

CATEGORIES = (
    "category IN ('standard', 'reduced', 'zero', 'exempt', 'reverse_charge', 'intra_community', 'export', "
    "'outside_scope')"
)


def create() -> None:
    op.create_table(
        "tax_rates",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(CATEGORIES, name=op.f("ck_tax_rates_category")),
        sa.PrimaryKeyConstraint("country", "category", "name", "from_on", name=op.f("pk_tax_rates")),
    )
