"""Check the book in the window: outcomes part by part, what is wrong in words, repair after a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from retainerdesk.desktop.book_watch import BookWatch
from retainerdesk.desktop.controllers.integrity_actions import IntegrityActions
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.check_dialog import SOUND, STOPPED, CheckDialog
from retainerdesk.services.integrity import is_check_due, last_sound_on
from tests.desktop.conftest import TODAY, open_context

PATIENCE_MS = 60_000


@pytest.fixture
def spoiled_desk(sample_path: Path) -> Iterator[Desk]:
    """The sample business, in which another tool has given ACME another name."""
    with closing(dbapi2.connect(str(sample_path), isolation_level=None)) as connection:
        connection.execute("UPDATE accounts SET name = '<b>Other</b>' WHERE id = 'acme'")
    desk = Desk(open_context(sample_path))
    yield desk
    desk.close()


def checked(desk: Desk, window: QWidget, qtbot: QtBot) -> CheckDialog:
    dialog = CheckDialog(desk, window)
    dialog.open()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        dialog.start()
    return dialog


def parts(dialog: CheckDialog) -> list[str]:
    view = dialog.form.parts
    return [view.item(row).text() for row in range(view.count())]


def test_a_sound_book_is_in_order_in_every_part(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    dialog = checked(desk, window, qtbot)
    assert dialog.form.heading.text() == SOUND
    assert len(parts(dialog)) == 7
    assert all(text.endswith(": in order") for text in parts(dialog))
    assert not dialog.form.findings.isVisible()
    assert not dialog.form.repair.isVisible()
    dialog.close()


def test_what_is_wrong_is_named_and_repair_says_where_the_copy_is(
    spoiled_desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    dialog = checked(spoiled_desk, window, qtbot)
    assert dialog.form.heading.text() == "1 thing is wrong"
    assert dialog.form.findings.toPlainText().startswith("account acme (name) was changed")
    assert parts(dialog)[3].endswith(": 1 found")
    assert parts(dialog)[6].endswith("not sound")
    assert "Restore the newest good backup" in dialog.form.advice.text()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        dialog.form.repair.click()
    assert "before-repair-1" in dialog.form.advice.text()
    assert spoiled_desk.context.path.with_name("book.retainerdesk.before-repair-1").exists()
    dialog.close()


def test_a_check_can_be_stopped_and_done_again(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    dialog = CheckDialog(desk, window)
    dialog.open()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        dialog.start()
        dialog.form.stop.click()
    assert dialog.form.heading.text() == STOPPED
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        dialog.form.again.click()
    assert dialog.form.heading.text() == SOUND
    dialog.close()


def test_closing_stops_the_check_and_nothing_arrives_later(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    dialog = CheckDialog(desk, window)
    dialog.open()
    dialog.start()
    with qtbot.assertNotEmitted(dialog.checked), qtbot.waitSignal(desk.runner.finished, timeout=PATIENCE_MS):
        dialog.close()


def test_somebody_who_wants_a_backup_instead_is_led_there(
    spoiled_desk: Desk, window: QWidget, qtbot: QtBot
) -> None:
    actions = IntegrityActions(spoiled_desk, window)
    dialog = actions.check()
    with qtbot.waitSignal(dialog.checked, timeout=PATIENCE_MS):
        pass
    with qtbot.waitSignal(actions.restore_asked):
        dialog.form.restore.click()


def test_by_itself_a_sound_book_is_checked_once_a_week_and_nothing_is_said(desk: Desk, qtbot: QtBot) -> None:
    watch = BookWatch(desk)
    with qtbot.assertNotEmitted(watch.found), qtbot.waitSignal(watch.finished, timeout=PATIENCE_MS):
        watch.start(0)
    assert desk.read(last_sound_on) == TODAY
    assert not desk.read(is_check_due, TODAY)


def test_by_itself_a_damaged_book_is_told_of_and_remembered_as_not_checked(
    spoiled_desk: Desk, qtbot: QtBot
) -> None:
    watch = BookWatch(spoiled_desk)
    with qtbot.waitSignal(watch.found, timeout=PATIENCE_MS) as told:
        watch.start(0)
    assert told.args is not None
    sentence, count = told.args
    assert sentence.startswith("account acme (name) was changed")
    assert count == 1
    assert spoiled_desk.read(last_sound_on) is None
    watch.stop()
