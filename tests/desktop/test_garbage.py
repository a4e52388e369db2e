"""Garbage that other threads make is collected in the thread of the window, and nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.garbage import GarbageKeeper
from retainerdesk.desktop.operation_runner import OperationRunner, Progress

CYCLES = 20_000


class Witness:
    """A cycle that notes in which thread it is destroyed."""

    threads: set[threading.Thread] = set()  # noqa: RUF012 - shared on purpose
    count = 0

    def __init__(self) -> None:
        self.own = self

    def __del__(self) -> None:
        Witness.threads.add(threading.current_thread())
        Witness.count += 1


class Listener(QObject):
    """Takes results."""

    def __init__(self) -> None:
        super().__init__()
        self.is_told = False

    def take(self, _value: object) -> None:
        self.is_told = True


@pytest.fixture
def keeper(qtbot: QtBot) -> Iterator[GarbageKeeper]:
    Witness.threads, Witness.count = set(), 0
    keeper = GarbageKeeper()
    keeper.start()
    yield keeper
    keeper.stop()
    assert gc.isenabled()


def make_garbage(_progress: Progress) -> None:
    for _ in range(CYCLES):
        Witness()


def test_what_the_operations_thread_leaves_is_collected_by_the_thread_of_the_window(
    keeper: GarbageKeeper, qtbot: QtBot
) -> None:
    runner, listener = OperationRunner(), Listener()
    runner.run(make_garbage, listener.take, listener.take, "waste")
    qtbot.waitUntil(lambda: listener.is_told)
    keeper.collect()
    qtbot.waitUntil(lambda: Witness.count == CYCLES, timeout=30_000)
    assert Witness.threads == {threading.main_thread()}
    assert runner.stop()


@pytest.mark.usefixtures("python_collects")
def test_without_a_keeper_the_operations_thread_would_collect_it_itself(qtbot: QtBot) -> None:
    """The control: this is what Python does by itself."""
    Witness.threads, Witness.count = set(), 0
    runner, listener = OperationRunner(), Listener()
    runner.run(make_garbage, listener.take, listener.take, "waste")
    qtbot.waitUntil(lambda: listener.is_told)
    assert Witness.threads - {threading.main_thread()}
    assert runner.stop()
    gc.collect()
