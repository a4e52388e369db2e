"""A copy of the files of a book as they are, byte by byte, before anything is repaired.

A backup is checked as a book of its own; a damaged book would fail that, and just then a copy is needed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import SIDE_FILES, flush_folder, side_file
from retainerdesk.store.probe import BookFile
from retainerdesk.store.problems import problem_of

_CHUNK_BYTES = 1 << 20
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def copy_set(book: BookFile) -> Path:
    """Copy a book that nobody has open, with the side files that cannot be merged, and compare the copies.

    Returns the copy, "<name>.before-repair-<n>". Raises EnvironmentProblem, leaving no copy behind, if the
    book is in use, the disk is full, or a copy differs.
    """
    _merge_side_files(book)
    copy = _free_name(book.path)
    files = [(book.path, copy)]
    files += [(side_file(book.path, each), side_file(copy, each)) for each in SIDE_FILES]
    made: list[Path] = []
    try:
        for source, target in files:
            if source.exists():
                made.append(target)
                _copy(source, target)
        flush_folder(copy.parent)
    except OSError as problem:
        _remove(made)
        message = f"No copy of {book.path} can be written: {problem.strerror}."
        raise EnvironmentProblem(message, "Free some space; nothing was changed.") from problem
    except EnvironmentProblem:
        _remove(made)
        raise
    return copy


def _merge_side_files(book: BookFile) -> None:
    """Leaving WAL mode merges the -wal file, and fails if another connection is there."""
    connection = connect_raw(book.path, timeout=1.0, key=book.key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as error:
        if "locked" in str(error):
            raise problem_of(error, book.path) or error from error
        # Damaged further in: its side files are copied beside it.
    finally:
        connection.close()


def _free_name(book: Path) -> Path:
    number = 1
    while True:
        copy = book.with_name(f"{book.name}.before-repair-{number}")
        if not any(file.exists() for file in (copy, *(side_file(copy, each) for each in SIDE_FILES))):
            return copy
        number += 1


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as reader, open(os.open(target, _NEW_FILE, 0o600), "w+b") as writer:  # noqa: PTH123
        target.chmod(0o600)
        while chunk := reader.read(_CHUNK_BYTES):
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    if _digest(source) != _digest(target):
        raise EnvironmentProblem(
            f"The copy {target} differs from the book.", "Check the disk and try again; nothing was changed."
        )


def _digest(path: Path) -> bytes:
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").digest()


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
