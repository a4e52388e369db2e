"""Where a file lies: in a folder some service keeps in step with other machines, or on a network drive.

A SQLite book in such a place can be torn: files are copied one by one, and locks are not kept.
"""

from __future__ import annotations

import os
import re
import subprocess  # nosec B404 - one fixed program, without a shell
import sys
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_MOUNT, _MOUNT_SECONDS = "/sbin/mount", 5.0
_NETWORK_TYPES = frozenset(
    ("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ncpfs", "davfs", "ceph")
) | {
    "afpfs",
    "webdav",
    "ftp",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs2",
    "fuse.gvfsd-fuse",
    "fuse.glusterfs",
    "fuse.s3fs",
}
# By the name of a folder on the way; compared in lower case.
_SERVICES = (
    (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"onedrive( ?- ?.+)?"), "OneDrive"),
    (re.compile(r"google ?drive|my drive|googledrive-.+"), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents"), "iCloud Drive"),
    (re.compile(r"nextcloud"), "Nextcloud"),
    (re.compile(r"owncloud"), "ownCloud"),
    (re.compile(r"pcloud ?drive"), "pCloud"),
    (re.compile(r"syncthing"), "Syncthing"),
)
# By what a service leaves in the folder it keeps.
_MARKS = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".owncloudsync.log", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_root", "a synchronised folder"),
)
_CONFLICT = re.compile(
    r"conflicted copy|\.sync-conflict-\d|\[conflict\]|conflict-\d{8}|in konflikt stehende kopie|konfliktkopie"
    r"|copie en conflit|copia en conflicto",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RiskyPlace:
    """What is risky about a place: the service that keeps it in step, or the kind of network drive."""

    service: str
    is_network: bool


def risky_place(path: Path, mounts: Path = _MOUNTS) -> RiskyPlace | None:
    """What is risky about where a file or folder lies; None if nothing is known. Opens no file there."""
    place = path.absolute()
    service = _service(place)
    if service is None:
        real = Path(os.path.realpath(place))
        service = _service(real) if real != place else None
    if service is not None:
        return RiskyPlace(service, is_network=False)
    kind = _network_type(Path(os.path.realpath(place)), mounts)
    return None if kind is None else RiskyPlace(kind, is_network=True)


def conflicted_copies(book: Path) -> tuple[Path, ...]:
    """Files beside a book whose names say that a service made them of it. They are never opened."""
    try:
        beside = sorted(book.parent.iterdir())
    except OSError:
        # Whoever cannot list the folder is told so by whoever opens the book.
        return ()
    stem = book.stem.casefold()
    return tuple(
        each
        for each in beside
        if each.name != book.name and each.name.casefold().startswith(stem) and _CONFLICT.search(each.name)
    )


def _service(place: Path) -> str | None:
    folders = (place, *place.parents) if place.is_dir() else tuple(place.parents)
    for folder in folders:
        for pattern, name in _SERVICES:
            if pattern.fullmatch(folder.name.casefold()):
                return name
        for mark, name in _MARKS:
            # The home folder has a .dropbox of its own, with settings.
            if folder != Path.home() and os.path.lexists(folder / mark):
                return name
    return None


def _network_type(place: Path, mounts: Path) -> str | None:
    if sys.platform == "win32":
        return "network" if str(place).startswith("\\\\") else None
    if sys.platform == "darwin":
        return network_mount(place, _mount_output())
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        # No such table on this system: nothing is known.
        return None
    best, kind = -1, ""
    for line in lines:
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = Path(re.sub(r"\\(\d{3})", _unescaped, fields[4]))
        if (place == point or point in place.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind if kind in _NETWORK_TYPES else None


def network_mount(place: Path, output: str) -> str | None:
    """The kind of network drive a place lies on, by what `mount` prints on macOS and BSD; None for any other.

    A line is `//ada@server/books on /Volumes/my (old) books (smbfs, nodev, nosuid, mounted by ada)`: the
    options are what the last parenthesis holds, their first word is the kind, and names may hold anything.
    """
    best, kind = -1, ""
    for line in output.splitlines():
        before, bracket, options = line.rpartition(" (")
        if not bracket or not options.endswith(")"):
            continue
        word = options[:-1].partition(",")[0].strip()
        # A source may hold " on " as well: the longest mount point that the place lies below is taken.
        for found in re.finditer(" on /", before):
            point = Path(before[found.end() - 1 :])
            if (place == point or point in place.parents) and len(point.parts) >= best:
                best, kind = len(point.parts), word
    return kind if kind in _NETWORK_TYPES else None


def _mount_output() -> str:
    """What is mounted; nothing if the system does not tell in time."""
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program of the system, without a shell  # nosec B603
            [_MOUNT], capture_output=True, timeout=_MOUNT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        # No such program, or a server that does not answer: nothing is known.
        return ""
    return answer.stdout.decode("utf-8", "surrogateescape")


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))
