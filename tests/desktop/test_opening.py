"""The way from a place to an open book, as somebody goes it who answers what is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from shutil import rmtree

import keyring
import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from retainerdesk.desktop.dialogs.trouble_dialog import TroubleDialog
from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
from retainerdesk.desktop.opening import Opening
from retainerdesk.desktop.single_instance import SingleInstance, instance_key
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.recovery_phrase import phrase_of
from retainerdesk.services.backups import Reason, make_backup
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.store.queries.inside import inside
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.paths import documents_folder
from tests.desktop.conftest import TODAY
from tests.keyrings import MemoryKeyring

CLOCK = FixedClock(TODAY)
KEY = BookKey(bytes(range(32)))


class Ends(QObject):
    asked = Signal()


class Starts(QObject):
    asked = Signal(object)
    is_heard = False

    def listen(self) -> None:
        self.is_heard = True


class Person(QObject):
    """Presses one button of the window that is up, in turn; "yes" answers a question, a phrase is typed."""

    def __init__(self, *presses: str) -> None:
        super().__init__()
        self.presses, self.read = list(presses), list[str]()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        boxes = [each for each in windows if isinstance(each, QMessageBox)]
        dialogs: list[QDialog] = [each for each in windows if isinstance(each, UnlockDialog)]
        dialogs += [each for each in windows if isinstance(each, TroubleDialog)]
        if self.presses[0] == "yes":
            if boxes:
                self._next()
                boxes[0].buttons()[0].click()
        elif dialogs and not boxes:
            self._press(dialogs[0])

    def _next(self) -> None:
        self.presses.pop(0)
        if not self.presses:
            self._timer.stop()

    def _press(self, dialog: QDialog) -> None:
        form = getattr(dialog, "form")  # noqa: B009 - both kinds have one
        wanted = self.presses[0]
        if " " in wanted:
            if isinstance(dialog, UnlockDialog) and form.again.isEnabled():
                self._next()
                form.phrase.setPlainText(wanted)
                form.open.click()
        elif hasattr(form, wanted) and getattr(form, wanted).isEnabled():
            self._next()
            self.read.append(form.heading.text())
            getattr(form, wanted).click()


@pytest.fixture(autouse=True)
def ring(theme: Theme) -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def open_at(place: str, as_of: date | None, *, create: bool, key: BookKey | None = None) -> BookContext:
    return BookContext(open_book(place, CLOCK, create=create, key=key), CLOCK, documents_folder(Path(place)))


def accounts_after(path: Path, *, has_person: bool = True) -> int | None:
    """Open the book; how many accounts it has, or None if the person gave up."""
    ends, starts = Ends(), Starts()
    context = Opening(
        str(path), TODAY, open_at, ends.asked, starts.asked, starts.listen, has_person
    ).context()
    if context is None:
        return None
    try:
        with context.store.reading() as uow:
            return inside(uow).accounts
    finally:
        context.store.close()


def backed_up(path: Path, key: BookKey | None = None) -> None:
    store = open_book(path, CLOCK)
    store.change_key(key)
    make_backup(store, CLOCK, Reason.DAILY)
    store.close()


def test_a_sound_book_opens_without_a_question(sample_path: Path) -> None:
    assert accounts_after(sample_path) == 6


def test_a_damaged_book_is_restored_and_opened(sample_path: Path) -> None:
    backed_up(sample_path)
    os.truncate(sample_path, 5000)
    person = Person("retry", "restore", "yes")
    assert accounts_after(sample_path) == 6
    assert person.read == ["This book is damaged"] * 2


def test_a_book_whose_inside_is_torn_is_met_like_one_that_does_not_open(sample_path: Path) -> None:
    """The header and the schema are whole; the row of the business is not."""
    backed_up(sample_path)
    page = torn_page(sample_path, "business")
    with sample_path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    person = Person("quit")
    assert accounts_after(sample_path) is None
    assert person.read == ["This book is damaged"]


def torn_page(path: Path, table: str) -> int:
    """Where a table begins."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path))
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    connection.close()
    return int(page)


def test_where_a_book_was_moved_away_a_new_one_begins_only_when_asked(sample_path: Path) -> None:
    backed_up(sample_path)
    sample_path.rename(sample_path.with_name("elsewhere.book"))
    person = Person("retry", "quit")
    assert accounts_after(sample_path) is None
    assert person.read == ["This book is not where it was"] * 2
    assert not sample_path.exists()
    person = Person("begin")
    assert accounts_after(sample_path) == 0
    assert person.presses == []


