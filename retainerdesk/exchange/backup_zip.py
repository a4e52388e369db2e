"""A backup that travels: one file with the book, its documents and a note; or that sealed with a passphrase.

The open one is a zip of `manifest.json`, `book.retainerdesk` (SQLite, as the book is kept) and
`documents/<sha256>`, of an encrypted book `documents/<sha256>.<sign of its key>.age`. The sealed one is a zip
of `key.age`, a fresh key sealed with the passphrase, and `backup.zip.age`, the open one sealed with that key.
All are plain age files, so that other programs can open them too. Content is streamed both ways: memory does
not grow with the book.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.exchange.book.refusals import BookRefused
from retainerdesk.exchange.zip_reading import CHUNK, Limits, ZipReading, reading_zip

BOOK_MEMBER, NOTE_MEMBER = "book.retainerdesk", "manifest.json"
KEY_MEMBER, SEALED_MEMBER = "key.age", "backup.zip.age"
_OPEN = re.compile(r"manifest\.json|book\.retainerdesk|documents/[0-9a-f]{64}(\.[0-9a-f]{32}\.age)?")
_SEALED = re.compile(r"key\.age|backup\.zip\.age")
_SEALED_NAME = ".age"
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
_LARGEST_NOTE = _LARGEST_KEY = 65_536
LIMITS = Limits(book_bytes=64 << 30, total_bytes=256 << 30, document_bytes=2 << 30)
_WAY_OUT = "Use another copy of it, or an older backup; nothing was changed."

Opener = Callable[[], BinaryIO]
Seal = Callable[[Iterable[bytes], IO[bytes], object], None]
"""Writes chunks to a target, sealed for an age recipient."""


class Sink(Protocol):
    """Where bytes go."""

    def write(self, content: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `is_packed`: worth compressing."""

    name: str
    opener: Opener
    is_packed: bool = False


def write_open(target: IO[bytes], members: Iterable[Member]) -> None:
    """Write an open backup of these members."""
    for chunk in _zip_chunks(members):
        target.write(chunk)


def write_sealed(target: IO[bytes], members: Iterable[Member], passphrase: str, seal: Seal) -> None:
    """Write a backup sealed with a passphrase by `seal`. Nothing of it touches the disk in clear.

    What members or target raise comes out as `seal` lets it out.
    """
    from zipfile import ZIP_STORED, ZipFile, ZipInfo

    import pyrage

    identity = pyrage.x25519.Identity.generate()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        key = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
        archive.writestr(ZipInfo(KEY_MEMBER, _WRITTEN_AT), key)
        with archive.open(ZipInfo(SEALED_MEMBER, _WRITTEN_AT), "w", force_zip64=True) as sealed:
            seal(_zip_chunks(members), sealed, identity.to_public())


def is_sealed(path: Path) -> bool | None:
    """Whether a file is a sealed backup (True), an open one (False), or neither (None)."""
    from zipfile import BadZipFile, ZipFile

    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return None
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, EOFError) as error:
        raise EnvironmentProblem(f"{path} is a damaged archive.", _WAY_OUT) from error
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check the file."
        ) from problem
    if SEALED_MEMBER in names or KEY_MEMBER in names:
        return True
    if BOOK_MEMBER in names:
        return False
    if "book.json" in names:
        raise EnvironmentProblem(f"{path} is an export, not a backup.", "Import it into a new book.")
    raise EnvironmentProblem(f"{path} is an archive of something else, not a backup.", "Choose another file.")


def unseal(path: Path, target: Sink, passphrase: str, limits: Limits = LIMITS) -> None:
    """Write the open backup inside a sealed one to `target`.

    Raises EnvironmentProblem: one for a passphrase that is not right, another for a damaged file. What was
    written until then is of no use.
    """
    import pyrage

    try:
        with reading_zip(path, _SEALED, SEALED_MEMBER, limits) as archive:
            identity = _identity(path, archive, passphrase)
            with closing(archive.chunks(SEALED_MEMBER, limits.total_bytes)) as content:
                pyrage.decrypt_io(_Reader(content), _Limited(target, limits.total_bytes), [identity])
    except (BookRefused, KeyError) as error:
        raise _damaged(path, error) from error
    except pyrage.DecryptError as error:
        raise _damaged(path, error) from error
    except OSError as error:
        # age tells damage in the same way as a disk that is full.
        if error.errno is None:
            raise _damaged(path, error) from error
        raise


