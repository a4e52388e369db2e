"""What can still be read of a book that cannot be opened. Changes no byte of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.store.engine import connect_raw

_CHUNK_ROWS = 500
_MOST_FINDINGS = 10


@dataclass(frozen=True, slots=True)
class Readable:
    """The rows of one table that can be read; not `is_whole` if reading broke off."""

    table: str
    rows: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a book: its tables in order of name, and ten lines of what SQLite says is wrong."""

    tables: tuple[Readable, ...]
    findings: tuple[str, ...]


def look_through(path: Path, key: BookKey | None = None, stopping: Stopping = NEVER) -> Remains:
    """Read every table as far as it goes; nothing at all is an answer too. Raises Stopped.

    What waits in a -wal file beside the book is not looked at.
    """
    connection = connect_raw(path, "ro&immutable=1", key=key)
    try:
        # Else SQLite refuses a file that is shorter than its header says, before its first page.
        connection.execute("PRAGMA writable_schema = ON")
        tables = [_readable(connection, name, stopping) for name in _names(connection)]
        return Remains(tuple(tables), tuple(_findings(connection)))
    finally:
        connection.close()


def _names(connection: Any) -> list[str]:  # noqa: ANN401
    """The tables the schema names, as far as that can be read."""
    names: list[str] = []
    try:
        for kind, name in connection.execute("SELECT type, name FROM sqlite_master"):
            names += [name] if kind == "table" and not name.startswith("sqlite") else []
    except (dbapi2.Error, UnicodeDecodeError):
        # The rest of the list is gone; what came before it may be whole.
        return sorted(names)
    return sorted(names)


def _readable(connection: Any, table: str, stopping: Stopping) -> Readable:  # noqa: ANN401
    count = 0
    try:
        quoted = table.replace('"', '""')
        rows = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # nosec B608 - quoted
        # One by one: where it breaks off, a portion would be lost whole.
        for _row in rows:
            count += 1
            if count % _CHUNK_ROWS == 0:
                stopping.go_on()
    except (dbapi2.Error, UnicodeDecodeError):
        return Readable(table, count, is_whole=False)
    return Readable(table, count, is_whole=True)


def _findings(connection: Any) -> list[str]:  # noqa: ANN401
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})").fetchall()
    except (dbapi2.Error, UnicodeDecodeError) as error:
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]
