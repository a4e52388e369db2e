"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.exchange.csv_text import decode
from retainerdesk.exchange.time_csv.dialects import TimeSource
from retainerdesk.exchange.time_csv.parse import find_sheet

EXPECTED = "a book (.json or .zip), or a CSV export of time from Toggl Track, Clockify or Harvest"
_HEAD_BYTES = 256 * 1024
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_BOOK_FORMAT = re.compile(r'"format"\s*:\s*"retainerdesk-book"')
# What people drop by mistake, by the first bytes of the file.
_MISTAKEN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a sound or an image"),
    (b"SQLite format 3\x00", "a database; open it with --book, or restore it if it is a backup"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; export it as CSV"),
    (b"{\\rtf", "a text document; export it as CSV"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


class Kind(StrEnum):
    """What can be imported."""

    BOOK_JSON = "book_json"
    BOOK_ZIP = "book_zip"
    TOGGL = "toggl"
    CLOCKIFY = "clockify"
    HARVEST = "harvest"

    @property
    def is_time(self) -> bool:
        """Whether `parse_time` reads it."""
        return self.value in TimeSource.__members__.values()


def recognise(path: Path) -> Kind:
    """The kind of a file by its first 256 kB.

    Raises RuleViolation saying what it is instead, if that can be told, and what is expected;
    EnvironmentProblem if it cannot be opened.
    """
    head = _head(path)
    if not head.strip():
        raise _unknown(path, "is empty")
    for start, meant in _MISTAKEN:
        if head.startswith(start):
            raise _unknown(path, f"is {meant}")
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    return _of_text(path, head)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise EnvironmentProblem(f"{path} is not there.", "Check the name.") from error
    except IsADirectoryError as error:
        raise EnvironmentProblem(f"{path} is a folder.", "Name the file inside it.") from error
    except OSError as error:
        raise EnvironmentProblem(
            f"{path} cannot be read: {error.strerror}.", "Check who may read it."
        ) from error


def _of_archive(path: Path) -> Kind:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, EOFError) as error:
        raise _unknown(path, "is a damaged zip archive") from error
    if "book.json" in names:
        return Kind.BOOK_ZIP
    if "[Content_Types].xml" in names:
        raise _unknown(path, "is an Office document; save it as CSV")
    raise _unknown(path, "is a zip archive without a book.json")


def _of_text(path: Path, head: bytes) -> Kind:
    try:
        text = decode(_cut_at_line(head))
    except RuleViolation as error:
        raise _unknown(path, "is not a text file") from error
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        # A book that is broken later is still meant as one: reading it says where.
        if _BOOK_FORMAT.search(text) or (len(head) < _HEAD_BYTES and _looks_like_book(text)):
            return Kind.BOOK_JSON
        raise _unknown(path, "is JSON, but not a book (its format is not “retainerdesk-book”)")
    sheet = find_sheet(text, rows_wanted=False)
    if sheet is None:
        raise _unknown(path, "has none of the columns known here")
    return Kind(sheet.dialect.source.value)


def _looks_like_book(text: str) -> bool:
    return '"business"' in text and '"accounts"' in text


def _cut_at_line(head: bytes) -> bytes:
    """A head cut in the middle of a character would not decode; whole lines do. UTF-16 is cut at pairs."""
    if len(head) < _HEAD_BYTES:
        return head
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2]
    end = head.rfind(b"\n")
    return head[: end + 1] if end > 0 else head.rstrip(_BEYOND_ASCII)


def _unknown(path: Path, what: str) -> RuleViolation:
    return RuleViolation("import.unknown", f"{path.name} {what}. Expected is {EXPECTED}.", str(path))
