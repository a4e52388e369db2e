"""The first schema.

Revision ID: 0001
Revises:
"""

from alembic import op

from retainerdesk.store.migrations.first_schema import (
    billing,
    blocks,
    book_state,
    closing,
    corrections,
    deposits,
    drafts,
    exchange_rates,
    history,
    letters,
    parties,
    retainers,
    tax_rates,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUARDED = (
    "invoices", "invoice_lines", "tax_totals", "audit", "voids", "period_closes", "period_reopenings",
)  # fmt: skip
REFUSED = "issued documents, closed periods and the audit chain never change"


def upgrade() -> None:
    groups = (
        parties, exchange_rates, retainers, closing, history, billing, corrections, blocks, deposits, letters,
        drafts, tax_rates, book_state,
    )  # fmt: skip
    for group in groups:
        group.create()
    for table in GUARDED:
        for verb in ("UPDATE", "DELETE"):
            unless = corrections.UNLESS_VOIDED.get(table, "") if verb == "UPDATE" else ""
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table}{unless}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
    drafts.one_place()
