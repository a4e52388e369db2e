"""Long work runs on one other thread; its results arrive in the GUI thread or nowhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.operation_runner import OperationRunner, Progress
from retainerdesk.domain.errors import RuleViolation


class Listener(QObject):
    """Takes results, and notes in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: set[threading.Thread] = set()

    def done(self, value: object) -> None:
        self.threads.add(threading.current_thread())
        self.values.append(value)

    def failed(self, error: BaseException) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[OperationRunner]:
    runner = OperationRunner()
    yield runner
    assert runner.stop()


def test_a_result_arrives_in_the_gui_thread_from_another(runner: OperationRunner, qtbot: QtBot) -> None:
    listener = Listener()
    runner.run(lambda _progress: threading.current_thread(), listener.done, listener.failed, "look")
    qtbot.waitUntil(lambda: bool(listener.values))
    assert listener.values[0] is not threading.current_thread()
    assert listener.threads == {threading.current_thread()}


def test_an_error_of_any_kind_arrives(runner: OperationRunner, qtbot: QtBot) -> None:
    listener = Listener()

    def refuse(_progress: Progress) -> None:
        raise RuleViolation("x", "no")

    def stumble(_progress: Progress) -> None:
        raise ZeroDivisionError

    runner.run(refuse, listener.done, listener.failed, "a")
    runner.run(stumble, listener.done, listener.failed, "b")
    qtbot.waitUntil(lambda: len(listener.errors) == 2)
    assert [type(error) for error in listener.errors] == [RuleViolation, ZeroDivisionError]
    assert listener.threads == {threading.current_thread()}


def test_operations_run_one_after_the_other_in_order(runner: OperationRunner, qtbot: QtBot) -> None:
    listener, running, most = Listener(), [0], [0]

    def count(_progress: Progress) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        running[0] -= 1
        return threading.get_ident()

    for _ in range(20):
        runner.run(count, listener.done, listener.failed, "count")
    qtbot.waitUntil(lambda: len(listener.values) == 20)
    assert most == [1]
    assert len(set(listener.values)) == 1


def test_progress_is_told_in_the_gui_thread_and_cancelling_is_heard(
    runner: OperationRunner, qtbot: QtBot
) -> None:
    listener, steps = Listener(), []
    runner.progressed.connect(lambda done, total: steps.append((done, total)))

    def endless(progress: Progress) -> int:
        done = 0
        while progress.step(done, 10**9):
            done += 1
        return done

    runner.run(endless, listener.done, listener.failed, "endless")
    qtbot.waitUntil(lambda: bool(steps))
    assert runner.is_busy
    runner.cancel()
    qtbot.waitUntil(lambda: bool(listener.values))
    assert not runner.is_busy


def test_a_dropped_result_reaches_nobody(runner: OperationRunner, qtbot: QtBot) -> None:
    listener = Listener()
    operation = runner.run(lambda _progress: 1, listener.done, listener.failed, "late")
    operation.drop()
    with qtbot.waitSignal(runner.finished):
        pass
    assert listener.values == []


def test_a_result_for_a_window_that_is_gone_is_dropped(runner: OperationRunner, qtbot: QtBot) -> None:
    listener, go = Listener(), threading.Event()
    runner.run(lambda _progress: go.wait(5), listener.done, listener.failed, "late")
    del listener
    with qtbot.waitSignal(runner.finished):
        go.set()


def test_results_for_anything_but_a_method_of_a_qobject_are_refused(runner: OperationRunner) -> None:
    with pytest.raises(TypeError, match="bound methods"):
        runner.run(lambda _progress: 1, print, print, "x")


def test_stopping_cancels_what_runs_and_what_waits(qtbot: QtBot) -> None:
    runner, listener, started = OperationRunner(), Listener(), threading.Event()

    def endless(progress: Progress) -> None:
        started.set()
        while progress.step(0, 0):
            pass

    runner.run(endless, listener.done, listener.failed, "runs")
    runner.run(lambda _progress: 1, listener.done, listener.failed, "waits")
    assert started.wait(5)
    assert runner.stop()
    assert (listener.values, listener.errors) == ([], [])
    with pytest.raises(RuntimeError, match="closed"):
        runner.run(lambda _progress: 1, listener.done, listener.failed, "after")


def test_stopping_does_not_wait_for_work_that_hears_nothing(qtbot: QtBot) -> None:
    runner, listener, go = OperationRunner(), Listener(), threading.Event()
    runner.run(lambda _progress: go.wait(10), listener.done, listener.failed, "deaf")
    assert runner.stop(0.05) is False
    go.set()
    assert runner.stop(5)
