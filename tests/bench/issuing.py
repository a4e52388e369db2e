"""Invoices issued with one transaction each, against the very same writes made by a bare loop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from sqlcipher3 import dbapi2

from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.store.book_store import open_book
from retainerdesk.store.engine import connect
from retainerdesk.system.clock import FixedClock
from tests.bench.book import TODAY, BenchBook
from tests.bench.timing import Figure, seconds

_DAYS_AHEAD = 160
_COUNT = 1000
Write = tuple[str, Any]


class Recorded(dbapi2.Connection):  # type: ignore[misc]
    """A driver's connection that remembers the statements that write, a list for each transaction.

    Nothing is nearer to SQLite than this, so nothing that is written can be missing from the bare loop.
    """

    transactions: ClassVar[list[list[Write]]] = []

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.writes: list[Write] = []

    def cursor(self, *_: Any) -> Any:
        return super().cursor(RecordedCursor)

    def commit(self) -> None:
        super().commit()
        self.transactions.append(self.writes)
        self.writes = []


class RecordedCursor(dbapi2.Cursor):  # type: ignore[misc]
    """Tells its connection of every row that is written."""

    def execute(self, statement: str, row: Any = ()) -> Any:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.connection.writes.append((statement, row))
        return super().execute(statement, row)

    def executemany(self, statement: str, rows: Sequence[Any]) -> Any:
        self.connection.writes += [(statement, row) for row in rows]
        return super().executemany(statement, rows)


def issuing_figures(book: BenchBook, folder: Path) -> Iterator[Figure]:
    """About a thousand invoices at size 1: five months for every account, as after a long absence.

    They are issued twice: once to learn what is written, once to be timed.
    """
    learnt, ours, bare = (folder / f"{name}.retainerdesk" for name in ("learnt", "ours", "bare"))
    for copy in (learnt, ours, bare):
        shutil.copy(book.path, copy)
    day = TODAY + timedelta(days=_DAYS_AHEAD)
    with recording() as transactions:
        _issue(learnt, day)
    preview, issued, count = _issue(ours, day)
    floor = seconds(lambda: _replay(bare, transactions))
    yield Figure(
        "issue an invoice", 1000 * issued / count, "ms", 1000 * floor / count, 3, "same writes, bare loop"
    )
    yield Figure("preview the invoices of an account", 1000 * preview, "ms", 16, 2)


@contextmanager
def recording() -> Iterator[list[list[Write]]]:
    """What books opened in this block write, transaction by transaction."""
    connect = dbapi2.connect
    dbapi2.connect = partial(connect, factory=Recorded)
    # Each size has transactions of its own.
    Recorded.transactions = []
    try:
        yield Recorded.transactions
    finally:
        dbapi2.connect = connect


def _issue(path: Path, day: date) -> tuple[float, float, int]:
    store = open_book(path, FixedClock(day))
    with store.reading() as uow:
        everybody = frozenset(preview_invoices(uow, day, day).account_names)
        found: list[Any] = []
        preview = seconds(lambda: found.append(preview_invoices(uow, day, day, confirmed=everybody)))
    command = IssueCommand(found[0].proposals[:_COUNT], day, everybody, found[0].basis)
    issued: list[Any] = []
    taken = seconds(lambda: issued.append(issue_invoices(store, command, day).value.issued))
    store.close()
    return preview / len(everybody), taken, len(issued[0])


def _replay(path: Path, transactions: Sequence[Sequence[Write]]) -> None:
    connection = connect(path)
    for writes in transactions:
        connection.execute("BEGIN IMMEDIATE")
        for statement, row in writes:
            connection.execute(statement, row)
        connection.execute("COMMIT")
    connection.close()
