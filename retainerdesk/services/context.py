"""An open book with the clock it lives by: what the screens and the commands act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.business import get_business
from retainerdesk.store.book_store import BookStore
from retainerdesk.system.clock import Clock
from retainerdesk.system.kept_files import KeptFiles

__all__ = ["BookContext", "KeptFiles", "OpenBook"]


@dataclass(frozen=True, slots=True)
class BookContext:
    """The store of one book, its clock, and the folder that keeps its documents by content."""

    store: BookStore
    clock: Clock
    folder: Path

    @property
    def files(self) -> KeptFiles:
        """What is kept in the folder, with the key the book has at this moment."""
        return KeptFiles(self.folder, self.store.file.key)

    @property
    def path(self) -> Path:
        return self.store.path

    def today(self) -> date:
        """The business date: today in the book's time zone, whatever the zone of the machine."""
        with self.store.reading() as uow:
            return self.clock.today(get_business(uow).time_zone)


class OpenBook(Protocol):
    """How a book is opened; the composition root provides it.

    `as_of` None means the real date. Without `create` a missing book is an EnvironmentProblem. An encrypted
    one without its key is KeyNeeded, with another one WrongKey.
    """

    def __call__(
        self, place: str, as_of: date | None, *, create: bool, key: BookKey | None = None
    ) -> BookContext: ...
