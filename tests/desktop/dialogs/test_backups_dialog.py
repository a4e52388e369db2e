"""The list of backups in the window: made, looked into, pinned, checked, restored over the open book."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.backups_dialog import BackupsDialog
from retainerdesk.desktop.dialogs.move_dialog import MoveDialog
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.backups import Reason
from retainerdesk.services.rows import add_row
from retainerdesk.store.queries.inside import inside
from tests.desktop.conftest import TODAY


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
