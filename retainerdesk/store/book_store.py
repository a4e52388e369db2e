"""A book that is open: hands out units of work. `open_book` is the only way in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, NewerBook
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.store import schema
from retainerdesk.store.audit import SCHEMA
from retainerdesk.store.engine import BUSY_TIMEOUT_SECONDS, book_engine, connect_raw
from retainerdesk.store.files import new_database_beside, put_in_place, remove_left_over, side_file
from retainerdesk.store.gate import Gate
from retainerdesk.store.probe import BookFile, book_path, look_at, sign_of, size_of
from retainerdesk.store.problems import problem_of
from retainerdesk.store.same_file import SameFile
from retainerdesk.store.unit_of_work import UnitOfWork, reading_unit, writing_unit

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from retainerdesk.store.backup import KeyOf


class Clock(Protocol):
    """Who tells the instant of a change. Dates of the business always come as arguments."""

    def utc_now(self) -> datetime: ...


class BookStore:
    """An open book. Threads may share it; each unit of work has a connection of its own.

    `file` says which file it is, how it is opened and with which key.
    """

    def __init__(self, found: BookFile, clock: Clock, busy_seconds: float = BUSY_TIMEOUT_SECONDS) -> None:
        self.path = found.path
        self.read_only = not found.writable
        self._clock = clock
        self._busy_seconds = busy_seconds
        self._gate = Gate(busy_seconds)
        self._use(found)

    @property
    def is_encrypted(self) -> bool:
        return self.file.key is not None

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit that sees the book as of one moment and cannot change it."""
        with self._gate.passing(), reading_unit(self._engine) as uow:
            yield uow

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """The one writer at a time; rolled back unless committed.

        Raises EnvironmentProblem if the book is open for reading only, or if another program holds it longer
        than the busy timeout, or the file was moved, deleted or replaced while it was open, or a newer
        program brought it to its own schema meanwhile.
        """
        self._must_be_writable()
        with (
            self._gate.passing(),
            writing_unit(self._engine, self._clock.utc_now(), self._file.must_be_there) as uow,
        ):
            self._must_be_known(uow)
            yield uow

    def change_key(self, key: BookKey | None) -> None:
        """Write the book anew with another key, or in clear (None), and go on with it.

        Units of other threads wait meanwhile. Raises EnvironmentProblem, the book as it was, if another
        program has it open, it cannot be written, or the new file does not equal it.
        """
        self._must_be_writable()
        with self._gate.closed():
            self._file.must_be_there()
            self._engine.dispose()
            try:
                from retainerdesk.store.key_change import change_key

                found = change_key(self.file, key)
            except BaseException:
                # The last step may have failed with the new file in its place already.
                is_done = self.path.exists() and sign_of(self.path) == (key and key.sign)
                self._use(replace(self.file, key=key) if is_done else self.file)
                raise
            self._use(found)

    def copy_as_it_is(self) -> Path:
        """Copy the files of the book byte by byte, damage and all; returns the copy.

        Units of other threads wait meanwhile. Raises EnvironmentProblem, nothing changed, if another program
        has it open, it cannot be written, or the copy cannot be made.
        """
        self._must_be_writable()
        with self._gate.closed():
            self._file.must_be_there()
            self._engine.dispose()
            try:
                from retainerdesk.store.set_copy import copy_set

                return copy_set(self.file)
            finally:
                self._use(self.file)

    def restore_from(self, backup: Path, key_of: KeyOf, stopping: Stopping = NEVER) -> Path | None:
        """Put the content of a backup in the place of the open book, and go on with it.

        Units of other threads wait meanwhile. Returns where the book of before is kept. Raises
        EnvironmentProblem, the book as it was, if another program has it open or the backup is no good book;
        KeyNeeded if its key is not known; Stopped.
        """
        self._must_be_writable()
        with self._gate.closed():
            self._file.must_be_there()
            self._engine.dispose()
            try:
                from retainerdesk.store.backup import restore

                return restore(backup, self.path, key_of, stopping)
            finally:
                # First what is there: bringing it to this schema may fail.
                self._is_told = False
                self._use(look_at(self.path, key_of(self.path)))
                if self.file.revision != schema.HEAD:
                    self._use(_migrated(self.file, self._clock))

    def key_there(self) -> BookKey | None:
        """The key of the file in the place of the book, by the last look at it.

        Raises EnvironmentProblem if it cannot be told: the file may have been exchanged, and looking failed.
        """
        if not self._is_told:
            raise EnvironmentProblem(f"What {self.path} is encrypted with is not known.", "Open it again.")
        return self.file.key

    def close(self) -> None:
        """Give every connection back; the last one merges and removes the -wal file."""
        self._engine.dispose()

    def _use(self, found: BookFile) -> None:
        self.file = found
        self._is_told = True
        self._engine: Engine = book_engine(found.path, found.mode, self._busy_seconds, key=found.key)
        self._file: SameFile = SameFile(found.path)

    def _must_be_writable(self) -> None:
        if self.read_only:
            raise EnvironmentProblem(
                f"The book {self.path} is open for reading only.",
                "Copy it to a folder you may write to and open it there.",
            )

    def _must_be_known(self, uow: UnitOfWork) -> None:
        """Whoever has the turn to write is safe: nobody can migrate the book before it is over."""
        number = schema.stamped_number(uow.connection)
        if number < schema.SCHEMA_NUMBER:
            raise EnvironmentProblem(
                f"{self.path} has an older schema: bringing it to the new one failed.",
                "Nothing was written. Close this window, free some space, and open the book again.",
            )
        if number > schema.SCHEMA_NUMBER:
            raise NewerBook(
                f"{self.path} was opened by a newer RetainerDesk, which brought it to its own schema.",
                "Nothing was written. Close this window, and go on with the newer RetainerDesk.",
            )


