"""Encrypt, decrypt, or give a new key: a new file is written, compared and checked, then takes the name.

SQLCipher can rewrite a file in place; killed halfway it would leave pages of two keys. Here the old file is
whole until the new one has its name. The old one is held exclusively meanwhile and out of WAL mode, so that
no other connection is left that could later merge or remove the -wal file of the new one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.copying import attach, export, verify
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import flush, flush_folder, new_database_beside
from retainerdesk.store.probe import BookFile
from retainerdesk.store.problems import problem_of

_PATIENCE_SECONDS = 2.0
# Windows renames no file over one that is open.
_CLOSES_FIRST = os.name == "nt"


def change_key(book: BookFile, key: BookKey | None) -> BookFile:
    """Exchange the file of a book for one with the same rows and another key; None: in clear.

    Nobody may have the book open. Raises EnvironmentProblem, the book as it was, if somebody has, if the disk
    is full, or if the new file does not equal the old one row by row.
    """
    with new_database_beside(book.path) as temporary:
        connection = connect_raw(book.path, timeout=_PATIENCE_SECONDS, key=book.key)
        try:
            _write_anew(connection, book, temporary, key)
            _exchange(connection, temporary, book.path)
        except (dbapi2.Error, UnicodeDecodeError) as error:
            raise problem_of(error, book.path, keyed=True) or error from error
        finally:
            connection.close()
    return replace(book, key=key)


def _write_anew(connection: Any, book: BookFile, temporary: Path, key: BookKey | None) -> None:  # noqa: ANN401
    """Copy, compare and check; the old file stays held exclusively, also after the commit."""
    connection.execute("PRAGMA journal_mode = DELETE")
    attach(connection, temporary, key)
    connection.execute("PRAGMA main.locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    # Whoever opened the book after it left WAL mode has put it back.
    if connection.execute("PRAGMA main.journal_mode").fetchone()[0] != "delete":
        raise EnvironmentProblem(
            f"The book {book.path} is in use by another program.",
            "Close that program and try again; nothing was changed.",
        )
    export(connection, book.path)
    connection.execute("DETACH copy")
    verify(temporary, key)
    flush(temporary)


def _exchange(connection: Any, temporary: Path, path: Path) -> None:  # noqa: ANN401
    if _CLOSES_FIRST:
        connection.close()
    temporary.replace(path)
    flush_folder(path.parent)
