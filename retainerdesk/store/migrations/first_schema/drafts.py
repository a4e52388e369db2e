"""Revision 0001, frozen: drafts, and the triggers that keep a charge in one place."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    drafts()
    draft_lines()


def drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("discount_percent", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_drafts")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_drafts_account_id_id")),
        sa.UniqueConstraint("id", name=op.f("uq_drafts_id")),
    )


def draft_lines() -> None:
    op.create_table(
        "draft_lines",
        sa.Column("draft_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("charge_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("service_start", sa.Date(), nullable=False),
        sa.Column("service_end", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("billable_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("own_text", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("unit_price", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_minor", MINOR, nullable=False),
        sa.Column("basis_minor", MINOR, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("tax_category", sa.String(), nullable=False),
        sa.Column("tax_rate_percent", sa.String(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("tax_reason", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fee', 'overage', 'block', 'expense', 'correction', 'one_off')",
            name=op.f("ck_draft_lines_kind"),
        ),
        sa.CheckConstraint(
            "tax_category IN ('standard', 'reduced', 'zero', 'exempt', 'reverse_charge', 'intra_community', 'export', 'outside_scope')",  # noqa: E501
            name=op.f("ck_draft_lines_tax_category"),
        ),
        sa.CheckConstraint("service_start <= service_end", name=op.f("ck_draft_lines_service")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_draft_lines_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["draft_pk"], ["drafts.pk"], name=op.f("fk_draft_lines_draft_pk_drafts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_pk", "position", name=op.f("pk_draft_lines")),
        sa.UniqueConstraint(
            "account_id",
            "retainer_id",
            "kind",
            "service_start",
            "sequence",
            "source_id",
            name=op.f("uq_draft_lines_account_id_retainer_id_kind_service_start_sequence_source_id"),
        ),
        sa.UniqueConstraint("charge_key", name=op.f("uq_draft_lines_charge_key")),
    )


# A charge is on a draft, or issued, or skipped: a table, the rows of it that count, and where it may not be.
PLACES = (
    ("draft_lines", "", "invoice_lines", " AND live", "charge_key is already invoiced"),
    ("draft_lines", "", "skips", "", "charge_key is already skipped"),
    ("invoice_lines", "NEW.live AND ", "draft_lines", "", "charge is on a draft"),
    ("skips", "", "draft_lines", "", "charge is on a draft"),
)
SAME = (
    "account_id = NEW.account_id AND retainer_id = NEW.retainer_id AND kind = NEW.kind"
    " AND service_start = NEW.service_start AND sequence = NEW.sequence AND source_id = NEW.source_id"
)


def one_place() -> None:
    for table, counts, other, condition, message in PLACES:
        # All names are those above.
        found = f"SELECT 1 FROM {other} WHERE {SAME}{condition}"  # noqa: S608  # nosec B608
        op.execute(
            f"CREATE TRIGGER {table}_refuse_in_{other} BEFORE INSERT ON {table}"
            f" WHEN {counts}EXISTS ({found}) BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
