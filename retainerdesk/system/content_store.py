"""Files kept by their content: the name is the SHA-256, so the same file is stored once and cannot escape."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.system.paths import private_folder
from retainerdesk.system.private_files import replacing

_CHUNK_BYTES = 1 << 20
LARGEST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stored file: its hexadecimal hash and size."""

    sha256: str
    size_bytes: int


def keep_file(source: Path, folder: Path) -> KeptFile:
    """Copy `source` into `folder` by content, streamed; a content already there is not copied again."""
    digest, size_bytes = _digest(source)
    target = private_folder(folder) / digest
    if not target.exists():
        with source.open("rb") as reader, replacing(target) as writer:
            while chunk := reader.read(_CHUNK_BYTES):
                writer.write(chunk)
    return KeptFile(digest, size_bytes)


def keep_stream(chunks: Iterable[bytes], folder: Path, sha256: str) -> None:
    """Keep a content whose hash was checked by whoever hands it over; nothing is written if it is there."""
    target = kept_path(private_folder(folder), sha256)
    if not target.exists():
        with replacing(target) as writer:
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


def _digest(source: Path) -> tuple[str, int]:
    if not source.is_file():
        raise RuleViolation("document.file", f"{source} is not a file that can be attached.", "file")
    digest, size_bytes = hashlib.sha256(), 0
    try:
        with source.open("rb") as reader:
            while chunk := reader.read(_CHUNK_BYTES):
                digest.update(chunk)
                size_bytes += len(chunk)
                if size_bytes > LARGEST_BYTES:
                    raise RuleViolation("document.size", f"{source.name} is larger than 1 GiB.", "file")
    except OSError as problem:
        raise EnvironmentProblem(
            f"{source} cannot be read: {problem.strerror}.", "Check its permissions."
        ) from problem
    return digest.hexdigest(), size_bytes


def is_kept_whole(path: Path) -> bool:
    """Whether a kept file still has the content it is named by; streamed. False if it cannot be read."""
    try:
        with path.open("rb") as reader:
            return hashlib.file_digest(reader, "sha256").hexdigest() == path.name
    except OSError:
        return False
