"""A person stops a backup or a restore, at any moment: no file is there that was not, none has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.stopping import Stopped, Stopping
from retainerdesk.services.backup_archive import write_backup_zip
from retainerdesk.services.backups import Reason, list_backups, make_backup, verify_backup
from retainerdesk.services.book_keys import Keys
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import backup_book, restore_book
from retainerdesk.store.book_store import open_book
from retainerdesk.system.machine_settings import MachineSettings
from retainerdesk.system.paths import documents_folder
from tests.store.conftest import CLOCK, empty_template, full_path, full_template  # noqa: F401

KEY = BookKey(bytes(range(32)))
CONTENT = b"agreement " * 50_000
PASSPHRASE = "four words of it"


@dataclass
class Place:
    """A book with a document, backups of each kind beside it, and a folder to write to."""

    folder: Path
    context: BookContext
    keys: Keys = field(default_factory=lambda: Keys([KEY]))

    @property
    def settings(self) -> MachineSettings:
        return MachineSettings(backup_folder=str(self.folder / "backups"))


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def place(request: pytest.FixtureRequest, full_path: Path) -> Iterator[Place]:  # noqa: F811
    key: BookKey | None = request.param
    store, files, folder = open_book(full_path, CLOCK), documents_folder(full_path), full_path.parent
    files.mkdir()
    (files / hashlib.sha256(CONTENT).hexdigest()).write_bytes(CONTENT)
    if key is not None:
        store.change_key(key)
    place = Place(folder, BookContext(store, CLOCK, files))
    (folder / "backups").mkdir()
    make_backup(store, CLOCK, Reason.BY_HAND, place.settings)
    backup_book(store, folder / "copy.book")
    (folder / "other.book").write_bytes((folder / "copy.book").read_bytes())
    yield place
    store.close()


def back_up(place: Place, stopping: Stopping) -> None:
    backup_book(place.context.store, place.folder / "new.book", stopping)


def back_up_over(place: Place, stopping: Stopping) -> None:
    backup_book(place.context.store, place.folder / "copy.book", stopping)


def add_to_rotation(place: Place, stopping: Stopping) -> None:
    make_backup(place.context.store, CLOCK, Reason.DAILY, place.settings, stopping)


def look_through(place: Place, stopping: Stopping) -> None:
    (backup,) = list_backups(next((place.folder / "backups").iterdir()))
    verify_backup(backup, place.context.store.file.key, CLOCK, stopping)


def write_open(place: Place, stopping: Stopping) -> None:
    write_backup_zip(place.context, place.folder / "new.zip", None, stopping)


def restore_in_place(place: Place, stopping: Stopping) -> None:
    place.context.store.restore_from(place.folder / "copy.book", place.keys.of, stopping)


def restore_copy(place: Place, stopping: Stopping) -> None:
    restore_book(place.folder / "copy.book", place.folder / "other.book", place.keys, None, stopping)


JOBS = (back_up, back_up_over, add_to_rotation, look_through, write_open, restore_in_place, restore_copy)


def files_of(folder: Path) -> dict[str, str]:
    """Every file with its content; the open book's own side files come and go."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def stopped_everywhere(job: Callable[[Stopping], None], folder: Path) -> int:
    """Stop at the first questions, then in leaps, until the work ends; the number of times it was stopped."""
    before, questions, times = files_of(folder), 1, 0
    while True:
        watch = Impatient(questions)
        try:
            job(Stopping(watch.step))
        except Stopped:
            assert files_of(folder) == before
            questions, times = questions + (1 if questions < 4 else questions), times + 1
        else:
            return times


@dataclass
class Impatient:
    """Goes along with so many questions, less one."""

    left: int

    def step(self, _done: int, _total: int) -> bool:
        self.left -= 1
        return self.left > 0


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.__name__)
def test_what_is_stopped_leaves_everything_as_it_was(
    job: Callable[[Place, Stopping], None], place: Place
) -> None:
    assert stopped_everywhere(partial(job, place), place.folder) >= 1


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["open", "sealed"])
def test_a_portable_backup_that_is_stopped_leaves_nothing_either_way(
    passphrase: str | None,
    full_path: Path,  # noqa: F811
) -> None:
    folder = full_path.parent
    with closing(open_book(full_path, CLOCK)) as store:
        context = BookContext(store, CLOCK, documents_folder(full_path))
        context.folder.mkdir()
        (context.folder / hashlib.sha256(CONTENT).hexdigest()).write_bytes(CONTENT)
        archive, target = folder / "all.zip", folder / "there.book"
        with pytest.raises(Stopped):
            write_backup_zip(context, archive, passphrase, Stopping(Impatient(3).step))
        assert not archive.exists()
        write_backup_zip(context, archive, passphrase)
        before = files_of(folder)
        for questions in (1, 2):
            with pytest.raises(Stopped):
                restore_book(archive, target, None, passphrase, Stopping(Impatient(questions).step))
            assert files_of(folder) == before


def test_a_restore_that_is_stopped_keeps_the_book_usable(place: Place) -> None:
    """Stopped at the first question: the open book goes on."""
    with pytest.raises(Stopped):
        restore_in_place(place, Stopping(Impatient(1).step))
    with place.context.store.writing() as uow:
        uow.commit()
