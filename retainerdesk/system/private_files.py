"""Files for the owner's eyes that are there whole or not at all.

Every file goes to a temporary name in the same folder (never an existing one, never through a link), gets
mode 0600 before its first byte, is flushed to the disk and renamed; then the folder is flushed, so that the
new name survives a power cut too.
"""

from __future__ import annotations

import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from retainerdesk.domain.errors import EnvironmentProblem

_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_PRIVATE_FILE = 0o600
# Nothing takes so long: what is older was left by a process that was killed.
_LEFT_AFTER_SECONDS = 3600


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`; a file of that name is replaced in one step or stays as it was.

    Raises EnvironmentProblem if the folder is not there, not writable or full.
    """
    with replacing(path) as handle:
        handle.write(content)


@contextmanager
def replacing(path: Path, *, clears_up: bool = True) -> Iterator[BinaryIO]:
    """A binary handle whose content becomes `path` when the block ends without an exception.

    Unfinished copies of `path` from an hour ago are removed, unless it is not to look for them because the
    folder holds thousands of files and is cleared as a whole (`system.unfinished`). On an exception `path`
    stays as it was and the temporary file is removed. Errors of the file system come as EnvironmentProblem.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with open(os.open(temporary, _NEW_FILE, _PRIVATE_FILE), "w+b") as handle:  # noqa: PTH123
            os.chmod(temporary, _PRIVATE_FILE)  # noqa: PTH101
            if clears_up:
                _remove_left_over(path, temporary)
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
        flush_folder(path.parent)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be written: {problem.strerror}.",
            "Free some space or choose a folder you may write to; nothing was changed.",
        ) from problem
    finally:
        temporary.unlink(missing_ok=True)


def _remove_left_over(path: Path, younger: Path) -> None:
    """Remove unfinished copies of `path` at least an hour older than `younger`, by the same file system."""
    now = younger.stat().st_mtime_ns
    for file in path.parent.glob(f".{glob.escape(path.name)}.{'[0-9a-f]' * 12}.tmp"):
        try:
            if now - file.stat().st_mtime_ns >= _LEFT_AFTER_SECONDS * 10**9:
                file.unlink()
        except FileNotFoundError:
            # Another process cleared up first.
            continue


def flush_folder(folder: Path) -> None:
    """Make a rename inside `folder` durable. Systems that cannot flush folders (Windows) do it themselves."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
