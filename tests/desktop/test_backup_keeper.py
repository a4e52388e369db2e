"""The backup of the day is made by itself, and a folder that is gone is said and no crash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.backup_keeper import BackupKeeper
from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.backups import Reason, backup_folder, list_backups, machine_settings
from retainerdesk.system.content_store import keep_stream
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.machine_settings import MachineSettings, save_settings
from retainerdesk.system.paths import user_paths


@pytest.fixture
def keeper(desk: Desk) -> Iterator[BackupKeeper]:
    made = BackupKeeper(desk)
    yield made
    made.stop()


def test_the_backup_of_the_day_is_made_on_the_operations_thread(
    desk: Desk, keeper: BackupKeeper, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(keeper.made, timeout=30_000):
        keeper.work()
    backups = list_backups(backup_folder(desk.context.path, machine_settings()))
    assert [each.reason for each in backups] == [Reason.DAILY]


def test_files_still_in_clear_beside_an_encrypted_book_are_sealed_meanwhile(
    desk: Desk, keeper: BackupKeeper, qtbot: QtBot
) -> None:
    """As an older program leaves them, or one that was killed."""
    sha256 = hashlib.sha256(b"agreement").hexdigest()
    keep_stream([b"agreement"], KeptFiles(desk.context.folder), sha256)
    desk.context.store.change_key(BookKey(bytes(range(32))))
    with qtbot.waitSignal(keeper.made, timeout=30_000):
        keeper.work()
    assert not (desk.context.folder / sha256).exists()
    assert desk.context.files.content(sha256) == b"agreement"


def test_a_drive_that_is_not_there_is_told_once(
    desk: Desk, keeper: BackupKeeper, qtbot: QtBot, tmp_path: Path
) -> None:
    gone = replace(machine_settings(), backup_folder=str(tmp_path / "gone"))
    save_settings(user_paths().config, gone)
    told: list[str] = []
    keeper.warned.connect(told.append)
    try:
        for _ in range(2):
            with qtbot.waitSignal(desk.runner.finished, timeout=30_000):
                keeper.work()
            qtbot.waitUntil(partial(bool, told), timeout=5_000)
    finally:
        save_settings(user_paths().config, MachineSettings())
    assert len(told) == 1
    assert "Connect the drive" in told[0]
