"""A verified copy of a book, made while it is in use; and the way back.

Copying the file alone loses what waits in its -wal file, and a left-over -wal file undoes a restore. So a
copy is made by SQLite from one consistent view, checked as a book of its own, and then renamed. A restore
builds and checks the new file first, keeps the old set, swaps, and leaves no side file behind.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import SIDE_FILES, flush, flush_folder, new_database_beside, side_file
from retainerdesk.store.probe import look_at
from retainerdesk.store.problems import problem_of


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a verified copy holds: rows by table, and the hash of the newest audit link."""

    path: Path
    rows: dict[str, int]
    chain_head: str


def back_up(book: Path, target: Path) -> BackupFacts:
    """Write a verified copy of `book` to `target`; an existing file is replaced only by a good copy.

    The book may be in use; what others commit meanwhile is not in the copy. Raises EnvironmentProblem,
    `target` as it was, if the copy cannot be made or does not equal the book.
    """
    if target.exists() and target.samefile(book):
        raise EnvironmentProblem("A backup cannot replace the book itself.", "Choose another file name.")
    with new_database_beside(target) as temporary:
        facts = _copy(book, look_at(book).mode, temporary, target)
        verify(temporary)
        flush(temporary)
        temporary.replace(target)
        flush_folder(target.parent)
    return facts


def restore(backup: Path, book: Path) -> Path | None:
    """Put the content of `backup` in the place of `book`, which nobody may have open.

    Returns where the old book is kept ("<name>.before-restore-<n>"), or None if there was none. Raises
    EnvironmentProblem, the old book as it was, if the backup is no good book or the book is in use.
    """
    mode = look_at(backup).mode.replace("rw", "ro")
    with new_database_beside(book) as temporary:
        _copy(backup, mode, temporary, temporary)
        verify(temporary)
        flush(temporary)
        kept = _set_aside(book) if book.exists() else None
        for suffix in SIDE_FILES:
            side_file(book, suffix).unlink(missing_ok=True)
        temporary.replace(book)
        flush_folder(book.parent)
    return kept


def verify(copy: Path) -> None:
    """Raise EnvironmentProblem unless the file is a book whose pages, indexes and references are sound.

    Rows are not compared with the audit chain here: a backup of a book somebody edited by hand must still be
    restorable. `check` tells about that.
    """
    look_at(copy)
    connection = connect_raw(copy, "ro&immutable=1")
    try:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise problem_of(error, copy) or error from error
    finally:
        connection.close()
    if answers != ["ok"] or broken is not None:
        raise EnvironmentProblem(
            f"The copy is not a sound book: {answers[0] if broken is None else 'a reference leads nowhere'}.",
            "Use an older backup, and run a check of the book.",
        )


def _copy(book: Path, mode: str, temporary: Path, named: Path) -> BackupFacts:
    """Copy one consistent view; the counts are taken on both sides of it and compared."""
    source = connect_raw(book, mode)
    copy = connect_raw(temporary)
    try:
        # A read transaction held open makes counts and copy see the same moment.
        source.execute("BEGIN")
        rows, head = _counts(source), _head(source)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        same = (rows, head) == (_counts(copy), _head(copy))
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise problem_of(error, named) or error from error
    finally:
        copy.close()
        source.close()
    if not same:
        raise EnvironmentProblem(f"The copy of {book} differs from it.", "Check the disk and try again.")
    return BackupFacts(named, rows, head)


def _counts(connection: Any) -> dict[str, int]:  # noqa: ANN401
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608 # nosec B608


def _head(connection: Any) -> str:  # noqa: ANN401
    newest = connection.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return "" if newest is None else bytes(newest[0]).hex()


def _set_aside(book: Path) -> Path:
    """Keep the old set under a free name.

    A sound book is merged into one file first; a damaged one keeps its side files, so that nothing is lost.
    """
    kept = _free_set(book)
    _merge_side_files(book)
    try:
        kept.hardlink_to(book)
    except OSError:
        # File systems without hard links (FAT).
        shutil.copy2(book, kept)
    for suffix in SIDE_FILES:
        if side_file(book, suffix).exists():
            side_file(book, suffix).replace(side_file(kept, suffix))
    flush_folder(book.parent)
    return kept


def _free_set(book: Path) -> Path:
    number = 1
    while True:
        kept = book.with_name(f"{book.name}.before-restore-{number}")
        if not any(file.exists() for file in (kept, *(side_file(kept, suffix) for suffix in SIDE_FILES))):
            return kept
        number += 1


def _merge_side_files(book: Path) -> None:
    """Leaving WAL mode merges and removes the -wal file, and fails if another connection is there."""
    try:
        look_at(book)
    except EnvironmentProblem:
        # Damaged or no book. SQLite would throw away a -wal file that does not fit, so it never sees it.
        return
    connection = connect_raw(book, timeout=1.0)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as error:
        if "locked" in str(error):
            raise problem_of(error, book) or error from error
        # Damaged further in: it is kept as it is, with the side files that are there.
    finally:
        connection.close()
