"""Revision 0001, frozen: the business, people, series, accounts, contacts."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    business()
    people()
    cost_rates()
    series()
    accounts()
    contacts()


def business() -> None:
    op.create_table(
        "business",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=True),
        sa.Column("iban", sa.String(), nullable=True),
        sa.Column("bic", sa.String(), nullable=True),
        sa.Column("bank_name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("standard_rate", sa.String(), nullable=True),
        sa.Column("overhead_rate", sa.String(), nullable=False),
        sa.Column("target_margin_percent", sa.String(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("logo_sha256", sa.String(), nullable=True),
        sa.Column("invoice_note", sa.String(), nullable=False),
        sa.Column("look", sa.JSON(), nullable=False),
        sa.CheckConstraint("pk = 1", name=op.f("ck_business_one_row")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_business")),
    )


def people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def cost_rates() -> None:
    op.create_table(
        "cost_rates",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("hourly_rate", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_cost_rates_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "from_on", name=op.f("pk_cost_rates")),
    )


def series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("reset", sa.String(), nullable=False),
        sa.Column("year_starts_in", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.CheckConstraint("next >= 1", name=op.f("ck_series_next")),
        sa.CheckConstraint(
            "year_starts_in >= 1 AND year_starts_in <= 12", name=op.f("ck_series_year_starts_in")
        ),
        sa.CheckConstraint("purpose IN ('invoice', 'credit_note')", name=op.f("ck_series_purpose")),
        sa.CheckConstraint("reset IN ('never', 'yearly')", name=op.f("ck_series_reset")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )


def accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=True),
        sa.Column("payment_terms_days", sa.Integer(), nullable=False),
        sa.Column("tax", sa.JSON(), nullable=False),
        sa.Column("call_every_days", sa.Integer(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("withholding", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cash_rounding_minor", sa.Integer(), nullable=True),
        sa.Column("document_discount_percent", sa.String(), nullable=False),
        sa.Column("payment_plan", sa.JSON(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('active', 'paused', 'proposal', 'ended')", name=op.f("ck_accounts_status")
        ),
        sa.CheckConstraint("grace_days >= 0", name=op.f("ck_accounts_grace_days_not_negative")),
        sa.CheckConstraint(
            "payment_terms_days >= 0", name=op.f("ck_accounts_payment_terms_days_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )


def contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_contacts_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_contacts")),
    )