def _identity(path: Path, archive: ZipReading, passphrase: str) -> object:
    import pyrage

    # Reading the member checks its sum: what comes through was not damaged on the way.
    sealed = b"".join(archive.chunks(KEY_MEMBER, _LARGEST_KEY))
    try:
        text = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        if str(error) != "Decryption failed":
            raise
        raise EnvironmentProblem(
            f"The passphrase does not open {path}.", "Type it again; capitals and spaces count."
        ) from error
    try:
        return pyrage.x25519.Identity.from_str(text.decode())
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise _damaged(path, error) from error


@dataclass(frozen=True, slots=True)
class OpenBackup:
    """An open backup, to be read member by member while `reading_open` holds it."""

    note: bytes
    documents: tuple[str, ...]
    _reading: ZipReading

    def book(self) -> Generator[bytes, None, None]:
        """The book in chunks. Raises BookRefused beyond the limits or if it is damaged."""
        yield from self._reading.chunks(BOOK_MEMBER, self._reading.limits.book_bytes)

    def document(self, name: str) -> Generator[bytes, None, None]:
        """A document in chunks; one in clear is refused at the end if it is not what its name says."""
        digest = hashlib.sha256()
        for chunk in self._reading.chunks(f"documents/{name}", self._reading.limits.document_bytes):
            digest.update(chunk)
            yield chunk
        # What is sealed is looked at by whoever has the key.
        if not name.endswith(_SEALED_NAME) and digest.hexdigest() != name:
            raise EnvironmentProblem(f"The document {name} in the backup is damaged.", _WAY_OUT)


@contextmanager
def reading_open(path: Path, limits: Limits = LIMITS) -> Iterator[OpenBackup]:
    """Read an open backup. Raises EnvironmentProblem for anything damaged, hostile or beyond the limits."""
    try:
        with reading_zip(path, _OPEN, BOOK_MEMBER, limits) as archive:
            note = b"".join(archive.chunks(NOTE_MEMBER, _LARGEST_NOTE))
            documents = sorted(
                name.removeprefix("documents/") for name in archive.names if name.startswith("documents/")
            )
            yield OpenBackup(note, tuple(documents), archive)
    except (BookRefused, KeyError) as error:
        raise _damaged(path, error) from error


class _Drain:
    """Collects what zipfile writes, to be handed on in portions."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._parts.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        content = b"".join(self._parts)
        self._parts.clear()
        return content


def _zip_chunks(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of an archive of the members, made while they are asked for."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    drain = _Drain()
    with ZipFile(drain, "w") as archive:
        for member in members:
            entry = ZipInfo(member.name, _WRITTEN_AT)
            entry.compress_type = ZIP_DEFLATED if member.is_packed else ZIP_STORED
            entry.external_attr = 0o600 << 16
            with member.opener() as source, archive.open(entry, "w", force_zip64=True) as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield drain.taken()
            yield drain.taken()
    yield drain.taken()


class _Reader:
    """Chunks as something that can be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, count: int = -1) -> bytes:
        """At most `count` bytes; none at the end."""
        while not self._rest:
            fresh = next(self._chunks, None)
            if fresh is None:
                return b""
            self._rest = fresh
        end = len(self._rest) if count < 0 else count
        answer, self._rest = self._rest[:end], self._rest[end:]
        return answer


class _Limited:
    """Refuses more bytes than a backup can have."""

    def __init__(self, target: Sink, most: int) -> None:
        self._target = target
        self._left = most

    def write(self, content: bytes) -> int:
        self._left -= len(content)
        if self._left < 0:
            raise OSError("larger than any backup")
        return self._target.write(bytes(content))

    def flush(self) -> None:
        """The target is flushed by whoever owns it."""


def _damaged(path: Path, error: Exception) -> EnvironmentProblem:
    return EnvironmentProblem(f"{path} is damaged or no backup: {error}", _WAY_OUT)