def open_book(
    place: str | Path,
    clock: Clock,
    *,
    create: bool = False,
    busy_seconds: float = BUSY_TIMEOUT_SECONDS,
    key: BookKey | None = None,
) -> BookStore:
    """Open the book at a path or sqlite URL; make an empty one if there is none and `create` says so.

    `key` opens an encrypted book; a plain one needs none and is opened all the same. An older schema is
    migrated after a verified backup. Raises EnvironmentProblem, the file untouched, if it is newer, damaged,
    no book, or not there; KeyNeeded or WrongKey if it is encrypted.
    """
    path = book_path(place)
    if not path.exists():
        if not create:
            raise EnvironmentProblem(f"There is no book at {path}.", "Check the path, or create a new book.")
        create_book(path, clock)
    found = look_at(path, key)
    if found.revision != schema.HEAD:
        found = _migrated(found, clock)
    if found.writable:
        remove_left_over(path, path)
    return BookStore(found, clock, busy_seconds)


def create_book(path: Path, clock: Clock) -> None:
    """Make an empty book that appears at `path` whole or not at all, readable by its owner only.

    Raises EnvironmentProblem if the name is taken, or a -wal file of a lost book lies there: SQLite would
    mix it into the new one.
    """
    if size_of(side_file(path, "-wal")) > 0:
        raise EnvironmentProblem(
            f"Beside {path} lies unfinished work of a book that is gone.",
            "Restore that book from a backup, or choose another name.",
        )
    # Opening a book needs none of its tables; making one needs them all.
    from retainerdesk.store.schema_build import build

    with new_database_beside(path) as temporary:
        engine = book_engine(temporary, "rwc")
        try:
            with writing_unit(engine, clock.utc_now()) as uow:
                build(uow.connection)
                uow.audit.record(SCHEMA, "book", schema.HEAD, schema.HEAD)
                uow.commit()
        finally:
            engine.dispose()
        _merge_wal(temporary, path)
        put_in_place(temporary, path)


def _merge_wal(temporary: Path, path: Path) -> None:
    """Closing a book merges its -wal file, and says nothing if that fails; leaving WAL mode does say it."""
    connection = connect_raw(temporary)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as error:
        raise problem_of(error, path) or error from error
    finally:
        connection.close()


def _migrated(found: BookFile, clock: Clock) -> BookFile:
    if not found.writable:
        raise EnvironmentProblem(
            f"{found.path} has the older schema {found.revision} and cannot be written.",
            "Copy it to a folder you may write to and open it there.",
        )
    # Alembic costs a quarter of a second to import; only an older book needs it.
    from retainerdesk.store.migrate import migrate

    migrate(found, clock.utc_now())
    return look_at(found.path, found.key)
