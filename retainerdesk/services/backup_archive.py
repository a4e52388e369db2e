"""Portable backups: the book with its documents in one file, open or sealed; and back into a book."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.stopping import NEVER, Stopped, Stopping
from retainerdesk.exchange.backup_zip import (
    BOOK_MEMBER,
    NOTE_MEMBER,
    Member,
    is_sealed,
    reading_open,
    unseal,
    write_open,
    write_sealed,
)
from retainerdesk.exchange.book.refusals import BookRefused
from retainerdesk.services.backup_contents import describe, file_sha256
from retainerdesk.services.backup_manifest import Manifest, Reason, manifest_text, parse_manifest
from retainerdesk.services.context import BookContext
from retainerdesk.store.backup import back_up
from retainerdesk.system.content_store import keep_as_it_is
from retainerdesk.system.kept_files import KeptFiles, forms_in, is_form_whole
from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replacing
from retainerdesk.system.sealing import seal_for

__all__ = ["PassphraseNeeded", "Unpacked", "Written", "is_sealed", "unpacked", "write_backup_zip"]

SHORTEST_PASSPHRASE = 8
_LEFT_AFTER_SECONDS = 3600


class PassphraseNeeded(EnvironmentProblem):
    """A sealed backup was to be opened without its passphrase."""


@dataclass(frozen=True, slots=True)
class Written:
    """A portable backup that was written: how many documents, and the names of those left out.

    Those are damaged, or sealed with another key than the book's: the rest must still be saved.
    """

    path: Path
    manifest: Manifest
    documents: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was in an archive, checked, in a folder that is removed afterwards."""

    book: Path
    documents: Path
    manifest: Manifest | None

    def keep_documents(self, folder: Path, key: BookKey | None) -> int:
        """Put the checked documents into the folder of a book that has `key`; those whole there are left."""
        count = 0
        for path in sorted(self.documents.iterdir()):
            with path.open("rb") as source:
                keep_as_it_is(iter(partial(source.read, 1 << 20), b""), folder, path.name, key)
            count += 1
        return count

    def check_documents(self, key: BookKey | None, stopping: Stopping = NEVER) -> None:
        """Raise EnvironmentProblem unless the key of the book unseals every document that is sealed; Stopped.

        Those in clear were compared with their names while they were unpacked.
        """
        for form in forms_in(self.documents):
            stopping.go_on()
            if form.sign is not None and not is_form_whole(self.documents, form, key):
                raise _damaged(self.documents / form.name, "what was sealed in it was changed")


def write_backup_zip(
    context: BookContext, target: Path, passphrase: str | None = None, stopping: Stopping = NEVER
) -> Written:
    """Write the open book with its documents to one file, sealed if a passphrase is given.

    A file of that name is replaced only by a whole one. Raises EnvironmentProblem, and RuleViolation (field
    "passphrase") for one that is too short; Stopped.
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    with working_folder(context.path) as folder:
        copy = folder / BOOK_MEMBER
        back_up(context.store.file, copy, stopping)
        made_at = context.clock.utc_now().replace(microsecond=0)
        note = describe(copy, context.store.file.key, context.clock, made_at, Reason.BY_HAND)
        note = replace(note, book=context.path.name)
        sound, left_out = _documents(context.files, stopping)
        watched = _Watched(stopping, sum(path.stat().st_size for path in (copy, *sound)))
        members = [
            Member(NOTE_MEMBER, partial(io.BytesIO, manifest_text(note).encode()), is_packed=True),
            Member(BOOK_MEMBER, partial(watched.opened, copy), is_packed=True),
            *(Member(f"documents/{path.name}", partial(watched.opened, path)) for path in sound),
        ]
        with replacing(target) as stream, _stops(stopping):
            if passphrase is None:
                write_open(stream, members)
            else:
                write_sealed(stream, members, passphrase, seal_for)
    return Written(target, note, len(sound), left_out)


def check_passphrase(passphrase: str) -> None:
    """Raise RuleViolation unless a passphrase is long enough to seal a backup with."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = f"The passphrase has fewer than {SHORTEST_PASSPHRASE} characters. Several words are best."
        raise RuleViolation("backup.passphrase", message, "passphrase")


