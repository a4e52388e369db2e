"""Protect this book: the phrase is shown once and checked, the book changes while the window is open."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.protect_dialog import OFF, ON, ProtectDialog
from retainerdesk.services.account_list import load_account_list
from retainerdesk.store.book_store import open_book
from retainerdesk.store.probe import sign_of
from retainerdesk.system.clock import FixedClock
from tests.desktop.conftest import TODAY
from tests.keyrings import MemoryKeyring


@pytest.fixture
def dialog(desk: Desk, window: QWidget, ring: MemoryKeyring) -> ProtectDialog:
    dialog = ProtectDialog(desk, window)
    dialog.open()
    return dialog


def shown_words(dialog: ProtectDialog) -> list[str]:
    found = dialog.form.words.findChildren(QLabel)
    labels = [label.text().split() for label in found if label.text()]
    return [word for _number, word in sorted((int(number), word) for number, word in labels)]


def encrypt(dialog: ProtectDialog, qtbot: QtBot) -> list[str]:
    dialog.form.turn_on.click()
    words = shown_words(dialog)
    dialog.form.written.click()
    for label, field in zip(labels_of(dialog), fields_of(dialog), strict=True):
        field.setText(words[int(label.text().removeprefix("Word &")) - 1])
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        dialog.form.encrypt.click()
    return words


def labels_of(dialog: ProtectDialog) -> tuple[QLabel, QLabel, QLabel]:
    return (dialog.form.first_label, dialog.form.second_label, dialog.form.third_label)


def fields_of(dialog: ProtectDialog) -> tuple:  # type: ignore[type-arg]
    return (dialog.form.first, dialog.form.second, dialog.form.third)


def test_the_window_goes_on_with_the_book_that_was_encrypted(
    dialog: ProtectDialog, desk: Desk, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    before = desk.read(load_account_list, TODAY)
    assert dialog.form.state_heading.text() == OFF
    words = encrypt(dialog, qtbot)
    assert len(words) == 24
    assert dialog.form.state_heading.text() == ON
    assert shown_words(dialog) == []
    assert desk.context.store.is_encrypted
    assert desk.read(load_account_list, TODAY) == before
    assert len(ring.kept) == 1


def test_wrong_words_are_named_and_nothing_is_encrypted(dialog: ProtectDialog, desk: Desk) -> None:
    dialog.form.turn_on.click()
    words = shown_words(dialog)
    dialog.form.written.click()
    numbers = [int(label.text().removeprefix("Word &")) for label in labels_of(dialog)]
    for number, field in zip(numbers, fields_of(dialog), strict=True):
        field.setText(words[number - 1])
    dialog.form.second.setText("zebra" if words[numbers[1] - 1] != "zebra" else "zoo")
    dialog.form.encrypt.click()
    assert dialog.form.check_problem.text().startswith(f"Word {numbers[1]} is not the one")
    assert not desk.context.store.is_encrypted


def test_a_phrase_that_was_not_confirmed_is_never_shown_again(dialog: ProtectDialog) -> None:
    dialog.form.turn_on.click()
    first = shown_words(dialog)
    dialog.form.phrase_cancel.click()
    dialog.form.turn_on.click()
    assert shown_words(dialog) != first


def test_a_new_key_and_turning_off(
    dialog: ProtectDialog, desk: Desk, ring: MemoryKeyring, qtbot: QtBot
) -> None:
    encrypt(dialog, qtbot)
    old = desk.context.store.file.key
    encrypt(dialog, qtbot)
    assert desk.context.store.file.key != old
    assert len(ring.kept) == 2
    dialog.form.turn_off.click()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        dialog.form.decrypt.click()
    assert dialog.form.state_heading.text() == OFF
    assert desk.read(load_account_list, TODAY)


def test_a_book_another_program_reads_is_left_and_that_is_said(
    dialog: ProtectDialog, desk: Desk, qtbot: QtBot
) -> None:
    other = open_book(desk.context.path, FixedClock(TODAY))
    with other.reading() as uow:
        uow.connection.exec_driver_sql("SELECT 1 FROM audit").fetchall()
        dialog.form.turn_on.click()
        words = shown_words(dialog)
        dialog.form.written.click()
        for label, field in zip(labels_of(dialog), fields_of(dialog), strict=True):
            field.setText(words[int(label.text().removeprefix("Word &")) - 1])
        dialog.form.encrypt.click()
        qtbot.waitUntil(dialog.form.check_problem.isVisible, timeout=20_000)
    other.close()
    assert "in use by another program" in dialog.form.check_problem.text()
    assert not desk.context.store.is_encrypted
    desk.close()
    assert sign_of(desk.context.path) is None
