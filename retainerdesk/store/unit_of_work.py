"""One transaction on the book: everything in it is kept together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable

from retainerdesk.store.audit import AuditWriter
from retainerdesk.store.engine import WRITING

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class UnitOfWork:
    """A transaction handed to repositories and queries. Rolled back when its block ends, unless committed.

    `connection` is for `store` alone. `audit` exists in units that write.
    """

    def __init__(
        self, connection: Connection, audit: AuditWriter | None, look: Callable[[], None] | None = None
    ) -> None:
        self.connection = connection
        self._audit = audit
        self._look = look

    @property
    def is_writing(self) -> bool:
        return self._audit is not None

    @property
    def audit(self) -> AuditWriter:
        """The chain this unit appends to; raises RuntimeError in a unit that only reads."""
        if self._audit is None:
            raise RuntimeError("a reading unit of work cannot write")
        return self._audit

    def must_write(self) -> None:
        """Raise RuntimeError in a unit that only reads."""
        assert self.audit is not None

    def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Run one statement. Raises EnvironmentProblem or RuleViolation where an error means one."""
        return self.connection.execute(statement, parameters)

    def commit(self) -> None:
        """Keep everything done so far. Raises EnvironmentProblem if it could not be kept; then nothing is."""
        # A start only reads; the first change imports what cuts texts into words.
        from retainerdesk.store.search.filling import keep_in_step

        self.audit.flush()
        keep_in_step(self.connection)
        if self._look is not None:
            self._look()
        self.connection.commit()


@contextmanager
def reading_unit(engine: Engine) -> Iterator[UnitOfWork]:
    """A consistent view of the book: everything read in the block is of one moment."""
    with engine.connect() as connection:
        connection.begin()
        # Never committed: leaving the outer block rolls back, so nothing can slip in through a reader.
        yield UnitOfWork(connection, None)


@contextmanager
def writing_unit(
    engine: Engine, now: datetime, look: Callable[[], None] | None = None
) -> Iterator[UnitOfWork]:
    """The one writer at a time; waits up to the busy timeout for another one to finish.

    `look` is called when the turn has come and again before the commit; what it raises prevents both.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITING: True})
        connection.begin()
        # Leaving the outer block rolls back what was not committed. After "disk full" SQLite has done so
        # already, and the driver then has nothing to roll back: no second error hides the first.
        if look is not None:
            look()
        yield UnitOfWork(connection, AuditWriter(connection, now), look)
