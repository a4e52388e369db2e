"""Files kept by their content: the name is the SHA-256, so the same file is stored once and cannot escape.

With an encrypted book they are sealed while they are copied; nothing of them reaches its folder in clear.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.system.kept_files import KeptFiles, form_of, is_form_whole
from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replacing
from retainerdesk.system.sealing import seal

_CHUNK_BYTES = 1 << 20
LARGEST_BYTES = 1 << 30

Step = Callable[[int, int], bool]
"""Told how many of how many MiB are done; False stops."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stored file: its hexadecimal hash and size."""

    sha256: str
    size_bytes: int


class KeepingStopped(Exception):
    """Somebody stopped the copying of a file; nothing of it is kept."""


def _go_on(_done: int, _total: int) -> bool:
    return True


def check_file(source: Path) -> int:
    """The bytes of a file that may be kept, without reading it. RuleViolation if it may not be."""
    if not source.is_file():
        raise RuleViolation("document.file", f"{source} is not a file that can be attached.", "file")
    size_bytes = source.stat().st_size
    if size_bytes > LARGEST_BYTES:
        raise _too_large(source)
    return size_bytes


def keep_file(source: Path, files: KeptFiles, step: Step = _go_on) -> KeptFile:
    """Copy `source` to the kept files by content, streamed; one that is there whole is not copied again.

    It is read twice: to name it, and to copy it. Raises RuleViolation if it is too large or changes in
    between, KeepingStopped if `step` says so.
    """
    whole = check_file(source)
    passes = _Passes(2 * whole // _CHUNK_BYTES + 1, step)
    digest, size_bytes = _digest(source, passes)
    _keep(_unchanged(source, passes, digest), files, digest)
    return KeptFile(digest, size_bytes)


def _keep(chunks: Iterable[bytes], files: KeptFiles, sha256: str) -> None:
    """Write a content in its own form, unless that is there whole: a damaged one is mended by it."""
    form = files.own_form(sha256)
    target = private_folder(files.folder) / form.name
    if not (target.exists() and files.is_whole(form)):
        write_form(target, chunks, files.key)


def _unchanged(source: Path, passes: _Passes, digest: str) -> Iterator[bytes]:
    """The content of a file; RuleViolation at its end if it is not the one that was named."""
    copied = hashlib.sha256()
    for chunk in passes.of(source):
        copied.update(chunk)
        yield chunk
    if copied.hexdigest() != digest:
        message = f"{source.name} changed while it was copied; attach it again."
        raise RuleViolation("document.changed", message, "file")


class _Passes:
    """Reads a file in chunks, again and again, and tells how far it is."""

    def __init__(self, total: int, step: Step) -> None:
        self._done, self._total, self._step = 0, total, step

    def of(self, source: Path) -> Iterator[bytes]:
        try:
            with source.open("rb") as reader:
                while chunk := reader.read(_CHUNK_BYTES):
                    self._done += 1
                    if not self._step(min(self._done, self._total), self._total):
                        raise KeepingStopped
                    yield chunk
        except OSError as problem:
            raise EnvironmentProblem(
                f"{source} cannot be read: {problem.strerror}.", "Check its permissions."
            ) from problem


def _too_large(source: Path) -> RuleViolation:
    return RuleViolation("document.size", f"{source.name} is larger than 1 GiB.", "file")


def keep_stream(chunks: Iterable[bytes], files: KeptFiles, sha256: str) -> None:
    """Keep a content whose hash was checked by who hands it over; if it is there whole, nothing is done."""
    _keep(chunks, files, sha256)


def keep_as_it_is(chunks: Iterable[bytes], folder: Path, name: str, key: BookKey | None = None) -> None:
    """Keep what is in clear or sealed already, under the name of its form; whoever hands it over checked it.

    Nothing is written if it is there whole, which of a sealed one only its `key` can tell.
    """
    form = form_of(name)
    if form is None:
        raise ValueError("a stored file is named by its SHA-256")
    target = private_folder(folder) / name
    if not (target.exists() and is_form_whole(folder, form, key)):
        write_form(target, chunks, None)


def write_form(target: Path, chunks: Iterable[bytes], key: BookKey | None) -> None:
    """Write a content to `target`, whole or not at all, sealed with `key` if any. Raises what `chunks` do."""
    with replacing(target, clears_up=False) as writer:
        if key is None:
            for chunk in chunks:
                writer.write(chunk)
        else:
            seal(chunks, writer, key)


def _digest(source: Path, passes: _Passes) -> tuple[str, int]:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in passes.of(source):
        digest.update(chunk)
        size_bytes += len(chunk)
        # It may grow while it is read.
        if size_bytes > LARGEST_BYTES:
            raise _too_large(source)
    return digest.hexdigest(), size_bytes
