"""A book that a command begins: only for files that can be read, and gone again if nothing came into it.

An empty book left behind looks like a loss where one was moved away, and hides that it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retainerdesk.exchange.recognise import recognise
from retainerdesk.services.context import BookContext
from retainerdesk.store.files import remove_set
from retainerdesk.store.probe import book_path
from retainerdesk.store.queries.inside import is_untouched


def is_missing(place: str | Path) -> bool:
    """Whether no book is at `place`, a path or a sqlite URL. Raises EnvironmentProblem for any other URL."""
    return not book_path(place).exists()


def refuse_unknown_files(paths: Iterable[Path]) -> None:
    """Raise what `recognise` raises for the first file that cannot be opened or is nothing to import."""
    for path in paths:
        recognise(path)


@contextmanager
def begun(context: BookContext) -> Iterator[None]:
    """Close a book this call made when the block ends, however it ends.

    If nothing was entered it is removed then, with its side files and its folder of files.
    """
    try:
        yield
    finally:
        if _closed_empty(context):
            remove_set(context.path)
            _remove_empty(context.folder)


def _closed_empty(context: BookContext) -> bool:
    """Close the book; whether nothing was entered into it."""
    try:
        with context.store.reading() as uow:
            return is_untouched(uow)
    finally:
        context.store.close()


def _remove_empty(folder: Path) -> None:
    # What a moved book left in it stays.
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
