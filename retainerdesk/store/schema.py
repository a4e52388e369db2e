"""Which schema a book has: the revisions this program knows and the marks in the file's header.

`schema_build` makes one. Here is what opening a book needs, and that is no table.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from retainerdesk.store.direct import run

# Oldest first; the last one is what this program reads and writes.
REVISIONS = ("0001", "0002")
HEAD = REVISIONS[-1]

# "RDBK" in the header says whose file it is; the schema number stands beside it, readable without SQLite.
APPLICATION_ID = 0x5244424B
SCHEMA_NUMBER = len(REVISIONS)


def stamp_header(connection: Connection) -> None:
    """Write whose file this is and its schema number into the header of the file."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_NUMBER}")


def stamped_number(connection: Connection) -> int:
    """The schema number in the header, as the connection's transaction sees it."""
    # Not through SQLAlchemy: each unit that writes asks this.
    return int(run(connection, "PRAGMA user_version")[0][0])


def stored_revision(driver_connection: Any) -> str | None:  # noqa: ANN401
    """The revision a database says it has; None if it is no book at all."""
    is_book = driver_connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if is_book is None:
        return None
    row = driver_connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])
