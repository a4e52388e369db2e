"""The files of a SQLite database: made private, named, moved as a set."""

from __future__ import annotations

import glob
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retainerdesk.domain.errors import EnvironmentProblem

_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
SIDE_FILES = ("-wal", "-shm", "-journal")
# Nothing takes so long: what is older was left by a process that was killed.
_LEFT_AFTER_SECONDS = 3600


def side_file(path: Path, suffix: str) -> Path:
    """The companion of a database that SQLite keeps beside it: "<name>-wal"."""
    return path.with_name(path.name + suffix)


@contextmanager
def new_database_beside(path: Path) -> Iterator[Path]:
    """An empty file with mode 0600 in the folder of `path`, to be built up and then moved to `path`.

    SQLite gives its side files the mode of the database, so they are private too. What is still under the
    temporary name when the block ends is removed. Raises EnvironmentProblem if the folder refuses.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
    try:
        handle = os.open(temporary, _NEW_FILE, 0o600)
    except OSError as problem:
        raise EnvironmentProblem(
            f"Nothing can be written in the folder {path.parent}: {problem.strerror}.",
            "Choose a folder that exists and that you may write to.",
        ) from problem
    os.close(handle)
    try:
        temporary.chmod(0o600)
        remove_left_over(path, temporary)
        yield temporary
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be written: {problem.strerror}.",
            "Free some space or choose another folder; nothing was changed.",
        ) from problem
    finally:
        remove_set(temporary)


def remove_set(path: Path) -> None:
    """Remove a database and its side files, whichever are there."""
    for file in (path, *(side_file(path, suffix) for suffix in SIDE_FILES)):
        file.unlink(missing_ok=True)


def remove_left_over(path: Path, younger: Path) -> None:
    """Remove unfinished copies of `path` that are at least an hour older than the file `younger`.

    The two times come from the same file system, so that no clock has to be right.
    """
    now = younger.stat().st_mtime_ns
    for file in path.parent.glob(f".{glob.escape(path.name)}.{'[0-9a-f]' * 12}.new*"):
        try:
            if now - file.stat().st_mtime_ns >= _LEFT_AFTER_SECONDS * 10**9:
                file.unlink()
        except FileNotFoundError:
            # Another process cleared up first.
            continue


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished new file its name. Raises EnvironmentProblem if that name exists by now."""
    flush(temporary)
    try:
        path.hardlink_to(temporary)
    except FileExistsError as taken:
        raise EnvironmentProblem(
            f"{path} exists already.", "Choose another name or open that book."
        ) from taken
    except OSError:
        # File systems without hard links (FAT): the name was free when we looked.
        temporary.replace(path)
    flush_folder(path.parent)


def flush(path: Path) -> None:
    """Write a file through to the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Make renames inside a folder durable; Windows does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
