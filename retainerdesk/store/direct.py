"""Statements handed to the driver as they are: those that every change of the book runs.

SQLAlchemy takes 40 to 80 µs to prepare a statement and to describe its result; SQLite answers in three.
That is nothing where a person asks, and was half of the work where an invoice is a transaction of fifteen
statements. They run in the transaction of their connection, and their errors come in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlcipher3 import dbapi2

WORDS_FOR = "retainerdesk_words_for"
"""The option of a connection that says what to raise for an error and its statement; None: the error."""
Values = Sequence[Any]
Row = tuple[Any, ...]


def run(connection: Connection, statement: str, values: Values = ()) -> list[Row]:
    """Run one statement and return its rows. Raises what `uow.execute` would raise for it."""
    try:
        found: list[Row] = _driver(connection).execute(statement, values).fetchall()
    except dbapi2.Error as error:
        raise _in_words(connection, error, statement) from error
    return found


def run_many(connection: Connection, statement: str, rows: Sequence[Values]) -> None:
    """Run one statement for each of the rows; none at all is fine. Raises like `run`."""
    if not rows:
        return
    try:
        _driver(connection).executemany(statement, rows)
    except dbapi2.Error as error:
        raise _in_words(connection, error, statement) from error


def _in_words(connection: Connection, error: Exception, statement: str) -> Exception:
    words_for: Callable[[Exception, str], Exception | None] = connection.get_execution_options()[WORDS_FOR]
    return words_for(error, statement) or error


def _driver(connection: Connection) -> Any:  # noqa: ANN401
    # Without a transaction each statement would be kept at once.
    assert connection.in_transaction()
    return connection.connection.dbapi_connection


@dataclass(frozen=True, slots=True)
class Insert:
    """An INSERT of some columns of a table; beside each of them what makes its values ready to be kept."""

    statement: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]

    def row(self, values: Mapping[str, Any]) -> list[Any]:
        """Values by column as the driver takes them. Raises KeyError for a column that has none."""
        return [values[name] if ready is None else ready(values[name]) for name, ready in self.columns]


@lru_cache(maxsize=256)
def insert_into(table: Table, names: tuple[str, ...], dialect: Dialect) -> Insert:
    """The statement that inserts those columns, made once: making it costs more than running it."""
    statement = str(insert(table).compile(dialect=dialect, column_keys=names))
    # The statement has them in the order of the table.
    columns = [column for column in table.columns if column.name in names]
    types = [column.type.dialect_impl(dialect) for column in columns]
    ready = [kind.bind_processor(dialect) for kind in types]
    return Insert(statement, tuple(zip((column.name for column in columns), ready, strict=True)))
