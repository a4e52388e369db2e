"""Restoring an encrypted backup: at once with the key of the book on screen, else with its own phrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.controllers.file_actions import FileActions
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.recovery_phrase import phrase_of
from retainerdesk.services.upkeep import backup_book
from retainerdesk.store.probe import sign_of
from tests.desktop.dialogs.conftest import PreparedChooser

KEY, OTHER = BookKey(bytes(range(32))), BookKey(bytes(range(1, 33)))


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def files(desk: Desk, window: QWidget, tmp_path: Path) -> Iterator[FileActions]:
    """A backup with KEY waits to be restored to another place."""
    desk.context.store.change_key(KEY)
    backup_book(desk.context.store, tmp_path / "copy")
    chooser = PreparedChooser()
    chooser.files, chooser.place = (tmp_path / "copy",), tmp_path / "restored"
    opener = DialogOpener(desk, window)
    yield FileActions(desk, lambda: opener, window, chooser)
    for box in window.findChildren(QMessageBox):
        box.close()


def test_a_backup_with_the_key_on_screen_needs_no_question(
    files: FileActions, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(files.told, timeout=20_000):
        files.restore()
    assert sign_of(tmp_path / "restored") == KEY.sign


def test_a_backup_with_an_older_key_asks_for_the_phrase_of_its_time(
    files: FileActions, desk: Desk, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.context.store.change_key(OTHER)
    files.restore()
    qtbot.waitUntil(lambda: bool(window.findChildren(UnlockDialog)), timeout=20_000)
    (dialog,) = window.findChildren(UnlockDialog)
    dialog.form.phrase.setPlainText(" ".join(phrase_of(OTHER)))
    dialog.form.open.click()
    qtbot.waitUntil(lambda: "not the one of this book" in dialog.form.problem.text(), timeout=20_000)
    assert not (tmp_path / "restored").exists()
    dialog.form.phrase.setPlainText(" ".join(phrase_of(KEY)))
    with qtbot.waitSignal(files.told, timeout=20_000):
        dialog.form.open.click()
    assert sign_of(tmp_path / "restored") == KEY.sign
    assert sign_of(desk.context.path) == OTHER.sign
