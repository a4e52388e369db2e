"""The backup of the day is made by itself, and a folder that is gone is said and no crash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.backup_keeper import BackupKeeper, _back_up
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.operation_runner import Progress
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.stopping import Stopped
from retainerdesk.services.backups import Reason, backup_folder, list_backups, machine_settings
from retainerdesk.services.kept_forms import Settler
from retainerdesk.system.content_store import keep_stream
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.machine_settings import MachineSettings, save_settings
from retainerdesk.system.paths import user_paths
from tests.keyrings import MemoryKeyring, using


class Counting(MemoryKeyring):
    """A keyring that notes what it was asked for."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append(username)
        return super().get_password(service, username)


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


def _work_and_hear(desk: Desk, keeper: BackupKeeper, qtbot: QtBot, told: list[str], *, times: int) -> None:
    for _ in range(times):
        with qtbot.waitSignal(desk.runner.finished, timeout=30_000):
            keeper.work()
        qtbot.waitUntil(partial(bool, told), timeout=5_000)


def test_files_of_another_key_are_told_once_and_the_keyring_is_asked_once(
    desk: Desk, keeper: BackupKeeper, qtbot: QtBot
) -> None:
    ring = Counting()
    stranger = BookKey(bytes(range(1, 33)))
    sha256 = hashlib.sha256(b"agreement").hexdigest()
    keep_stream([b"agreement"], KeptFiles(desk.context.folder, stranger), sha256)
    told: list[str] = []
    keeper.warned.connect(told.append)
    with using(ring):
        _work_and_hear(desk, keeper, qtbot, told, times=3)
    assert [each.partition(":")[0] for each in told] == [
        "One file kept with the book could not be brought into its form (in clear)"
    ]
    assert ring.asked == [f"book key {stranger.sign.hex()}"]


def test_a_warning_mutes_no_other_one(keeper: BackupKeeper) -> None:
    told: list[str] = []
    keeper.warned.connect(told.append)
    for warnings in (("one",), ("one",), ("one", "two"), ("two",)):
        keeper._note((False, warnings))
    assert told == ["one", "two"]


def test_a_backup_that_is_stopped_is_nobodys_fault_and_changes_nothing(
    desk: Desk, keeper: BackupKeeper
) -> None:
    sha256 = hashlib.sha256(b"agreement").hexdigest()
    keep_stream([b"agreement"], KeptFiles(desk.context.folder), sha256)
    desk.context.store.change_key(BookKey(bytes(range(32))))
    told: list[str] = []
    keeper.warned.connect(told.append)
    progress = Progress(lambda _done, _total: None)
    progress.cancel()
    with pytest.raises(Stopped) as stopped:
        _back_up(desk.context, Settler(), progress)
    keeper._fail(stopped.value)
    assert told == []
    assert (desk.context.folder / sha256).exists()


def test_a_drive_that_is_not_there_is_told_once(
    desk: Desk, keeper: BackupKeeper, qtbot: QtBot, tmp_path: Path
) -> None:
    gone = replace(machine_settings(), backup_folder=str(tmp_path / "gone"))
    save_settings(user_paths().config, gone)
    told: list[str] = []
    keeper.warned.connect(told.append)
    try:
        _work_and_hear(desk, keeper, qtbot, told, times=2)
    finally:
        save_settings(user_paths().config, MachineSettings())
    assert len(told) == 1
    assert "Connect the drive" in told[0]
