"""What kind of file is this? Answered without changing a byte of it.

First the first page is read as bytes: its header tells a book from anything else, a newer schema from a
known one, a truncated file from a whole one, and an encrypted book says which key it needs. Only then SQLite
may look, reading only, after it has undone what a power cut left in a journal. Reading a file by hand drops
the locks this process has on it: never look at a book it has open.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sqlcipher3 import dbapi2

from retainerdesk.domain.book_key import SIGN_BYTES, BookKey
from retainerdesk.domain.errors import (
    DamagedBook,
    EnvironmentProblem,
    KeyNeeded,
    NewerBook,
    NoBook,
    WrongKey,
)
from retainerdesk.store import schema
from retainerdesk.store.cipher import PAGE_BYTES, fits, looks_encrypted
from retainerdesk.store.engine import connect_raw
from retainerdesk.store.files import side_file
from retainerdesk.store.problems import problem_of

_MAGIC = b"SQLite format 3\x00"
_IMMUTABLE = "ro&immutable=1"
_RESTORE = "Restore a backup, or choose another file; this one was left as it is."


@dataclass(frozen=True, slots=True)
class BookFile:
    """A book as found: `mode` is how SQLite may open it ("rw", "ro" or "ro&immutable=1"), `key` its key.

    A plain book has no key.
    """

    path: Path
    revision: str
    mode: str
    key: BookKey | None = None

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


def look_at(path: Path, key: BookKey | None = None) -> BookFile:
    """What `path` is; of a plain book the key is left aside.

    Raises EnvironmentProblem, the file untouched, for anything but a whole, known book: KeyNeeded for an
    encrypted one without a key, WrongKey for one with another key.
    """
    key = _check_start(path, key)
    mode = open_mode(path)
    if mode == "rw" and size_of(side_file(path, "-journal")) > 0:
        _take_back(path, key)
    # Without a -wal file nobody else has the book open; looking "immutable" then leaves no side files behind.
    in_use = side_file(path, "-wal").exists()
    connection = connect_raw(path, "ro" if in_use and mode != _IMMUTABLE else _IMMUTABLE, key=key)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        revision = schema.stored_revision(connection)
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise problem_of(error, path, keyed=key is not None) or error from error
    finally:
        connection.close()
    if revision is None:
        raise NoBook(f"{path} is a database, but not a RetainerDesk book.", _RESTORE)
    if revision not in schema.REVISIONS or number > schema.SCHEMA_NUMBER:
        raise _newer(path, revision)
    if key is not None and not in_use and pages * PAGE_BYTES > path.stat().st_size:
        raise _cut_off(path, path.stat().st_size, pages * PAGE_BYTES)
    return BookFile(path, revision, mode, key)


def _take_back(path: Path, key: BookKey | None) -> None:
    """Let SQLite undo what a power cut left half written; "immutable" would look past that.

    A plain page that is half new can still be read, an encrypted one cannot.
    """
    connection = connect_raw(path, "rw", key=key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (dbapi2.Error, UnicodeDecodeError) as error:
        raise problem_of(error, path, keyed=key is not None) or error from error
    finally:
        connection.close()


def sign_of(path: Path) -> bytes | None:
    """The sign of the key an encrypted file needs; None for a plain book and for what can be no book."""
    start, _ = _start_of(path)
    return start[:SIGN_BYTES] if not start.startswith(_MAGIC) and looks_encrypted(start) else None


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


def _start_of(path: Path) -> tuple[bytes, int]:
    """The first page of a file and its size in bytes."""
    try:
        with path.open("rb") as file:
            return file.read(PAGE_BYTES), file.seek(0, os.SEEK_END)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check the file."
        ) from problem


def _check_start(path: Path, key: BookKey | None) -> BookKey | None:
    """The key the file is to be opened with; None for a plain one."""
    header, size = _start_of(path)
    if not header.startswith(_MAGIC) and looks_encrypted(header):
        return _fitting(path, header, size, key)
    _check_header(path, header, size)
    return None


def _fitting(path: Path, header: bytes, size: int, key: BookKey | None) -> BookKey:
    if key is None:
        raise KeyNeeded(
            f"{path} is an encrypted book, or no book at all.",
            "Enter its recovery phrase; if it was never encrypted, it is damaged: restore a backup.",
            header[:SIGN_BYTES],
        )
    if not fits(path, key):
        raise WrongKey(
            f"{path} is not encrypted with this key.",
            "Enter the recovery phrase that was shown when it was last encrypted or given a new key.",
        )
    if header[:SIGN_BYTES] != key.sign:
        raise DamagedBook(f"The first bytes of the book {path} are damaged.", _RESTORE)
    # With commits waiting in a -wal file only SQLite can tell how long the file has to be.
    if size % PAGE_BYTES and not any(size_of(side_file(path, each)) for each in ("-wal", "-journal")):
        raise _cut_off(path, size, size - size % PAGE_BYTES + PAGE_BYTES)
    return key


def _check_header(path: Path, header: bytes, size: int) -> None:
    if size == 0:
        raise DamagedBook(f"{path} is empty (0 bytes), not a book.", _RESTORE)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NoBook(f"{path} is not a RetainerDesk book, or it is damaged or encrypted.", _RESTORE)
    _check_size(path, header, size)
    if _number(header, 68) == schema.APPLICATION_ID and _number(header, 60) > schema.SCHEMA_NUMBER:
        raise _newer(path, f"{_number(header, 60):04}")


def _check_size(path: Path, header: bytes, size: int) -> None:
    """With commits waiting in a -wal file only SQLite can tell how long the file has to be."""
    page = int.from_bytes(header[16:18], "big")
    needed = _number(header, 28) * (65536 if page == 1 else page)
    if size < needed and size_of(side_file(path, "-wal")) == 0:
        raise _cut_off(path, size, needed)


def _cut_off(path: Path, size: int, needed: int) -> EnvironmentProblem:
    there = f"{size:,} of {needed:,}".replace(",", " ")
    return DamagedBook(f"{path} is cut off: {there} bytes are there.", _RESTORE)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def size_of(path: Path) -> int:
    """Bytes of a file; 0 if there is none."""
    return path.stat().st_size if path.exists() else 0


def _newer(path: Path, revision: str) -> EnvironmentProblem:
    return NewerBook(
        f"{path} was written by a newer RetainerDesk: its schema is {revision}, "
        f"this program knows {schema.HEAD}.",
        "Install the newest RetainerDesk; the file was left as it is.",
    )
