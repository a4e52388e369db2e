"""What a killed process left half-written in the program's own folders, removed when nobody can be at it.

Every file is first written under a name like `.NAME.0123456789ab.tmp` (or `.new`, with the side files of a
database, or a folder `.NAME.….work`). In folders of the user's choice the next file of that name clears up.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

_UNFINISHED = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{12}\.(tmp|new)(-wal|-shm|-journal)?")
_WORKING = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}\.work")
# Nothing takes so long: what is older was left by a process that was killed.
_LEFT_AFTER_SECONDS = 3600


def clear_unfinished(folder: Path, name: str | None = None) -> int:
    """Remove what is unfinished in `folder`, of files called `name` or of any, at least an hour old.

    Returns how many were removed; a folder that is not there, or cannot be read or written, is left alone.
    Ages are by the folder's own file system, so that no clock has to be right.
    """
    found = [path for path in _unfinished(folder) if name in (None, _named(path))]
    now = _now_of(folder) if found else None
    if now is None:
        return 0
    return sum(_remove(path) for path in found if _is_old(path, now))


def _unfinished(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from [Path(entry.path) for entry in entries if entry.name.startswith(".")]
    except OSError:
        # Not there, or not to be looked into: whoever needs the folder says so.
        return


def _named(path: Path) -> str | None:
    """What the file or folder was to become; None if it has not the name of an unfinished one."""
    found = _UNFINISHED.fullmatch(path.name) or _WORKING.fullmatch(path.name)
    return found["name"] if found else None


def _now_of(folder: Path) -> int | None:
    """The present in nanoseconds, as a file made now would have it; None if none can be made."""
    probe = folder / f".probe.{secrets.token_hex(6)}.tmp"
    try:
        handle = os.open(probe, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return None
    try:
        return os.fstat(handle).st_mtime_ns
    finally:
        os.close(handle)
        probe.unlink()


def _is_old(path: Path, now: int) -> bool:
    if _named(path) is None:
        return False
    try:
        return now - path.lstat().st_mtime_ns >= _LEFT_AFTER_SECONDS * 10**9
    except FileNotFoundError:
        # Another process cleared up first.
        return False


def _remove(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
