"""Connections to one book: which SQLite, which pragmas, how transactions begin.

The driver never begins a transaction by itself. Units that write begin IMMEDIATE: a deferred transaction
that reads and then writes fails at once and ignores the busy timeout.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import BookKey
from retainerdesk.store.cipher import key_text
from retainerdesk.store.problems import problem_of, translate_errors
from retainerdesk.store.sqlite_version import refuse_unsafe

BUSY_TIMEOUT_SECONDS = 5.0
WRITING = "retainerdesk_writing"

_ALWAYS = ("PRAGMA cipher_log_level = NONE", "PRAGMA recursive_triggers = ON")
_WHEN_WRITABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")


def connect_raw(
    path: Path, mode: str = "rw", timeout: float = BUSY_TIMEOUT_SECONDS, *, key: BookKey | None = None
) -> Any:  # noqa: ANN401
    """A bare driver connection with its key and no other pragmas. `mode`: rw, rwc, ro, or ro&immutable=1.

    A raw key spares the derivation of 100 ms that a password costs for each connection.

    Raises EnvironmentProblem if SQLite is unsafe or the file cannot be opened; never creates one with rw, ro.
    """
    refuse_unsafe(dbapi2.sqlite_version_info)
    try:
        connection = dbapi2.connect(
            file_uri(path, mode),
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
        )
    except dbapi2.Error as error:
        raise problem_of(error, path) or error from error
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key_text(key)}"')
    return connection


def file_uri(path: Path, mode: str) -> str:
    """The address of a file for SQLite, opened in `mode`."""
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def connect(
    path: Path,
    mode: str = "rw",
    timeout: float = BUSY_TIMEOUT_SECONDS,
    *,
    foreign_keys: bool = True,
    key: BookKey | None = None,
) -> Any:  # noqa: ANN401
    """A driver connection with the pragmas of a book. Only a migration turns foreign keys off."""
    connection = connect_raw(path, mode, timeout, key=key)
    try:
        for pragma in _ALWAYS if mode.startswith("ro") else _ALWAYS + _WHEN_WRITABLE:
            connection.execute(pragma)
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    except (dbapi2.Error, UnicodeDecodeError) as error:
        connection.close()
        raise problem_of(error, path, keyed=key is not None) or error from error
    return connection


def book_engine(
    path: Path,
    mode: str = "rw",
    timeout: float = BUSY_TIMEOUT_SECONDS,
    *,
    foreign_keys: bool = True,
    key: BookKey | None = None,
) -> Engine:
    """An engine over the book at `path`, with a small pool that threads share."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, mode, timeout, foreign_keys=foreign_keys, key=key),
        poolclass=QueuePool,
        json_serializer=_json_text,
    )
    event.listen(engine, "begin", _begin)
    translate_errors(engine, path, keyed=key is not None)
    return engine


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
