"""Automatic backups: made once a day and before what could go wrong, listed, pinned, checked, thinned.

They lie in a folder of their own for each book, in the data folder or where the settings of the machine say.
Everything here may take as long as the book is large: not on the thread of the window.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation, WrongKey
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.services.backup_contents import describe, file_sha256
from retainerdesk.services.backup_manifest import (
    Manifest,
    Reason,
    manifest_path,
    read_manifest,
    write_manifest,
)
from retainerdesk.services.business import is_empty
from retainerdesk.services.context import BookContext
from retainerdesk.store.backup import back_up
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.copying import verify
from retainerdesk.store.queries.inside import whole_head
from retainerdesk.store.rotation import Keep, thin
from retainerdesk.system.clock import Clock
from retainerdesk.system.machine_settings import MOST_KEPT, MachineSettings, load_settings, save_settings
from retainerdesk.system.paths import private_folder, user_paths

__all__ = ["Backup", "Reason"]

_SUFFIX = ".retainerdesk"
_STAMP = "%Y%m%dT%H%M%SZ"
_CHUNK = 1 << 20
ALWAYS_KEPT = Keep().recent


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of the list. `manifest` is what is known of it; `is_good`: found sound when last opened.

    `written_ns` is when the file was written: it orders backups of one second, no more.
    """

    path: Path
    made_at: datetime
    size_bytes: int
    manifest: Manifest | None
    written_ns: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_good(self) -> bool:
        return (
            self.manifest is not None and self.manifest.verified_at is not None and not self.manifest.damaged
        )

    @property
    def is_pinned(self) -> bool:
        """A file this program did not make is nobody's to remove."""
        return self.manifest is None or self.manifest.pinned

    @property
    def reason(self) -> Reason:
        return self.manifest.reason if self.manifest else Reason.FOUND


def machine_settings() -> MachineSettings:
    """The settings of this machine as they are kept."""
    return load_settings(user_paths().config)


