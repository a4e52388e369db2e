"""Why a book cannot be opened, in words, and what can be done about it; nothing here changes a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.errors import (
    DamagedBook,
    EnvironmentProblem,
    KeyNeeded,
    LostBook,
    NewerBook,
    NoBook,
    WrongKey,
)
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.services.backups import backup_folder, list_backups, machine_settings
from retainerdesk.services.book_keys import Keys
from retainerdesk.store.files import side_file
from retainerdesk.store.probe import book_path, size_of
from retainerdesk.store.salvage import Readable, look_through
from retainerdesk.system.paths import documents_folder

_NOUNS = {
    "accounts": ("account", "accounts"),
    "contacts": ("contact", "contacts"),
    "retainers": ("retainer", "retainers"),
    "work_entries": ("work entry", "work entries"),
    "calls": ("call", "calls"),
    "notes": ("note", "notes"),
    "invoices": ("document", "documents"),
    "payments": ("payment", "payments"),
}
_HEADINGS: tuple[tuple[type[EnvironmentProblem], str], ...] = (
    (DamagedBook, "This book is damaged"),
    (NewerBook, "This book needs a newer RetainerDesk"),
    (NoBook, "This is no book of RetainerDesk"),
    (WrongKey, "This book has another key"),
    (KeyNeeded, "This book is encrypted"),
    (LostBook, "This book is not where it was"),
)
_CANNOT = "This book cannot be opened now"


@dataclass(frozen=True, slots=True)
class BookTrouble:
    """What is wrong with the book at `place`, and what to offer beside another book and the way out.

    `can_look`: what is left of it can be read through. `can_restore`: a backup can take its place; else it
    can only become a book of its own elsewhere. `can_begin`: nothing is there, so a new book can begin.
    `needs_phrase`: trying again asks for the recovery phrase.
    """

    place: Path
    heading: str
    sentence: str
    way_out: str
    can_look: bool
    can_restore: bool
    can_begin: bool
    needs_phrase: bool


def refuse_lost(place: str | Path) -> None:
    """Raise LostBook if there was a book at `place`, or its drive is gone: no new one begins there unasked.

    That there was one is known by its backups, its attached files, or what it left unfinished.
    """
    path = book_path(place)
    if path.exists():
        return
    if not path.parent.is_dir():
        raise LostBook(
            f"The folder {path.parent} is not there. The drive it is on may not be connected.",
            "Connect the drive and try again, or open the book where it is now.",
        )
    if words := lost_words(path):
        raise LostBook(words, "Open it where it is now, restore a backup, or begin a new book.")


def refuse_missing(place: str | Path) -> None:
    """Raise EnvironmentProblem if no book is at `place`: LostBook if one was, or its drive is gone."""
    path = book_path(place)
    if path.exists():
        return
    refuse_lost(path)
    raise EnvironmentProblem(
        f"There is no book at {path}.",
        "Check the path, or begin one: with sample, with import FILE, with restore BACKUP, or in the window.",
    )


def lost_words(place: str | Path) -> str:
    """A sentence about the book that was at `place` and is gone; empty if one is there or none ever was."""
    path = book_path(place)
    if path.exists() or not _was_there(path):
        return ""
    return f"There was a book at {path}, and it is gone: moved, renamed or deleted."


def trouble_of(place: str | Path, problem: EnvironmentProblem) -> BookTrouble:
    """What `problem` means for the book at `place`, which could not be opened because of it."""
    path = book_path(place)
    is_there, has_folder = path.exists(), path.parent.is_dir()
    return BookTrouble(
        path,
        next((heading for kind, heading in _HEADINGS if isinstance(problem, kind)), _CANNOT),
        problem.message,
        problem.way_out,
        can_look=is_there and isinstance(problem, DamagedBook),
        can_restore=has_folder
        and isinstance(problem, DamagedBook | NoBook | LostBook | KeyNeeded | WrongKey),
        can_begin=has_folder and not is_there and isinstance(problem, LostBook),
        needs_phrase=isinstance(problem, KeyNeeded | WrongKey),
    )


def what_is_left(path: Path, keys: Keys, stopping: Stopping = NEVER) -> str:
    """What can still be read of a damaged book, a line each. Raises EnvironmentProblem, Stopped."""
    remains = look_through(path, keys.of(path), stopping)
    known = [each for each in remains.tables if each.table in _NOUNS]
    lines = [_line(each) for each in known if each.rows or not each.is_whole]
    if not lines:
        lines = ["Nothing of it can be read."]
    others = [each for each in remains.tables if each not in known and not each.is_whole]
    if others:
        lines.append(f"Of other tables {len(others)} break off.")
    lines += ["", "What SQLite says:", *remains.findings] if remains.findings else []
    return "\n".join([*lines, "", "Nothing was changed."])


def _line(found: Readable) -> str:
    one, many = _NOUNS[found.table]
    words = f"{found.rows} {one if found.rows == 1 else many}"
    return f"{words} can be read" if found.is_whole else f"{words} can be read, then it breaks off"


def _was_there(path: Path) -> bool:
    documents = documents_folder(path)
    if size_of(side_file(path, "-wal")) > 0 or (documents.is_dir() and any(documents.iterdir())):
        return True
    try:
        return bool(list_backups(backup_folder(path, machine_settings())))
    except EnvironmentProblem:
        # The drive of the backups is not there; nothing says that there was a book.
        return False
