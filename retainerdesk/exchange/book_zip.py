"""The book as an archive: book.json, the kept documents by content, and the issued PDFs.

Reading trusts nothing the archive says about itself: only expected member names, no links, and limits on
entries, sizes and compression counted on the bytes that really come out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from retainerdesk.domain.book import Book
from retainerdesk.exchange.book.reader import read_as_written
from retainerdesk.exchange.zip_reading import Limits, ZipReading, reading_zip, refused

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

BOOK_MEMBER = "book.json"
_MEMBER = re.compile(r"book\.json|documents/[0-9a-f]{64}|invoices/[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.pdf")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# The same date in every archive: an export of the same book is the same file.
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)

Opened = Callable[[], Iterator[bytes]]
"""Gives the content of a file anew, in portions."""


def pdf_member(number: str) -> str:
    """The name of an invoice's PDF in the archive: characters that are no part of a plain name become `_`.

    Two numbers never share a name: one that had to be changed carries a mark made from the whole number.
    """
    plain = _UNSAFE.sub("_", number).lstrip("._-")[:100]
    if plain != number:
        plain = f"{plain or 'x'}_{hashlib.sha256(number.encode()).hexdigest()[:8]}"
    return f"invoices/{plain}.pdf"


def write_book_zip(
    stream: IO[bytes],
    text: Iterable[str],
    documents: Iterable[tuple[str, Opened]] = (),
    pdfs: Iterable[tuple[str, Opened]] = (),
) -> None:
    """Write the archive: the `text` of the book in pieces, then documents, then PDFs.

    `documents` are (sha256, content), `pdfs` (invoice number, content); each is asked for after the one
    before is written, so a text that is being made may say what follows.

    A document is written once, and its content is compared with its name while it is copied. Raises
    ValueError if they differ.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        with archive.open(_entry(BOOK_MEMBER), "w", force_zip64=True) as target:
            for piece in text:
                target.write(piece.encode())
        written: set[str] = set()
        for sha256, opened in documents:
            if sha256 not in written:
                written.add(sha256)
                if _copy_in(archive, f"documents/{sha256}", opened) != sha256:
                    raise ValueError(f"the content of document {sha256} is not what it was")
        for number, opened in pdfs:
            _copy_in(archive, pdf_member(number), opened)


def _entry(name: str) -> ZipInfo:
    """Documents are stored as they are: most are packed already, and none can look like a bomb later."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

    entry = ZipInfo(name, _WRITTEN_AT)
    entry.compress_type = ZIP_DEFLATED if name == BOOK_MEMBER else ZIP_STORED
    entry.external_attr = 0o600 << 16
    return entry


def _copy_in(archive: ZipFile, name: str, opened: Opened) -> str:
    """Copy a stream into the archive; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with archive.open(_entry(name), "w", force_zip64=True) as target:
        for chunk in opened():
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class BookArchive:
    """The files of an opened archive; usable only while `read_book_zip` holds it open."""

    documents: frozenset[str]
    pdfs: frozenset[str]
    _reading: ZipReading

    def read_document(self, sha256: str) -> Iterator[bytes]:
        """The content of a document in chunks; refused at the end if it is not what its name says.

        Raises KeyError if the archive does not hold it, BookRefused beyond the limits.
        """
        digest = hashlib.sha256()
        for chunk in self._reading.chunks(f"documents/{sha256}", self._reading.limits.document_bytes):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != sha256:
            raise refused(f"documents/{sha256}", "has another content than its name says; it is damaged.")

    def read_pdf(self, number: str) -> Iterator[bytes]:
        """The PDF of an invoice in chunks. Raises KeyError if the archive does not hold it."""
        yield from self._reading.chunks(pdf_member(number), self._reading.limits.document_bytes)

    def holds_pdf(self, number: str) -> bool:
        return pdf_member(number) in self.pdfs


@contextmanager
def read_book_zip(path: Path, limits: Limits | None = None) -> Iterator[tuple[Book, BookArchive]]:
    """The book of an archive and access to its files, lists in the order of the file.

    Nothing is extracted: documents are read in chunks from the archive while the context is open. Raises
    BookRefused for unexpected names, links, encrypted or repeated members and anything beyond the limits.
    """
    bounds = limits or Limits()
    with reading_zip(path, _MEMBER, BOOK_MEMBER, bounds) as reading:
        book = read_as_written(b"".join(reading.chunks(BOOK_MEMBER, bounds.book_bytes)), bounds.book_bytes)
        documents = frozenset(
            name.removeprefix("documents/") for name in reading.names if name.startswith("documents/")
        )
        pdfs = frozenset(name for name in reading.names if name.startswith("invoices/"))
        yield book, BookArchive(documents, pdfs, reading)
