"""Revision 0001, frozen: what happened with an account."""

import sqlalchemy as sa
from alembic import op

MINOR = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create() -> None:
    work_entries()
    calls()
    notes()
    actions()
    decisions()
    documents()
    charges()
    expenses()


def work_entries() -> None:
    op.create_table(
        "work_entries",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_down_minutes", sa.Integer(), nullable=False),
        sa.Column("write_down_reason", sa.String(), nullable=False),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('delivery', 'call', 'prep', 'account_management', 'out_of_scope')",
            name=op.f("ck_work_entries_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_work_entries_account_id_retainer_id_retainers"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_work_entries_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_work_entries_person_id_people")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_work_entries")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_work_entries_account_id_id")),
    )
    op.create_index(
        op.f("ix_work_entries_account_id_on_date_id"),
        "work_entries",
        ["account_id", "on_date", "id"],
        unique=False,
    )


def calls() -> None:
    op.create_table(
        "calls",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("contact_ids", sa.JSON(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=True),
        sa.Column("burns_session", sa.Boolean(), nullable=False),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_calls_account_id_retainer_id_retainers"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_calls_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_calls")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_calls_account_id_id")),
    )
    op.create_index(
        op.f("ix_calls_account_id_on_date_id"), "calls", ["account_id", "on_date", "id"], unique=False
    )


def notes() -> None:
    op.create_table(
        "notes",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("touch", sa.Boolean(), nullable=False),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notes_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_notes")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_notes_account_id_id")),
    )
    op.create_index(
        op.f("ix_notes_account_id_on_date_id"), "notes", ["account_id", "on_date", "id"], unique=False
    )


def actions() -> None:
    op.create_table(
        "actions",
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_actions_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_actions")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_actions_account_id_id")),
    )
    op.create_index(
        op.f("ix_actions_account_id_done_on_id"), "actions", ["account_id", "done_on", "id"], unique=False
    )
    op.create_index(op.f("ix_actions_done_on_due_on"), "actions", ["done_on", "due_on"], unique=False)


def decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_decisions_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_decisions")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_decisions_account_id_id")),
    )
    op.create_index(
        op.f("ix_decisions_account_id_on_date_id"), "decisions", ["account_id", "on_date", "id"], unique=False
    )


def documents() -> None:
    op.create_table(
        "documents",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("retainer_id", sa.String(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_documents_size_bytes_not_negative")),
        sa.ForeignKeyConstraint(
            ["account_id", "retainer_id"],
            ["retainers.account_id", "retainers.id"],
            name=op.f("fk_documents_account_id_retainer_id_retainers"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_documents_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_documents")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_documents_account_id_id")),
    )
    op.create_index(
        op.f("ix_documents_account_id_on_date_id"), "documents", ["account_id", "on_date", "id"], unique=False
    )
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)


def charges() -> None:
    op.create_table(
        "charges",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("unit_price", sa.String(), nullable=False),
        sa.Column("discount_percent", sa.String(), nullable=False),
        sa.Column("tax", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_charges_account_id_accounts")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_charges")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_charges_account_id_id")),
    )
    op.create_index(
        op.f("ix_charges_account_id_on_date_id"), "charges", ["account_id", "on_date", "id"], unique=False
    )


def expenses() -> None:
    op.create_table(
        "expenses",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("amount_minor", MINOR, nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rebill", sa.Boolean(), nullable=False),
        sa.Column("markup_percent", sa.String(), nullable=False),
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_expenses_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_expenses")),
        sa.UniqueConstraint("account_id", "id", name=op.f("uq_expenses_account_id_id")),
    )
    op.create_index(
        op.f("ix_expenses_account_id_on_date_id"), "expenses", ["account_id", "on_date", "id"], unique=False
    )
