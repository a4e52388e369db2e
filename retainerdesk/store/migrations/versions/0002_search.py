"""The search index, and an agreed rate of late interest for an account.

Revision ID: 0002
Revises: 0001

Books were made while both were being built, still marked 0001: what such a book has already is left.
"""

import sqlalchemy as sa
from alembic import op

from retainerdesk.store.migrations.second_schema import search

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    columns = connection.exec_driver_sql("PRAGMA table_info(accounts)")
    if "late_interest_bps" not in {row[1] for row in columns}:
        op.add_column("accounts", sa.Column("late_interest_bps", sa.Integer(), nullable=True))
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'search_index'").first() is None:
        search.create()
