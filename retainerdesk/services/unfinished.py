"""What killed processes left unfinished in the folders of a book: cleared up while nobody waits."""

from __future__ import annotations

from retainerdesk.services.backups import backup_folder, machine_settings
from retainerdesk.services.context import BookContext
from retainerdesk.system.paths import user_paths
from retainerdesk.system.unfinished import clear_unfinished


def clear_own_folders(context: BookContext) -> int:
    """Remove unfinished files an hour old: of the book, of attached files, of backups and of settings.

    Returns how many there were. Nothing else in these folders is touched.
    """
    book, paths = context.path, user_paths()
    places = (context.folder, backup_folder(book, machine_settings()), paths.config)
    return clear_unfinished(book.parent, book.name) + sum(clear_unfinished(place) for place in places)
