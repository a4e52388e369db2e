"""What to say about where a book and its backups lie."""

from __future__ import annotations

from pathlib import Path

from retainerdesk.services.backups import backup_folder, machine_settings
from retainerdesk.system.places import RiskyPlace, conflicted_copies, risky_place


def place_warnings(book: Path) -> tuple[str, ...]:
    """A sentence for each thing that is risky about the place of a book or of its backups; opens nothing."""
    told = []
    if (risk := risky_place(book)) is not None:
        told.append(_of_book(risk))
    if (risk := risky_place(backup_folder(book, machine_settings()).parent)) is not None and risk.is_network:
        told.append(
            f"Backups go to a network drive ({risk.service}): when it is not there, none can be made."
        )
    if copies := conflicted_copies(book):
        names = ", ".join(each.name for each in copies[:3])
        told.append(
            f"Beside the book lies what a service made of it: {names}. It was not opened. Open a copy of it "
            "by File, Open book to compare, and keep one of the two."
        )
    return tuple(told)


def _of_book(risk: RiskyPlace) -> str:
    if risk.is_network:
        return (
            f"The book lies on a network drive ({risk.service}), which may tear it. Keep the book on a disk "
            "of this computer, and let backups go to the drive: File, Backups, Change folder."
        )
    return (
        f"The book lies in a folder kept in step by {risk.service}, which may tear it. Keep the book "
        "elsewhere, and let backups go there: File, Backups, Change folder."
    )
