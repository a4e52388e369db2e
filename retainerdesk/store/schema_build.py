"""The schema of a book as one piece: every table, and what only DDL can guard.

A new book is made from the tables and stamped; an older one is migrated by frozen operations. A test
holds both to the same schema.
"""

from __future__ import annotations

from sqlalchemy import Connection

from retainerdesk.store.base import METADATA
from retainerdesk.store.schema import HEAD, stamp_header
from retainerdesk.store.search.definition import search_statements
from retainerdesk.store.tables import (
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
from retainerdesk.store.tables.billing import CHARGE_PARTS

EVERY_TABLE_MODULE = (
    billing, blocks, book_state, closing, corrections, deposits, drafts, exchange_rates, history, letters,
    parties, retainers, tax_rates,
)  # fmt: skip
"""Imported, they stand in `METADATA`; a test looks that none is missing."""

GUARDED = ("invoices", "invoice_lines", "tax_totals", "audit")
# Table: its column with the invoice's key, the column a void changes, and what it says before and after.
_VOIDED = {
    "invoices": ("pk", "status", "'issued'", "'void'"),
    "invoice_lines": ("invoice_pk", "live", "1", "0"),
}
# A charge is on a draft, or issued, or skipped: a table, which of its new rows count, where the charge may
# not be, which rows count there, and the message.
_ONE_PLACE = (
    ("draft_lines", "", "invoice_lines", " AND live", "charge_key is already invoiced"),
    ("draft_lines", "", "skips", "", "charge_key is already skipped"),
    ("invoice_lines", "NEW.live AND ", "draft_lines", "", "charge is on a draft"),
    ("skips", "", "draft_lines", "", "charge is on a draft"),
)
_REFUSED = "issued documents, closed periods and the audit chain never change"


def guard_statements() -> list[str]:
    """Triggers that refuse UPDATE and DELETE on issued documents, voids, closings and the audit chain.

    A document with a row in `voids` may turn from issued to void, and its lines from live to not, once.
    """
    return [
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table}"
        f"{_unless_voided(table) if verb == 'UPDATE' else ''} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for table in (*GUARDED, "voids", "period_closes", "period_reopenings")
        for verb in ("UPDATE", "DELETE")
    ]


def _unless_voided(table: str) -> str:
    """The condition of a trigger that lets a void through: that column alone changes, and only forward."""
    if table not in _VOIDED:
        return ""
    key, column, before, after = _VOIDED[table]
    others = [name for name in METADATA.tables[table].columns.keys() if name != column]  # noqa: SIM118
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in others)
    change = f"OLD.{column} = {before} AND NEW.{column} = {after}"
    voided = f"EXISTS (SELECT 1 FROM voids WHERE invoice_pk = OLD.{key})"  # noqa: S608  # nosec B608 - our own names
    return f" WHEN NOT ({voided} AND {change} AND {same})"


def one_place_statements() -> list[str]:
    """Triggers that refuse a charge in a second place: on a draft and issued, or on a draft and skipped."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in CHARGE_PARTS)
    statements = []
    for table, counts, other, condition, message in _ONE_PLACE:
        found = f"SELECT 1 FROM {other} WHERE {same}{condition}"  # noqa: S608  # nosec B608 - our own names
        statements.append(
            f"CREATE TRIGGER {table}_refuse_in_{other} BEFORE INSERT ON {table}"
            f" WHEN {counts}EXISTS ({found}) BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    return statements


def build(connection: Connection) -> None:
    """Make every table, index and trigger of the current schema in an empty database, and stamp it."""
    METADATA.create_all(connection)
    for statement in (*guard_statements(), *one_place_statements(), *search_statements()):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    stamp_header(connection)


def is_name_of_ours(name: str) -> bool:
    """Whether "table", "table.column" or "column" is one that every book of the current schema has."""
    tables = METADATA.tables
    table, _, column = name.rpartition(".")
    if table:
        return table in tables and column in tables[table].columns
    return name in tables or any(name in each.columns for each in tables.values())
