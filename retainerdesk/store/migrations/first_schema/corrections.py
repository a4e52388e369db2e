"""Revision 0001, frozen: voids and settlements."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What lets a void through the triggers of issued documents.
UNLESS_VOIDED = {
    "invoices": (
        " WHEN NOT (EXISTS (SELECT 1 FROM voids WHERE invoice_pk = OLD.pk)"
        " AND OLD.status = 'issued' AND NEW.status = 'void' AND NEW.pk IS OLD.pk"
        " AND NEW.series_id IS OLD.series_id AND NEW.number IS OLD.number"
        " AND NEW.series_year IS OLD.series_year"
        " AND NEW.sequence IS OLD.sequence AND NEW.account_id IS OLD.account_id"
        " AND NEW.issued_on IS OLD.issued_on AND NEW.due_on IS OLD.due_on"
        " AND NEW.currency IS OLD.currency AND NEW.net_minor IS OLD.net_minor"
        " AND NEW.gross_minor IS OLD.gross_minor AND NEW.seller IS OLD.seller"
        " AND NEW.buyer IS OLD.buyer AND NEW.chain_head IS OLD.chain_head"
        " AND NEW.kind IS OLD.kind AND NEW.corrects IS OLD.corrects AND NEW.reason IS OLD.reason"
        " AND NEW.payable_minor IS OLD.payable_minor AND NEW.rounding_minor IS OLD.rounding_minor"
        " AND NEW.withholding IS OLD.withholding AND NEW.instalments IS OLD.instalments"
        " AND NEW.book_tax IS OLD.book_tax AND NEW.note IS OLD.note)"
    ),
    "invoice_lines": (
        " WHEN NOT (EXISTS (SELECT 1 FROM voids WHERE invoice_pk = OLD.invoice_pk)"
        " AND OLD.live = 1 AND NEW.live = 0 AND NEW.invoice_pk IS OLD.invoice_pk"
        " AND NEW.position IS OLD.position AND NEW.charge_key IS OLD.charge_key"
        " AND NEW.account_id IS OLD.account_id AND NEW.retainer_id IS OLD.retainer_id"
        " AND NEW.kind IS OLD.kind AND NEW.service_start IS OLD.service_start"
        " AND NEW.service_end IS OLD.service_end AND NEW.sequence IS OLD.sequence"
        " AND NEW.source_id IS OLD.source_id AND NEW.text IS OLD.text"
        " AND NEW.quantity IS OLD.quantity AND NEW.unit_price IS OLD.unit_price"
        " AND NEW.unit IS OLD.unit AND NEW.currency IS OLD.currency"
        " AND NEW.net_minor IS OLD.net_minor AND NEW.basis_minor IS OLD.basis_minor"
        " AND NEW.agreed_minor IS OLD.agreed_minor AND NEW.minutes IS OLD.minutes"
        " AND NEW.tax_category IS OLD.tax_category"
        " AND NEW.tax_rate_percent IS OLD.tax_rate_percent"
        " AND NEW.tax_included IS OLD.tax_included AND NEW.tax_reason IS OLD.tax_reason"
        " AND NEW.details IS OLD.details)"
    ),
}


def create() -> None:
    voids()
    settlements()


def voids() -> None:
    op.create_table(
        "voids",
        sa.Column("invoice_pk", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_pk"], ["invoices.pk"], name=op.f("fk_voids_invoice_pk_invoices")),
        sa.PrimaryKeyConstraint("invoice_pk", name=op.f("pk_voids")),
    )


def settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("source_number", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('credit', 'write_off', 'refund')", name=op.f("ck_settlements_kind")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_settlements_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_settlements_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_settlements")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_settlements_account_id_id")),
    )
    op.create_index(
        op.f("ix_settlements_account_id_on_date_id"),
        "settlements",
        ["account_id", "on_date", "id"],
        unique=False,
    )
