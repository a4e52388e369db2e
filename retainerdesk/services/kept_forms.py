"""Kept files follow the key of their book when it is exchanged, and what a crash left of that is ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.services.context import BookContext
from retainerdesk.system.kept_files import Form, KeyOfSign, forms_in
from retainerdesk.system.kept_forms import needs_settling, prepare_forms, settle_forms
from retainerdesk.system.paths import documents_folder


@contextmanager
def exchanging(
    book: Path, key: BookKey | None, key_of: KeyOfSign, present: Callable[[], BookKey | None],
    stopping: Stopping = NEVER,
) -> Iterator[None]:  # fmt: skip
    """A book that is to have `key` (None: in clear) is exchanged inside this block, and its files with it.

    Before the block every file that can be read with a key of `key_of` is there in the form of `key` too;
    raises EnvironmentProblem or Stopped, with nothing changed, if that cannot be. After it the other forms
    go. After a failure `present` says which key the book has then, or raises EnvironmentProblem: nothing is
    removed then.
    """
    folder = documents_folder(book)
    prepare_forms(folder, key, key_of, stopping)
    try:
        yield
    except BaseException:
        _settle(folder, present, key_of)
        raise
    _settle(folder, lambda: key, key_of)


def settle_files(context: BookContext, key_of: KeyOfSign, stopping: Stopping = NEVER) -> int:
    """Bring what lies beside the open book in another form into that of its key; how many files stay so.

    Nothing is done where nothing is to do, or the book is open for reading only. May wait for the keyring.
    Raises Stopped between two files.
    """
    key = context.store.file.key
    if context.store.read_only or not needs_settling(context.folder, key):
        return 0
    return settle_forms(context.folder, key, key_of, stopping)


class Settler:
    """Settles the files beside an open book now and then; what stayed is not tried again until it changes.

    Else a keyring that is locked, or has not the key, would be asked each time.
    """

    def __init__(self) -> None:
        self._stayed: tuple[Path, tuple[Form, ...]] | None = None
        self._count = 0

    def settle(self, context: BookContext, key_of: KeyOfSign, stopping: Stopping = NEVER) -> int:
        """How many files stay in another form than that of the book's key. As `settle_files`."""
        if self._stayed != _others(context):
            self._count = settle_files(context, key_of, stopping)
            self._stayed = _others(context)
        return self._count


def _others(context: BookContext) -> tuple[Path, tuple[Form, ...]]:
    key = context.store.file.key
    sign = None if key is None else key.sign
    return context.folder, tuple(form for form in forms_in(context.folder) if form.sign != sign)


def _settle(folder: Path, present: Callable[[], BookKey | None], key_of: KeyOfSign) -> None:
    try:
        settle_forms(folder, present(), key_of)
    except EnvironmentProblem:
        # The book can read its files as they lie; the next opening goes on.
        return
