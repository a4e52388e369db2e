"""What the dialogs about backups do on the operations thread, each with the keys known by then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retainerdesk.domain.stopping import Stopping
    from retainerdesk.services.backup_preview import BackupPreview
    from retainerdesk.services.backups import Backup
    from retainerdesk.services.book_keys import Keys
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.machine import Clock


def verify_with(backup: Backup, keys: Keys, clock: Clock, stopping: Stopping) -> Backup:
    """Open a backup and check all of it. Raises KeyNeeded, EnvironmentProblem, Stopped."""
    from retainerdesk.services.backups import verify_backup

    return verify_backup(backup, keys.of(backup.path), clock, stopping)


def look_inside_with(
    backup: Backup, keys: Keys, book: BookContext | None, _stopping: Stopping
) -> BackupPreview:
    """What a backup holds, compared with the open book if there is one. Raises as `verify_with`."""
    from retainerdesk.services.backup_preview import preview_backup

    return preview_backup(backup.path, keys.of(backup.path), book=book)


def in_a_moment(work: Callable[[], object], _stopping: Stopping) -> object:
    """Work too short to be stopped."""
    return work()
