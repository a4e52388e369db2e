"""What kind of file is this? Answered without changing a byte of it.

First the 100 bytes of the header are read as bytes: they tell a book from anything else, a newer schema
from a known one and a truncated file from a whole one. Only then SQLite may look, reading only.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store import schema
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import side_file
from retainerdesk.store.problems import problem_of

_MAGIC = b"SQLite format 3\x00"
_IMMUTABLE = "ro&immutable=1"
_RESTORE = "Restore a backup, or choose another file; this one was left as it is."


@dataclass(frozen=True, slots=True)
class BookFile:
    """A book as found: `mode` is how SQLite may open it ("rw", "ro" or "ro&immutable=1")."""

    path: Path
    revision: str
    mode: str

    @property
    def writable(self) -> bool:
        return self.mode == "rw"


def book_path(place: str | Path) -> Path:
    """The file a path or a sqlite:///… URL names. Raises EnvironmentProblem for any other kind of URL."""
    scheme, mark, rest = str(place).partition("://")
    if not mark or isinstance(place, Path):
        return Path(place)
    if (
        scheme in {"sqlite", "sqlite+pysqlite", "sqlite+pysqlcipher"}
        and rest.startswith("/")
        and "?" not in rest
    ):
        return Path(unquote(rest[1:]))
    raise EnvironmentProblem(
        f"A book cannot be kept at a {scheme} address.", "Give the path of a file, or sqlite:///path."
    )


def look_at(path: Path) -> BookFile:
    """What `path` is. Raises EnvironmentProblem, the file untouched, for anything but a whole, known book."""
    _check_header(path)
    mode = open_mode(path)
    # Without a -wal file nobody else has the book open; looking "immutable" then leaves no side files behind.
    in_use = side_file(path, "-wal").exists()
    connection = connect_raw(path, "ro" if in_use and mode != _IMMUTABLE else _IMMUTABLE)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        revision = schema.stored_revision(connection)
        number = connection.execute("PRAGMA user_version").fetchone()[0]
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise problem_of(error, path) or error from error
    finally:
        connection.close()
    if revision is None:
        raise EnvironmentProblem(f"{path} is a database, but not a RetainerDesk book.", _RESTORE)
    if revision not in schema.REVISIONS or number > schema.SCHEMA_NUMBER:
        raise _newer(path, revision)
    return BookFile(path, revision, mode)


def open_mode(path: Path) -> str:
    """How this user can open the file: a WAL book in a folder one cannot write to only as immutable.

    Raises EnvironmentProblem if commits wait in a -wal file that cannot be merged here.
    """
    if not os.access(path.parent, os.W_OK):
        if size_of(side_file(path, "-wal")) > 0:
            raise EnvironmentProblem(
                f"{path} lies in a folder that cannot be written, with unfinished work beside it.",
                "Copy the book and its -wal file to a folder of your own and open it there.",
            )
        return _IMMUTABLE
    return "rw" if os.access(path, os.W_OK) else "ro"


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = file.seek(0, os.SEEK_END)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check the file."
        ) from problem
    if size == 0:
        raise EnvironmentProblem(f"{path} is empty (0 bytes), not a book.", _RESTORE)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise EnvironmentProblem(
            f"{path} is not a RetainerDesk book, or it is damaged or encrypted.", _RESTORE
        )
    _check_size(path, header, size)
    if _number(header, 68) == schema.APPLICATION_ID and _number(header, 60) > schema.SCHEMA_NUMBER:
        raise _newer(path, f"{_number(header, 60):04}")


def _check_size(path: Path, header: bytes, size: int) -> None:
    """With commits waiting in a -wal file only SQLite can tell how long the file has to be."""
    page = int.from_bytes(header[16:18], "big")
    needed = _number(header, 28) * (65536 if page == 1 else page)
    if size < needed and size_of(side_file(path, "-wal")) == 0:
        raise EnvironmentProblem(
            f"{path} is cut off: {size:,} of {needed:,} bytes are there.".replace(",", " "), _RESTORE
        )


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def size_of(path: Path) -> int:
    """Bytes of a file; 0 if there is none."""
    return path.stat().st_size if path.exists() else 0


def _newer(path: Path, revision: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"{path} was written by a newer RetainerDesk: its schema is {revision}, "
        f"this program knows {schema.HEAD}.",
        "Install the newest RetainerDesk; the file was left as it is.",
    )