@contextmanager
def unpacked(
    archive: Path, beside: Path, passphrase: str | None = None, stopping: Stopping = NEVER
) -> Iterator[Unpacked]:
    """Unpack a portable backup into a folder beside the book it is for, and check every part of it.

    Nothing outside that folder is touched. Raises PassphraseNeeded for a sealed one without a passphrase,
    EnvironmentProblem for a wrong passphrase and, told apart, for anything damaged or hostile; Stopped.
    """
    kind = is_sealed(archive)
    if kind is None:
        raise EnvironmentProblem(f"{archive} is no portable backup.", "Choose another file.")
    if kind and passphrase is None:
        raise PassphraseNeeded(f"{archive} is sealed with a passphrase.", "Enter the passphrase.")
    private_folder(beside.absolute().parent)
    with working_folder(beside) as folder:
        plain = archive
        if kind:
            plain = folder / "backup.zip"
            with replacing(plain) as stream, _stops(stopping):
                unseal(archive, _WatchedSink(stream, stopping), passphrase or "")
        try:
            yield _unpack(plain, folder, archive, stopping)
        except EnvironmentProblem as problem:
            # Nobody knows the folder that is gone by then.
            problem.message = problem.message.replace(str(folder / BOOK_MEMBER), str(archive))
            problem.args = (f"{problem.message} {problem.way_out}".strip(),)
            raise


@contextmanager
def working_folder(book: Path) -> Iterator[Path]:
    """A private folder beside a book, removed at the end; what a kill left an hour ago is removed too."""
    place, name = book.absolute().parent, f".{book.name}."
    try:
        folder = Path(tempfile.mkdtemp(".work", name, place))
    except OSError as problem:
        raise EnvironmentProblem(
            f"Nothing can be written in the folder {place}: {problem.strerror}.",
            "Choose a folder that exists and that you may write to.",
        ) from problem
    try:
        now = folder.stat().st_mtime
        for old in place.glob(".*.work"):
            if old.name.startswith(name) and now - old.stat().st_mtime >= _LEFT_AFTER_SECONDS:
                shutil.rmtree(old)
        yield folder
    finally:
        shutil.rmtree(folder)


def _unpack(plain: Path, folder: Path, named: Path, stopping: Stopping) -> Unpacked:
    book, documents = folder / BOOK_MEMBER, private_folder(folder / "documents")
    try:
        with reading_open(plain) as content:
            manifest = parse_manifest(content.note)
            _write(book, content.book(), stopping)
            for name in content.documents:
                _write(documents / name, content.document(name), stopping)
    except BookRefused as error:
        raise _damaged(named, str(error)) from error
    if manifest is None:
        raise _damaged(named, "its note cannot be read")
    if file_sha256(book) != manifest.sha256:
        raise _damaged(named, "the book in it is not the one that was written")
    return Unpacked(book, documents, manifest)


def _write(path: Path, chunks: Generator[bytes, None, None], stopping: Stopping) -> None:
    with closing(chunks) as content, replacing(path) as target:
        for chunk in content:
            stopping.go_on()
            target.write(chunk)


def _documents(files: KeptFiles, stopping: Stopping) -> tuple[list[Path], tuple[str, ...]]:
    """The kept files as they lie that have their content, sealed before in clear; hashes of the others."""
    sound: list[Path] = []
    hashes = sorted({form.sha256 for form in forms_in(files.folder)})
    left_out = []
    for sha256 in hashes:
        stopping.go_on()
        form = files.find(sha256)
        path = files.folder / (form.name if form else sha256)
        if form is not None and not path.is_symlink() and files.is_whole(form):
            sound.append(path)
        else:
            left_out.append(sha256)
    return sound, tuple(left_out)


@contextmanager
def _stops(stopping: Stopping) -> Iterator[None]:
    """Whatever a library makes of being stopped comes out as Stopped."""
    try:
        yield
    except Exception as error:
        if stopping.is_asked:
            raise Stopped from error
        raise


class _Watched:
    """Counts what is read of the members of an archive, and tells it in KiB; `total` in bytes."""

    def __init__(self, stopping: Stopping, total: int) -> None:
        self._stopping, self._done, self._total = stopping, 0, total

    def opened(self, path: Path) -> BinaryIO:
        return _WatchedFile(path, self.note)

    def note(self, count: int) -> None:
        self._done += count
        self._stopping.go_on(self._done >> 10, (self._total >> 10) + 1)


class _WatchedFile(io.FileIO):
    """A file that tells how much is read of it."""

    def __init__(self, path: Path, note: Callable[[int], None]) -> None:
        super().__init__(path, "rb")
        self._path, self._note = path, note

    def read(self, count: int | None = -1, /) -> bytes:
        try:
            found = super().read(count)
        except OSError as problem:
            # Else it would be said of the archive that is being written.
            raise EnvironmentProblem(
                f"{self._path} cannot be read: {problem.strerror}.", "Check the disk, and try again."
            ) from problem
        self._note(len(found))
        return found


class _WatchedSink:
    """Asks before each portion that is unsealed."""

    def __init__(self, target: BinaryIO, stopping: Stopping) -> None:
        self._target, self._stopping = target, stopping

    def write(self, content: bytes, /) -> int:
        self._stopping.go_on()
        return self._target.write(content)


def _damaged(path: Path, why: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"{path} is damaged or no backup: {why}.",
        "Use another copy of it, or an older backup; nothing was changed.",
    )
