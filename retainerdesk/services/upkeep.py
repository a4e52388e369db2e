"""Looking after the book: backup, restore, check, and the sample business."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from shutil import rmtree

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.soundness import IssuedNumber, account_findings, number_findings, numbers_of
from retainerdesk.domain.stopping import NEVER, Stopping
from retainerdesk.services.backup_archive import is_sealed, unpacked
from retainerdesk.services.backups import Reason, backup_if_changed
from retainerdesk.services.book_keys import Keys
from retainerdesk.services.business import is_empty
from retainerdesk.services.context import BookContext
from retainerdesk.services.kept_forms import exchanging
from retainerdesk.services.results import EVERYTHING, Outcome
from retainerdesk.store import check as stored
from retainerdesk.store.backup import back_up, restore
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.copying import BackupFacts, verify
from retainerdesk.store.probe import book_path, look_at, sign_of
from retainerdesk.store.repositories.books import add_book, each_account_file
from retainerdesk.store.repositories.parties import list_series
from retainerdesk.system.paths import documents_folder


def backup_book(store: BookStore, target: Path, stopping: Stopping = NEVER) -> BackupFacts:
    """Write a verified copy of the book; an existing file is replaced only by a good copy. Raises Stopped."""
    return back_up(store.file, target, stopping)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restore that is done: where the book of before is `kept` (None: there was none), and both kinds."""

    kept: Path | None
    was_encrypted: bool
    is_encrypted: bool

    @property
    def words(self) -> str:
        """Whether the book is encrypted now, and whether that is new."""
        if self.is_encrypted:
            return "encrypted with the key of the backup"
        return (
            "in clear, as the backup was; though the book was encrypted" if self.was_encrypted else "in clear"
        )


def restore_book(
    backup: Path, place: str | Path, keys: Keys | None = None, passphrase: str | None = None,
    stopping: Stopping = NEVER,
) -> Restored:  # fmt: skip
    """Put a backup in the place of a book nobody has open; the book is then of the backup's kind and key.

    A portable backup brings its documents. Raises KeyNeeded if `keys` do not have the key of the backup,
    PassphraseNeeded if it is sealed and no passphrase was given; Stopped.
    """
    book = book_path(place)
    known = keys or Keys()
    if is_sealed(backup) is None:
        return _restored(backup, book, known, stopping)
    with unpacked(backup, book, passphrase, stopping) as content:
        key = known.of(content.book)
        verify(content.book, key, stopping)
        content.check_documents(key, stopping)
        # From here on nobody is asked: documents of a book that does not come would stay behind.
        # First the documents: named by content, they change nothing that is there whole.
        with _no_new_folder_left(book) as folder:
            content.keep_documents(folder, key)
            return _restored(content.book, book, known, NEVER)


@contextmanager
def _no_new_folder_left(book: Path) -> Iterator[Path]:
    """The folder of files of `book`; one that was not there before goes again with a book that did not come.

    Left behind it would say that a book was lost here.
    """
    folder = documents_folder(book)
    is_new = not folder.exists()
    try:
        yield folder
    except BaseException:
        if is_new and folder.exists() and not book.exists():
            rmtree(folder)
        raise


def _restored(backup: Path, book: Path, keys: Keys, stopping: Stopping) -> Restored:
    was_encrypted = book.exists() and sign_of(book) is not None
    key = look_at(backup, keys.of(backup)).key
    with exchanging(book, key, keys.find, partial(_key_there, book, keys), stopping):
        kept = restore(backup, book, keys.of, stopping)
    return Restored(kept, was_encrypted, sign_of(book) is not None)


def _key_there(book: Path, keys: Keys) -> BookKey:
    """The key of an encrypted book; any other may be one that is damaged, so nothing is concluded from it."""
    key = keys.of(book) if book.exists() else None
    if key is None:
        raise EnvironmentProblem(f"What {book} is encrypted with is not known.", "Open it.")
    return key


def restore_open_book(
    context: BookContext, backup: Path, keys: Keys | None = None, stopping: Stopping = NEVER
) -> Restored:
    """Put one of the automatic backups in the place of the open book, after a backup of the book as it is.

    `keys` may know more than the book's own. Raises EnvironmentProblem, the book as it was, if either cannot
    be done; KeyNeeded, before anything is done, if the backup has a key that is not known; Stopped.
    """
    store, was_encrypted = context.store, context.store.is_encrypted
    known = keys or Keys()
    if store.file.key is not None:
        known.add(store.file.key)
    look_at(backup, known.of(backup))
    backup_if_changed(context, Reason.BEFORE_RESTORE, stopping)
    key = known.of(backup)
    with exchanging(store.path, key, known.find, store.key_there, stopping):
        kept = store.restore_from(backup, known.of, stopping)
    return Restored(kept, was_encrypted, store.is_encrypted)


def fill_sample(store: BookStore, today: date) -> Outcome[int]:
    """Fill an empty book with the sample business, relative to `today`; returns the number of accounts."""
    from retainerdesk.domain.sample.studio import sample_book

    with store.writing() as uow:
        if not is_empty(uow):
            message = f"{store.path} is not empty; the sample business needs an empty book (--book NEW)."
            raise RuleViolation("sample.not_empty", message)
        book = sample_book(today)
        add_book(uow, book)
        uow.commit()
    return Outcome(len(book.accounts), EVERYTHING)


def check_book(store: BookStore, today: date) -> tuple[str, ...]:
    """Everything wrong with the book, a sentence each: the file, the audit chain, then every rule."""
    with store.reading() as uow:
        findings = [finding.text for finding in stored.check_book(uow)]
        if findings:
            return tuple(findings)
        numbers: list[IssuedNumber] = []
        for file in each_account_file(uow):
            numbers += numbers_of(file)
            findings += [f"{file.account.id}: {sentence}" for sentence in account_findings(file, today)]
        return (*number_findings(list_series(uow), numbers), *findings)
