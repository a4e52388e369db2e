"""A book that cannot be opened has ways on: look, restore, begin anew, another book; nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.desktop.trouble import Trouble, TroubleWait, Way
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.recovery_phrase import phrase_of
from retainerdesk.services.backups import Reason, make_backup
from retainerdesk.services.book_trouble import refuse_lost
from retainerdesk.store.book_store import open_book
from retainerdesk.store.queries.inside import Inside, inside
from retainerdesk.system.clock import FixedClock
from tests.desktop.conftest import TODAY
from tests.keyrings import MemoryKeyring

CLOCK = FixedClock(TODAY)
KEY = BookKey(bytes(range(32)))


class Chooser:
    """Answers every question with one place."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def open_files(self, *_: object) -> tuple[Path, ...]:
        return (self.place,)

    def folder(self, *_: object) -> Path | None:
        return self.place

    def save_file(self, *_: object) -> Path | None:
        return self.place


@pytest.fixture(autouse=True)
def ring(theme: Theme) -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def backed_up(path: Path, key: BookKey | None = None) -> Inside:
    """Make a backup of the book; what is in it."""
    store = open_book(path, CLOCK)
    try:
        if key is not None:
            store.change_key(key)
        make_backup(store, CLOCK, Reason.DAILY)
        return content(store.path, key)
    finally:
        store.close()


def content(path: Path, key: BookKey | None = None) -> Inside:
    store = open_book(path, CLOCK, key=key)
    try:
        with store.reading() as uow:
            return inside(uow)
    finally:
        store.close()


def problem_with(path: Path) -> EnvironmentProblem:
    try:
        refuse_lost(path)
        open_book(path, CLOCK).close()
    except EnvironmentProblem as problem:
        return problem
    raise AssertionError(f"{path} can be opened")


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[list[Trouble]]:
    """Every trouble a test makes is ended with it."""
    made: list[Trouble] = []
    yield made
    for each in made:
        each.end()


def trouble(shown: list[Trouble], path: Path, chooser: Path | None = None) -> Trouble:
    made = Trouble(str(path), problem_with(path), Chooser(chooser or path))
    made.begin()
    shown.append(made)
    return made


def say_yes(trouble: Trouble) -> None:
    box = next(each for each in trouble.dialog.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if box.buttonRole(each) == QMessageBox.ButtonRole.AcceptRole).click()


def test_a_cut_off_book_is_looked_through_and_restored_and_what_was_there_is_kept(
    sample_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    before = backed_up(sample_path)
    os.truncate(sample_path, sample_path.stat().st_size // 2)
    half = sample_path.read_bytes()
    found = trouble(shown, sample_path)
    form = found.dialog.form
    assert form.heading.text() == "This book is damaged"
    assert "cut off" in form.why.text()
    assert str(before.accounts) in form.details.toPlainText()
    form.look.click()
    qtbot.waitUntil(lambda: "Nothing was changed" in form.details.toPlainText(), timeout=60_000)
    assert "breaks off" in form.details.toPlainText()
    assert sample_path.read_bytes() == half
    form.restore.click()
    with qtbot.waitSignal(found.chosen, timeout=60_000) as chosen:
        say_yes(found)
    assert chosen.args == [Way.RETRY]
    assert content(sample_path) == before
    assert sample_path.with_name(f"{sample_path.name}.before-restore-1").read_bytes() == half


def test_a_restore_that_is_cancelled_leaves_the_damaged_book_as_it_was(
    sample_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    backed_up(sample_path)
    os.truncate(sample_path, 0)
    found = trouble(shown, sample_path)
    found.dialog.form.restore.click()
    say_yes(found)
    found.dialog.bar.cancel_button.click()
    qtbot.waitUntil(lambda: "Stopped" in found.dialog.form.said.text(), timeout=60_000)
    assert sample_path.stat().st_size == 0
    assert sorted(each.name for each in sample_path.parent.iterdir() if each.is_file()) == [sample_path.name]
    assert found.dialog.form.restore.isEnabled()


def test_an_encrypted_backup_asks_for_its_phrase_and_brings_the_book_back(
    sample_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    before = backed_up(sample_path, KEY)
    sample_path.write_bytes(b"no book " * 1000)
    found = trouble(shown, sample_path)
    assert found.dialog.form.heading.text() == "This is no book of RetainerDesk"
    assert "Encrypted" in found.dialog.form.details.toPlainText()
    found.dialog.form.restore.click()
    say_yes(found)
    qtbot.waitUntil(lambda: found.keys.dialog is not None, timeout=60_000)
    assert found.keys.dialog is not None
    found.keys.dialog.form.phrase.setPlainText(" ".join(phrase_of(KEY)))
    with qtbot.waitSignal(found.chosen, timeout=60_000):
        found.keys.dialog.form.open.click()
    assert content(sample_path, KEY) == before


def test_a_newer_book_stays_and_a_backup_becomes_a_book_elsewhere(
    sample_path: Path, tmp_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    before = backed_up(sample_path)
    with sample_path.open("r+b") as file:
        file.seek(60)
        file.write((77).to_bytes(4, "big"))
    newer = sample_path.read_bytes()
    found = trouble(shown, sample_path, tmp_path / "other.book")
    assert found.dialog.form.restore.text() == "&Restore elsewhere…"
    assert not found.dialog.form.look.isVisible()
    with qtbot.waitSignal(found.other_chosen, timeout=60_000) as chosen:
        found.dialog.form.restore.click()
    assert chosen.args == [tmp_path / "other.book"]
    assert content(tmp_path / "other.book") == before
    assert sample_path.read_bytes() == newer


def test_a_book_that_was_moved_away_comes_back_from_a_backup_or_begins_anew(
    sample_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    before = backed_up(sample_path)
    shutil.move(sample_path, sample_path.with_name("elsewhere.book"))
    found = trouble(shown, sample_path)
    assert found.dialog.form.heading.text() == "This book is not where it was"
    with qtbot.waitSignal(found.chosen) as chosen:
        found.dialog.form.begin.click()
    assert chosen.args == [Way.BEGIN]
    assert not sample_path.exists()
    with qtbot.waitSignal(found.chosen, timeout=60_000):
        found.dialog.form.restore.click()
    assert content(sample_path) == before


def test_on_a_lost_drive_only_trying_again_another_book_and_quitting_are_offered(
    tmp_path: Path, shown: list[Trouble], qtbot: QtBot
) -> None:
    place = tmp_path / "drive" / "my.book"
    found = trouble(shown, place, tmp_path / "other.book")
    form = found.dialog.form
    assert "may not be connected" in form.why.text()
    assert not form.begin.isVisible()
    assert not form.look.isVisible()
    assert not form.restore.isVisible()
    assert "no backup of it" in form.list_label.text()
    with qtbot.waitSignals([found.other_chosen, found.chosen]):
        form.other.click()
    assert not place.parent.exists()


def test_leaving_the_dialog_ends_the_wait(tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "drive" / "my.book"
    found = Trouble(str(place), problem_with(place))
    QTimer.singleShot(100, found.dialog, partial(found.dialog.form.quit.click))
    assert TroubleWait(found).way() is Way.LEAVE