def backup_folder(book: Path, settings: MachineSettings) -> Path:
    """The folder of a book's backups, told apart from those of other books of the same name by its place."""
    place = book.absolute()
    mark = hashlib.sha256(str(place).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    base = Path(settings.backup_folder) if settings.backup_folder else user_paths().backups
    return base / f"{book.stem}-{mark}"


def keep_of(settings: MachineSettings) -> Keep:
    """How many backups the settings let stay."""
    return Keep(days=settings.backup_days, weeks=settings.backup_weeks, months=settings.backup_months)


def keep_backups(days: int, weeks: int, months: int) -> MachineSettings:
    """Set of how many days, weeks and months a backup stays on this machine, from the next backup on.

    Raises RuleViolation (field "keep") unless each is 0 to 99, EnvironmentProblem if it cannot be kept.
    """
    if not all(0 <= each <= MOST_KEPT for each in (days, weeks, months)):
        message = f"Of days, weeks and months 0 to {MOST_KEPT} backups each can be kept."
        raise RuleViolation("backup.keep", message, "keep")
    chosen = replace(machine_settings(), backup_days=days, backup_weeks=weeks, backup_months=months)
    save_settings(user_paths().config, chosen)
    return chosen


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; none if there is no such folder. Opens no backup.

    Raises EnvironmentProblem if the folder cannot be read.
    """
    try:
        files = [
            each for each in folder.iterdir() if each.suffix == _SUFFIX and not each.name.startswith(".")
        ]
        found = [_backup(each) for each in files if each.is_file() and not each.is_symlink()]
    except FileNotFoundError:
        return ()
    except OSError as problem:
        raise EnvironmentProblem(
            f"The folder of backups {folder} cannot be read: {problem.strerror}.",
            "Check that the drive is connected, or choose another folder for backups.",
        ) from problem
    return tuple(sorted(found, key=_age, reverse=True))


def make_backup(
    store: BookStore, clock: Clock, reason: Reason, settings: MachineSettings | None = None,
    stopping: Stopping = NEVER,
) -> Backup:  # fmt: skip
    """Make a verified backup of the open book, then thin the folder.

    Raises EnvironmentProblem if the folder is missing, full or cannot be written, or Stopped; nothing is
    removed then.
    """
    chosen = settings or machine_settings()
    _must_be_connected(chosen)
    folder = private_folder(backup_folder(store.path, chosen))
    made_at = clock.utc_now().replace(microsecond=0)
    path = _free_path(folder, store.path.stem, made_at, reason)
    back_up(store.file, path, stopping)
    manifest = describe(path, store.file.key, clock, made_at, reason)
    write_manifest(path, replace(manifest, book=store.path.name))
    thin_folder(folder, made_at, keep_of(chosen))
    return _backup(path)


def backup_if_changed(context: BookContext, reason: Reason, stopping: Stopping = NEVER) -> Backup | None:
    """Make a backup unless the newest good one holds the very same, or nothing was entered yet."""
    settings = machine_settings()
    with context.store.reading() as uow:
        if is_empty(uow):
            return None
        head = whole_head(uow)
    newest = _newest_good(context, settings)
    if newest is not None and newest.manifest is not None and newest.manifest.chain_head == head:
        return None
    return make_backup(context.store, context.clock, reason, settings, stopping)


def daily_backup(context: BookContext, stopping: Stopping = NEVER) -> Backup | None:
    """Make the backup of the day if the book changed since the last one, which was not made today (UTC).

    Raises Stopped.
    """
    settings = machine_settings()
    if not settings.is_backup_daily:
        return None
    newest = _newest_good(context, settings)
    if newest is not None and newest.made_at.date() == context.clock.utc_now().date():
        return None
    return backup_if_changed(context, Reason.DAILY, stopping)


def warned_backup(context: BookContext, reason: Reason) -> str:
    """Make a backup if the book changed; the sentence to show if that was not possible, else nothing.

    For what may go on without one.
    """
    try:
        backup_if_changed(context, reason)
    except EnvironmentProblem as problem:
        return f"No backup was made before: {problem}"
    return ""


def verify_backup(backup: Backup, key: BookKey | None, clock: Clock, stopping: Stopping = NEVER) -> Backup:
    """Open a backup and check all of it; what was found stands in its note afterwards.

    Raises EnvironmentProblem if the note cannot be written, KeyNeeded or WrongKey if it is encrypted with a
    key that was not given; Stopped.
    """
    try:
        verify(backup.path, key, stopping)
        known = backup.manifest or describe(backup.path, key, clock, backup.made_at, Reason.FOUND)
        damaged = "" if file_sha256(backup.path) == known.sha256 else "it is not the file that was written"
    except EnvironmentProblem as problem:
        if backup.manifest is None or _is_about_the_key(problem):
            raise
        known, damaged = backup.manifest, problem.message
    now = clock.utc_now().replace(microsecond=0)
    write_manifest(backup.path, replace(known, damaged=damaged, verified_at=now))
    return _backup(backup.path)


def pin_backup(backup: Backup, clock: Clock, *, pinned: bool) -> Backup:
    """Keep a backup for good, or let it go with the others again."""
    known = backup.manifest or describe(backup.path, None, clock, backup.made_at, Reason.FOUND)
    write_manifest(backup.path, replace(known, pinned=pinned))
    return _backup(backup.path)


def delete_backup(backup: Backup, others: tuple[Backup, ...]) -> None:
    """Remove a backup. Raises RuleViolation for a pinned one and for the last good one there is."""
    if backup.manifest is not None and backup.manifest.pinned:
        raise RuleViolation("backup.pinned", f"{backup.name} is pinned. Unpin it first.", "backup")
    if backup.is_good and not any(each.is_good for each in others if each.path != backup.path):
        raise RuleViolation(
            "backup.last_good", f"{backup.name} is the last good backup. Make another one first.", "backup"
        )
    _remove(backup.path)


def thin_folder(folder: Path, now: datetime, keep: Keep) -> tuple[Backup, ...]:
    """Remove the backups that rotation lets go; returns them."""
    gone = thin(list_backups(folder), now, keep)
    for each in gone:
        _remove(each.path)
    return gone


def _newest_good(context: BookContext, settings: MachineSettings) -> Backup | None:
    """The newest good backup that is not from the future."""
    now = context.clock.utc_now()
    folder = backup_folder(context.path, settings)
    return next((each for each in list_backups(folder) if each.is_good and each.made_at <= now), None)


def _must_be_connected(settings: MachineSettings) -> None:
    """A folder the user chose is not made anew: it may be a drive that is not there."""
    if settings.backup_folder and not Path(settings.backup_folder).is_dir():
        raise EnvironmentProblem(
            f"The folder for backups {settings.backup_folder} is not there.",
            "Connect the drive, or choose another folder under File, Backups.",
        )


def _free_path(folder: Path, stem: str, made_at: datetime, reason: Reason) -> Path:
    start = f"{stem}-{made_at.strftime(_STAMP)}-{reason.value.replace('_', '-')}"
    path, number = folder / f"{start}{_SUFFIX}", 2
    while path.exists():
        path, number = folder / f"{start}-{number}{_SUFFIX}", number + 1
    return path


def _backup(path: Path) -> Backup:
    found, manifest = path.stat(), read_manifest(path)
    made_at = manifest.made_at if manifest else datetime.fromtimestamp(found.st_mtime, UTC)
    return Backup(path, made_at, found.st_size, manifest, found.st_mtime_ns)


def _age(backup: Backup) -> tuple[datetime, int, str]:
    return backup.made_at, backup.written_ns, backup.name


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        manifest_path(path).unlink(missing_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be removed: {problem.strerror}.", "Check who may write to that folder."
        ) from problem


def _is_about_the_key(problem: EnvironmentProblem) -> bool:
    return isinstance(problem, KeyNeeded | WrongKey)
