"""CSV files of unknown spelling as rows of text: byte order marks, UTF-16, Windows-1252, three delimiters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.errors import RuleViolation

DELIMITERS = (",", ";", "\t")
LARGEST_BYTES = 128 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file; `number` counts records from 1, blank ones too, as a spreadsheet does."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its number in the file (1 is the first), the column, and why.

    `offers_account` names a client for whom an account could be created.
    """

    row: int
    column: str
    sentence: str
    offers_account: str | None = None

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.sentence}"


def read_small(path: Path) -> bytes:
    """The content of a file. Raises RuleViolation, nothing read, if it is larger than 128 MB; OSError."""
    if path.stat().st_size > LARGEST_BYTES:
        raise RuleViolation("csv.size", f"{path.name} is larger than 128 MB; export a shorter span of time.")
    return path.read_bytes()


def decode(data: bytes) -> str:
    """The text of a file of unknown encoding.

    By its byte order mark, else UTF-16 if every other byte is NUL, else UTF-8, else Windows-1252. Raises
    RuleViolation if it is none of them, is binary, or is larger than 128 MB.
    """
    if len(data) > LARGEST_BYTES:
        raise RuleViolation("csv.size", "The file is larger than 128 MB; export a shorter span of time.")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
        break
    raise RuleViolation("csv.text", "The file is not a text file; export it as CSV.")


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if data[1:200:2].count(0) > len(data[1:200:2]) // 2:
        return ("utf-16-le",)
    if data[:200:2].count(0) > len(data[:200:2]) // 2:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def rows(text: str, delimiter: str) -> Iterator[Row]:
    """The records of a text, quoted line breaks inside cells included.

    Raises RuleViolation naming the row if a cell is larger than any real one (a quote is missing).
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(cells))
    except csv.Error as error:
        sentence = f"Row {number + 1} cannot be read ({error}); perhaps a quote is missing there."
        raise RuleViolation("csv.row", sentence) from error
