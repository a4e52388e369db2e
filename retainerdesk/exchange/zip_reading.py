"""Reading zip archives that are not trusted: only expected names, no links, limits on what really comes out.

Nothing an archive says of itself is believed: sizes and compression are counted on the bytes that come out.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from retainerdesk.exchange.book.json_text import LARGEST_BYTES
from retainerdesk.exchange.book.refusals import BookRefused, Refusal

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

CHUNK = 64 * 1024
_LINK = 0o120000
_KIND = 0o170000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold; `ratio` is bytes out for bytes in, once `free_bytes` came out."""

    entries: int = 200_000
    book_bytes: int = LARGEST_BYTES
    document_bytes: int = 2 * 1024 * 1024 * 1024
    total_bytes: int = 16 * 1024 * 1024 * 1024
    ratio: int = 200
    free_bytes: int = 16 * 1024 * 1024


class ZipReading:
    """Reads members of an open archive while counting what really comes out."""

    def __init__(self, archive: ZipFile, names: frozenset[str], limits: Limits) -> None:
        self._archive = archive
        self.names = names
        self.limits = limits
        self._total = 0

    def chunks(self, name: str, most: int) -> Generator[bytes, None, None]:
        """A member's content. Raises KeyError if there is none, BookRefused beyond `most` or the limits."""
        import zlib
        from zipfile import BadZipFile

        info = self._archive.getinfo(name)
        size = 0
        try:
            with self._archive.open(info) as source:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    self._count(info, len(chunk), size, most)
                    yield chunk
        except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
            raise refused(name, f"cannot be unpacked ({error}); the archive is damaged.") from error

    def _count(self, info: ZipInfo, fresh: int, size: int, most: int) -> None:
        self._total += fresh
        if size > most or self._total > self.limits.total_bytes:
            raise refused(info.filename, "is larger than anything a book holds; it was not unpacked further.")
        if size > self.limits.free_bytes and size > self.limits.ratio * max(info.compress_size, 1):
            raise refused(info.filename, "is packed like no real file; it was not unpacked further.")


@contextmanager
def reading_zip(
    source: Path | IO[bytes], members: re.Pattern[str], needed: str, limits: Limits
) -> Iterator[ZipReading]:
    """Open an archive all of whose names match `members`, and which has the member `needed`.

    Raises BookRefused for unexpected names, links, encrypted or repeated members and too many of them.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(source)
    except (BadZipFile, ValueError, EOFError) as error:
        raise refused("$", "The file is not a zip archive, or it is damaged.") from error
    with archive:
        yield ZipReading(archive, _checked_names(archive, members, needed, limits), limits)


def _checked_names(archive: ZipFile, members: re.Pattern[str], needed: str, limits: Limits) -> frozenset[str]:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise refused("$", f"The archive has {len(entries)} entries; a book has at most {limits.entries}.")
    seen: set[str] = set()
    for info in entries:
        # `filename` is what zipfile made of the name; the original shows what the archive really says.
        if info.is_dir() and info.orig_filename in {"documents/", "invoices/"}:
            continue
        if info.filename != info.orig_filename or not members.fullmatch(info.filename):
            raise refused(f"[{info.orig_filename[:60]!a}]", "does not belong into the archive of a book.")
        if (info.external_attr >> 16) & _KIND == _LINK or info.flag_bits & 1:
            raise refused(info.filename, "is a link or encrypted; archives of books have neither.")
        if info.filename in seen:
            raise refused(info.filename, "is in the archive twice.")
        seen.add(info.filename)
    if needed not in seen:
        raise refused("$", f"The archive has no {needed}: it is not the archive of a book.")
    return frozenset(seen)


def refused(path: str, sentence: str) -> BookRefused:
    """One refusal about a member, or ("$") about the archive."""
    return BookRefused((Refusal(path, sentence),))
