"""Files kept by their content: the name is the SHA-256, so the same file is stored once and cannot escape."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replacing

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


def keep_file(source: Path, folder: Path, step: Step = _go_on) -> KeptFile:
    """Copy `source` into `folder` by content, streamed; a content already there is not copied again.

    It is read twice: to name it, and to copy it. Raises RuleViolation if it is too large or changes in
    between, KeepingStopped if `step` says so.
    """
    whole = check_file(source)
    passes = _Passes(2 * whole // _CHUNK_BYTES + 1, step)
    digest, size_bytes = _digest(source, passes)
    target = private_folder(folder) / digest
    if not target.exists():
        copied = hashlib.sha256()
        with replacing(target, clears_up=False) as writer:
            for chunk in passes.of(source):
                copied.update(chunk)
                writer.write(chunk)
            if copied.hexdigest() != digest:
                message = f"{source.name} changed while it was copied; attach it again."
                raise RuleViolation("document.changed", message, "file")
    return KeptFile(digest, size_bytes)


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


def keep_stream(chunks: Iterable[bytes], folder: Path, sha256: str) -> None:
    """Keep a content whose hash was checked by whoever hands it over; nothing is written if it is there."""
    target = kept_path(private_folder(folder), sha256)
    if not target.exists():
        with replacing(target, clears_up=False) as writer:
            for chunk in chunks:
                writer.write(chunk)


def kept_path(folder: Path, sha256: str) -> Path:
    """Where a content lies; raises ValueError for anything that is no hash."""
    if not is_kept_name(sha256):
        raise ValueError("a stored file is named by its SHA-256")
    return folder / sha256


def is_kept_name(name: str) -> bool:
    """Whether a name is that of a stored file: a SHA-256 in hexadecimal digits."""
    return re.fullmatch(r"[0-9a-f]{64}", name) is not None


def _digest(source: Path, passes: _Passes) -> tuple[str, int]:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in passes.of(source):
        digest.update(chunk)
        size_bytes += len(chunk)
        # It may grow while it is read.
        if size_bytes > LARGEST_BYTES:
            raise _too_large(source)
    return digest.hexdigest(), size_bytes


def is_kept_whole(path: Path) -> bool:
    """Whether a kept file still has the content it is named by; streamed. False if it cannot be read."""
    try:
        with path.open("rb") as reader:
            return hashlib.file_digest(reader, "sha256").hexdigest() == path.name
    except OSError:
        return False