def test_without_the_phrase_a_plain_backup_leads_out_of_an_encrypted_book(
    sample_path: Path, ring: MemoryKeyring
) -> None:
    backed_up(sample_path)
    store = open_book(sample_path, CLOCK)
    store.change_key(KEY)
    store.close()
    person = Person("something_else", "retry", " ".join(phrase_of(KEY)))
    assert accounts_after(sample_path) == 6
    assert person.read == ["This book is encrypted"] * 2
    # The key of the phrase was kept, and would open the book without a question.
    ring.kept.clear()
    person = Person("something_else", "restore", "yes")
    assert accounts_after(sample_path) == 6
    assert person.presses == []


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_phrase_of_a_restored_backup_is_asked_for_once(
    sample_path: Path, ring: MemoryKeyring, is_kept: bool
) -> None:
    """Typed to restore, it opens the book as well; and it is kept for the next start if that is wanted."""
    backed_up(sample_path, KEY)
    sample_path.write_bytes(b"no book " * 1000)
    person = Person("restore", "yes", *([] if is_kept else ["keep"]), " ".join(phrase_of(KEY)))
    assert accounts_after(sample_path) == 6
    assert person.presses == []
    assert bool(ring.kept) is is_kept


def test_with_nobody_there_the_problem_is_raised(sample_path: Path) -> None:
    os.truncate(sample_path, 0)
    with pytest.raises(EnvironmentProblem, match="0 bytes"):
        accounts_after(sample_path, has_person=False)


def test_the_end_of_the_session_ends_the_question_too(tmp_path: Path) -> None:
    ends, starts = Ends(), Starts()
    QTimer.singleShot(300, starts, partial(starts.asked.emit, ["a"]))
    QTimer.singleShot(600, ends, ends.asked.emit)
    place = str(tmp_path / "drive" / "my.book")
    opening = Opening(place, TODAY, open_at, ends.asked, starts.asked, starts.listen, has_person=True)
    assert opening.context() is None
    assert starts.is_heard


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_a_socket_that_cannot_be_opened_keeps_no_question_from_its_window(
    sample_path: Path, tmp_path: Path, is_encrypted: bool
) -> None:
    """Something that cannot be removed has the name of the socket."""
    key = instance_key(str(sample_path))
    claim = SingleInstance(key, tmp_path / "run")
    in_the_way = Path(claim._name)
    (in_the_way / "and full").mkdir(parents=True)
    assert claim.claim()
    with pytest.raises(EnvironmentProblem, match="cannot listen"):
        claim.listen()
    if is_encrypted:
        backed_up(sample_path, KEY)
    else:
        os.truncate(sample_path, 5000)
    person = Person(" ".join(phrase_of(KEY)) if is_encrypted else "quit")
    ends = Ends()
    listen = claim.listen_if_possible
    opening = Opening(str(sample_path), TODAY, open_at, ends.asked, claim.asked, listen, has_person=True)
    context = opening.context()
    assert person.presses == []
    assert (context is not None) is is_encrypted
    if context is not None:
        context.store.close()
    claim.release()
    rmtree(in_the_way)


def test_a_second_start_brings_up_the_question_for_the_phrase(sample_path: Path) -> None:
    """The window was minimized: what the second start is told, “shown”, has to come true."""
    backed_up(sample_path, KEY)
    ends, starts = Ends(), Starts()
    seen = list[bool]()

    def dialog() -> UnlockDialog:
        return next(each for each in QApplication.topLevelWidgets() if isinstance(each, UnlockDialog))

    def start_again() -> None:
        dialog().showMinimized()
        starts.asked.emit(["a"])
        seen.append(dialog().isVisible() and not dialog().isMinimized())
        ends.asked.emit()

    QTimer.singleShot(600, starts, start_again)
    opening = Opening(
        str(sample_path), TODAY, open_at, ends.asked, starts.asked, starts.listen, has_person=True
    )
    assert opening.context() is None
    assert seen == [True]


def test_a_book_that_opens_at_once_does_not_listen_before_its_window_is_there(sample_path: Path) -> None:
    ends, starts = Ends(), Starts()
    opening = Opening(
        str(sample_path), TODAY, open_at, ends.asked, starts.asked, starts.listen, has_person=True
    )
    context = opening.context()
    assert context is not None
    context.store.close()
    assert not starts.is_heard
