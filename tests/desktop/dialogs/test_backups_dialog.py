"""The list of backups in the window: made, looked into, pinned, checked, restored over the open book."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.backups_dialog import BackupsDialog
from retainerdesk.desktop.dialogs.move_dialog import MoveDialog
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.backups import Reason, make_backup
from retainerdesk.services.book_keys import BookKey, phrase_of
from retainerdesk.services.rows import add_row
from retainerdesk.store.queries.inside import inside
from tests.desktop.conftest import TODAY
from tests.keyrings import MemoryKeyring

OLD, NEW = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot, tmp_path: Path) -> BackupsDialog:
    made = BackupsDialog(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(made)
    return made


def wait_said(qtbot: QtBot, dialog: BackupsDialog | MoveDialog, words: str) -> None:
    def is_said() -> bool:
        return words in dialog.form.said.text()

    qtbot.waitUntil(is_said, timeout=60_000)


def answer(dialog: BackupsDialog) -> str:
    """Say yes to the question on show, and return it."""
    box = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    text = box.text()
    next(each for each in box.buttons() if box.buttonRole(each) == QMessageBox.ButtonRole.AcceptRole).click()
    return text


def test_without_backups_the_dialog_says_when_the_first_is_made(dialog: BackupsDialog) -> None:
    assert "first is made" in dialog.form.details.toPlainText()
    assert not dialog.form.restore.isEnabled()


def test_a_backup_is_made_pinned_checked_and_looked_into(dialog: BackupsDialog, qtbot: QtBot) -> None:
    dialog.back_up_now()
    wait_said(qtbot, dialog, "was made")
    assert [each.reason for each in dialog.backups] == [Reason.BY_HAND]
    dialog.verify()
    wait_said(qtbot, dialog, "sound")
    dialog.pin()
    qtbot.waitUntil(lambda: dialog.backups[0].is_pinned, timeout=30_000)
    assert dialog.form.pin.text() == "Un&pin"
    dialog.look_inside()
    qtbot.waitUntil(lambda: "Newest invoices" in dialog.form.details.toPlainText(), timeout=60_000)
    assert "very same" in dialog.form.details.toPlainText()


def test_a_restore_says_what_is_newer_and_keeps_the_book_of_before(
    desk: Desk, dialog: BackupsDialog, qtbot: QtBot
) -> None:
    before = desk.read(inside)
    dialog.back_up_now()
    wait_said(qtbot, dialog, "was made")
    desk.write(add_row, WorkEntry("acme", "x-1", TODAY, 60, "ada"))
    assert desk.read(inside) != before
    dialog.restore()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)), timeout=60_000)
    with qtbot.waitSignal(desk.bus.changed, timeout=60_000):
        assert "1 work entry newer in the book" in answer(dialog)
    assert desk.read(inside) == before
    assert [each.reason for each in dialog.backups] == [Reason.BEFORE_RESTORE, Reason.BY_HAND]
    desk.write(add_row, WorkEntry("acme", "x-2", TODAY, 60, "ada"))


def test_the_last_good_backup_is_not_deleted(dialog: BackupsDialog, qtbot: QtBot) -> None:
    dialog.back_up_now()
    wait_said(qtbot, dialog, "was made")
    dialog.delete()
    answer(dialog)
    wait_said(qtbot, dialog, "last good")
    assert len(dialog.backups) == 1


def test_a_backup_with_an_older_key_is_restored_once_its_phrase_is_typed(
    desk: Desk, ring: MemoryKeyring, qtbot: QtBot, tmp_path: Path
) -> None:
    """The book has a newer key, and no keyring knows the old one: restoring over the book asks for it."""
    desk.context.store.change_key(OLD)
    make_backup(desk.context.store, desk.context.clock, Reason.BY_HAND)
    desk.context.store.change_key(NEW)
    dialog = BackupsDialog(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(dialog)
    dialog.restore()
    qtbot.waitUntil(lambda: dialog.keys.dialog is not None, timeout=60_000)
    phrase = dialog.keys.dialog
    assert phrase is not None
    phrase.form.phrase.setPlainText(" ".join(phrase_of(NEW)))
    phrase.form.open.click()
    qtbot.waitUntil(lambda: "not the one" in phrase.form.problem.text(), timeout=60_000)
    phrase.form.phrase.setPlainText(" ".join(phrase_of(OLD)))
    phrase.form.open.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)), timeout=60_000)
    with qtbot.waitSignal(desk.bus.changed, timeout=60_000):
        answer(dialog)
    assert desk.context.store.file.key == OLD
    dialog.verify()
    wait_said(qtbot, dialog, "sound")


def test_a_backup_that_is_cancelled_leaves_nothing(dialog: BackupsDialog, qtbot: QtBot) -> None:
    dialog.back_up_now()
    assert dialog.bar.isVisibleTo(dialog)
    dialog.bar.cancel_button.click()
    wait_said(qtbot, dialog, "Stopped")
    assert dialog.backups == ()
    assert not dialog.bar.isVisibleTo(dialog)
    assert not any(dialog.folder.glob("**/*"))
    dialog.back_up_now()
    wait_said(qtbot, dialog, "was made")


def test_closing_while_a_backup_is_made_stops_it_first(dialog: BackupsDialog, qtbot: QtBot) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.show()
    dialog.back_up_now()
    dialog.reject()
    assert dialog.isVisible()
    wait_said(qtbot, dialog, "Stopped")
    dialog.reject()
    assert not dialog.isVisible()


class Chooser:
    """Answers with one place."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def open_files(self, *_: object) -> tuple[Path, ...]:
        return (self.place,)

    def folder(self, *_: object) -> Path | None:
        return self.place

    def save_file(self, *_: object) -> Path | None:
        return self.place


def test_moving_makes_one_sealed_file_and_asks_for_the_passphrase_twice(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = MoveDialog(desk, chooser=Chooser(tmp_path / "move"))
    qtbot.addWidget(dialog)
    dialog.form.passphrase.setText("four words of it")
    dialog.make_file()
    assert "differ" in dialog.form.said.text()
    dialog.form.repeated.setText("four words of it")
    dialog.make_file()
    wait_said(qtbot, dialog, "step 2")
    assert (tmp_path / "move.zip").exists()
