"""A copy of one consistent view of a book, compared with it: the seam of backup, restore and change of key.

Between plain files SQLite copies pages. As soon as a key is involved the copy is written anew, table by table
(`sqlcipher_export`), and every row of it is read back and compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import NEVER, Stopped, Stopping
from retainerdesk.store.cipher import key_text
from retainerdesk.store.engine import connect_raw, file_uri
from retainerdesk.store.probe import BookFile, look_at
from retainerdesk.store.problems import problem_of

_COPY = "copy"
_HEADER = ("application_id", "user_version")
_CHUNK_ROWS = 2000
_CHUNK_PAGES = 1024
# Of SQLite's own machine; some ten of them are a row.
_INSTRUCTIONS_BETWEEN_QUESTIONS = 20_000


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a verified copy holds: rows by table, and the hash of the newest audit link."""

    path: Path
    rows: dict[str, int]
    chain_head: str


def verified_copy(
    book: BookFile, temporary: Path, named: Path, key: BookKey | None, stopping: Stopping = NEVER
) -> BackupFacts:
    """Fill the empty private file `temporary` with the book, encrypted with `key` (None: in clear).

    The book may be in use; the copy is of one moment. `named` is the file errors speak of. Raises
    EnvironmentProblem if the copy cannot be made, is no sound book, or does not equal the book; Stopped.
    """
    stopping.go_on()
    source = connect_raw(book.path, book.mode, key=book.key)
    _ask_meanwhile(source, stopping)
    try:
        if book.key is None and key is None:
            facts = _copy_pages(source, temporary, named, stopping)
        else:
            attach(source, temporary, key)
            # A read transaction held open makes what is counted, copied and compared of one moment.
            source.execute("BEGIN")
            facts = export(source, named)
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise _told(error, named, stopping, keyed=True) from error
    finally:
        source.close()
    verify(temporary, key, stopping)
    return facts


def attach(source: Any, temporary: Path, key: BookKey | None) -> None:  # noqa: ANN401
    """Attach the empty file a copy is to be written to. Not inside a transaction."""
    text = "" if key is None else key_text(key)
    source.execute(f"ATTACH DATABASE ? AS {_COPY} KEY ?", (file_uri(temporary, "rw"), text))


def export(source: Any, named: Path) -> BackupFacts:  # noqa: ANN401
    """Copy the main database into the attached one, compare every row, and commit.

    The caller has begun the transaction. Raises EnvironmentProblem if a row differs, and driver errors.
    """
    source.execute(f"SELECT sqlcipher_export('{_COPY}')")  # nosec B608 - our own name
    for pragma in _HEADER:
        value = source.execute(f"PRAGMA main.{pragma}").fetchone()[0]
        source.execute(f"PRAGMA {_COPY}.{pragma} = {int(value)}")
    digests = _digests(source, "main")
    if digests != _digests(source, _COPY):
        raise _differs(named)
    facts = BackupFacts(named, _counts(source), _head(source))
    source.execute("COMMIT")
    return facts


def verify(copy: Path, key: BookKey | None, stopping: Stopping = NEVER) -> None:
    """Raise EnvironmentProblem unless the file is a book whose pages, indexes and references are sound.

    Rows are not compared with the audit chain here: a backup of a book somebody edited by hand must still be
    restorable. `check` tells about that. Raises Stopped if that was asked for.
    """
    stopping.go_on()
    found = look_at(copy, key)
    connection = connect_raw(copy, "ro&immutable=1", key=found.key)
    _ask_meanwhile(connection, stopping)
    try:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if found.key is not None:
            answers += [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise _told(error, copy, stopping, keyed=found.key is not None) from error
    finally:
        connection.close()
    if answers != ["ok"] or broken is not None:
        finding = answers[-1] if broken is None else "a reference leads nowhere"
        raise EnvironmentProblem(
            f"The copy is not a sound book: {finding}.",
            "Use an older backup, and run a check of the book.",
        )


def _ask_meanwhile(connection: Any, stopping: Stopping) -> None:  # noqa: ANN401
    """Let long statements be interrupted too."""
    connection.set_progress_handler(stopping.asked, _INSTRUCTIONS_BETWEEN_QUESTIONS)


def _told(error: Exception, path: Path, stopping: Stopping, *, keyed: bool) -> Exception:
    """What a driver error means; one that was asked for is no error."""
    return Stopped() if stopping.is_asked else problem_of(error, path, keyed=keyed) or error


def _copy_pages(source: Any, temporary: Path, named: Path, stopping: Stopping) -> BackupFacts:  # noqa: ANN401
    """Copy one consistent view; the counts are taken on both sides of it and compared."""
    copy = connect_raw(temporary)
    try:
        # A read transaction held open makes counts and copy see the same moment.
        source.execute("BEGIN")
        rows, head = _counts(source), _head(source)
        source.backup(copy, pages=_CHUNK_PAGES, progress=partial(_tell_pages, stopping))
        copy.execute("PRAGMA journal_mode = DELETE")
        if (rows, head) != (_counts(copy), _head(copy)):
            raise _differs(named)
    finally:
        copy.close()
    return BackupFacts(named, rows, head)


def _tell_pages(stopping: Stopping, _status: int, left: int, total: int) -> None:
    stopping.go_on(total - left, total)


def _differs(named: Path) -> EnvironmentProblem:
    return EnvironmentProblem(f"The copy {named} differs from the book.", "Check the disk and try again.")


def _digests(connection: Any, schema: str) -> dict[str, tuple[str, int]]:  # noqa: ANN401
    """Of every table, trigger and index its text, and of a table the sum of its rows' hashes.

    The virtual table of the search index has no rows but those of the plain tables it keeps them in.
    """
    objects = connection.execute(
        f"SELECT type, name, sql FROM {schema}.sqlite_master ORDER BY type, name"  # noqa: S608  # nosec B608
    ).fetchall()
    return {
        f"{kind} {name}": (
            sql or "",
            _sum_of_rows(connection, schema, name) if _is_stored(kind, sql) else 0,
        )
        for kind, name, sql in objects
    }


def _is_stored(kind: str, sql: str | None) -> bool:
    return kind == "table" and not (sql or "").startswith("CREATE VIRTUAL")


def _sum_of_rows(connection: Any, schema: str, table: str) -> int:  # noqa: ANN401
    """The same for the same rows in any order."""
    rows = connection.execute(f'SELECT * FROM {schema}."{table}"')  # noqa: S608  # nosec B608 - names of our own schema
    total = 0
    while portion := rows.fetchmany(_CHUNK_ROWS):
        total += sum(
            int.from_bytes(
                hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            )
            for row in portion
        )
    return total


def _hash(row: object) -> int:
    text = repr(row).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")


def _counts(connection: Any) -> dict[str, int]:  # noqa: ANN401
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
        " ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]  # noqa: S608  # nosec B608
        for (name,) in tables
    }


def _head(connection: Any) -> str:  # noqa: ANN401
    newest = connection.execute("SELECT hash FROM main.audit ORDER BY seq DESC LIMIT 1").fetchone()
    return "" if newest is None else bytes(newest[0]).hex()
