"""Revision 0001, frozen: Invoices, skips, payments."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    invoices()
    invoice_lines()
    tax_totals()
    skips()
    payments()
    allocations()


def invoices() -> None:
    op.create_table(
        "invoices",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("series_year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_minor", MINOR, nullable=False),
        sa.Column("gross_minor", MINOR, nullable=False),
        sa.Column("seller", sa.JSON(), nullable=False),
        sa.Column("buyer", sa.JSON(), nullable=False),
        sa.Column("chain_head", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("payable_minor", MINOR, nullable=False),
        sa.Column("rounding_minor", MINOR, nullable=True),
        sa.Column("withholding", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("instalments", sa.JSON(), nullable=False),
        sa.Column("book_tax", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('issued', 'void')", name=op.f("ck_invoices_status")),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note')", name=op.f("ck_invoices_kind")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invoices_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_invoices_series_id_series")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_invoices")),
        sa.UniqueConstraint("account_id", "number", name=op.f("uq_invoices_account_id_number")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_invoices_series_id_number")),
        sa.UniqueConstraint(
            "series_id", "series_year", "sequence", name=op.f("uq_invoices_series_id_series_year_sequence")
        ),
    )
    op.create_index(
        op.f("ix_invoices_account_id_issued_on_number"),
        "invoices",
        ["account_id", "issued_on", "number"],
        unique=False,
    )
    op.create_index(op.f("ix_invoices_due_on"), "invoices", ["due_on"], unique=False)
    op.create_index(op.f("ix_invoices_number"), "invoices", ["number"], unique=False)


def invoice_lines() -> None:
    op.create_table(
        "invoice_lines",
        sa.Column("invoice_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("charge_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("service_start", sa.Date(), nullable=False),
        sa.Column("service_end", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("unit_price", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_minor", MINOR, nullable=False),
        sa.Column("basis_minor", MINOR, nullable=True),
        sa.Column("agreed_minor", MINOR, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("tax_category", sa.String(), nullable=False),
        sa.Column("tax_rate_percent", sa.String(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("tax_reason", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fee', 'overage', 'block', 'expense', 'correction', 'one_off')",
            name=op.f("ck_invoice_lines_kind"),
        ),
        sa.CheckConstraint(
            "tax_category IN ('standard', 'reduced', 'zero', 'exempt', 'reverse_charge', 'intra_community', 'export', 'outside_scope')",  # noqa: E501
            name=op.f("ck_invoice_lines_tax_category"),
        ),
        sa.CheckConstraint("service_start <= service_end", name=op.f("ck_invoice_lines_service")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invoice_lines_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["invoice_pk"], ["invoices.pk"], name=op.f("fk_invoice_lines_invoice_pk_invoices")
        ),
        sa.PrimaryKeyConstraint("invoice_pk", "position", name=op.f("pk_invoice_lines")),
    )
    invoice_line_keys()


def invoice_line_keys() -> None:
    op.create_index(
        "uq_invoice_lines_charge_key",
        "invoice_lines",
        ["charge_key"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.create_index(
        "uq_invoice_lines_charge_parts",
        "invoice_lines",
        ["account_id", "retainer_id", "kind", "service_start", "sequence", "source_id"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )


def tax_totals() -> None:
    op.create_table(
        "tax_totals",
        sa.Column("invoice_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("rate_percent", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("base_minor", MINOR, nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "category IN ('standard', 'reduced', 'zero', 'exempt', 'reverse_charge', 'intra_community', 'export', 'outside_scope')",  # noqa: E501
            name=op.f("ck_tax_totals_category"),
        ),
        sa.ForeignKeyConstraint(
            ["invoice_pk"], ["invoices.pk"], name=op.f("fk_tax_totals_invoice_pk_invoices")
        ),
        sa.PrimaryKeyConstraint("invoice_pk", "position", name=op.f("pk_tax_totals")),
    )


def skips() -> None:
    op.create_table(
        "skips",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("charge_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("service_start", sa.Date(), nullable=False),
        sa.Column("service_end", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("net_minor", MINOR, nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('fee', 'overage', 'block', 'expense', 'correction', 'one_off')",
            name=op.f("ck_skips_kind"),
        ),
        sa.CheckConstraint("service_start <= service_end", name=op.f("ck_skips_service")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_skips_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_skips")),
        sa.UniqueConstraint(
            "account_id",
            "retainer_id",
            "kind",
            "service_start",
            "sequence",
            "source_id",
            name=op.f("uq_skips_account_id_retainer_id_kind_service_start_sequence_source_id"),
        ),
        sa.UniqueConstraint("charge_key", name=op.f("uq_skips_charge_key")),
    )


def payments() -> None:
    op.create_table(
        "payments",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("fee_minor", MINOR, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("received_minor", MINOR, nullable=True),
        sa.Column("received_currency", sa.String(), nullable=True),
        sa.Column("rate", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_payments_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_payments")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_payments_account_id_id")),
    )
    op.create_index(
        op.f("ix_payments_account_id_on_date_id"), "payments", ["account_id", "on_date", "id"], unique=False
    )


def allocations() -> None:
    op.create_table(
        "allocations",
        sa.Column("payment_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_pk"],
            ["payments.pk"],
            name=op.f("fk_allocations_payment_pk_payments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("payment_pk", "position", name=op.f("pk_allocations")),
    )
    op.create_index(op.f("ix_allocations_invoice_number"), "allocations", ["invoice_number"], unique=False)
