"""A verified copy of a book, made while it is in use; and the way back.

Copying the file alone loses what waits in its -wal file, and a left-over -wal file undoes a restore. So a
copy is made by SQLite from one consistent view, checked as a book of its own, and then renamed. A restore
builds and checks the new file first, keeps the old set, swaps, and leaves no side file behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.store.copying import BackupFacts, verified_copy
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import SIDE_FILES, flush, flush_folder, new_database_beside, side_file
from retainerdesk.store.probe import BookFile, look_at
from retainerdesk.store.problems import problem_of

KeyOf = Callable[[Path], BookKey | None]
"""The key of a file, or None if nobody here knows it."""


def no_key(_path: Path) -> BookKey | None:
    """For callers that know of no keys."""
    return None


def back_up(book: Path | BookFile, target: Path, stopping: Stopping = NEVER) -> BackupFacts:
    """Write a verified copy of `book` to `target`, encrypted with its own key if it is encrypted.

    An existing file is replaced only by a good copy. The book may be in use; what others commit meanwhile is
    not in the copy. A book this process has open comes as the BookFile of its store. Raises
    EnvironmentProblem, `target` as it was, if the copy cannot be made or does not equal the book; Stopped.
    """
    found = book if isinstance(book, BookFile) else look_at(book)
    if target.exists() and target.samefile(found.path):
        raise EnvironmentProblem("A backup cannot replace the book itself.", "Choose another file name.")
    with new_database_beside(target) as temporary:
        facts = verified_copy(found, temporary, target, found.key, stopping)
        flush(temporary)
        temporary.replace(target)
        flush_folder(target.parent)
    return facts


def restore(backup: Path, book: Path, key_of: KeyOf = no_key, stopping: Stopping = NEVER) -> Path | None:
    """Put the content of `backup` in the place of `book`, which nobody may have open.

    The book is then encrypted as the backup was, with the same key. Returns where the old book is kept
    ("<name>.before-restore-<n>"), or None if there was none. Raises EnvironmentProblem, the old book as it
    was, if the backup is no good book or the book is in use; KeyNeeded if the backup's key is not known;
    Stopped.
    """
    found = look_at(backup, key_of(backup))
    source = replace(found, mode=found.mode.replace("rw", "ro"))
    with new_database_beside(book) as temporary:
        verified_copy(source, temporary, book, found.key, stopping)
        flush(temporary)
        kept = _set_aside(book, key_of) if book.exists() else None
        for suffix in SIDE_FILES:
            side_file(book, suffix).unlink(missing_ok=True)
        temporary.replace(book)
        flush_folder(book.parent)
    return kept


def _set_aside(book: Path, key_of: KeyOf) -> Path:
    """Keep the old set under a free name.

    A sound book is merged into one file first; a damaged one keeps its side files, so that nothing is lost.
    """
    kept = _free_set(book)
    _merge_side_files(book, key_of)
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


def _merge_side_files(book: Path, key_of: KeyOf) -> None:
    """Leaving WAL mode merges and removes the -wal file, and fails if another connection is there."""
    try:
        found = look_at(book, key_of(book))
    except EnvironmentProblem:
        # Damaged, no book, or its key is lost. SQLite would throw away a -wal file that does not fit, so it
        # never sees it.
        return
    connection = connect_raw(book, timeout=1.0, key=found.key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as error:
        if "locked" in str(error):
            raise problem_of(error, book) or error from error
        # Damaged further in: it is kept as it is, with the side files that are there.
    finally:
        connection.close()
