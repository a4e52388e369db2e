"""Invoices issued with one transaction each, against the very same writes made by a bare loop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.store.book_store import open_book
from retainerdesk.store.engine import connect
from retainerdesk.system.clock import FixedClock
from tests.bench.book import TODAY, BenchBook
from tests.bench.timing import Figure, seconds

_DAYS_AHEAD = 160
_COUNT = 1000
Write = tuple[str, Any]


@dataclass
class Recorder:
    """The statements that write, a list for each transaction."""

    transactions: list[list[Write]] = field(default_factory=list)
    current: list[Write] = field(default_factory=list)

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "after_cursor_execute", self.note)
        event.listen(engine, "commit", self.end)

    def note(
        self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            rows = parameters if many else [parameters]
            self.current += [(statement, row) for row in rows]

    def end(self, _connection: Any) -> None:
        self.transactions.append(self.current)
        self.current = []


def issuing_figures(book: BenchBook, folder: Path) -> Iterator[Figure]:
    """About a thousand invoices at size 1: five months for every account, as after a long absence."""
    ours, bare = folder / "ours.retainerdesk", folder / "bare.retainerdesk"
    for copy in (ours, bare):
        shutil.copy(book.path, copy)
    day = TODAY + timedelta(days=_DAYS_AHEAD)
    recorder = Recorder()
    preview, issued, count = _issue(ours, day, recorder)
    floor = seconds(lambda: _replay(bare, recorder.transactions))
    yield Figure(
        "issue an invoice", 1000 * issued / count, "ms", 1000 * floor / count, 3, "same writes, bare loop"
    )
    yield Figure("preview the invoices of an account", 1000 * preview, "ms", 16, 2)


def _issue(path: Path, day: date, recorder: Recorder) -> tuple[float, float, int]:
    store = open_book(path, FixedClock(day))
    with store.reading() as uow:
        everybody = frozenset(preview_invoices(uow, day, day).account_names)
        found: list[Any] = []
        preview = seconds(lambda: found.append(preview_invoices(uow, day, day, confirmed=everybody)))
    command = IssueCommand(found[0].proposals[:_COUNT], day, everybody, found[0].basis)
    recorder.listen(store._engine)
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
