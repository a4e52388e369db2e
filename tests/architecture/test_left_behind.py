"""The watch that every test runs under sees what it is there to see."""

import threading

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.left_behind import Watch


def watching() -> Watch:
    watch = Watch()
    watch.begin()
    return watch


def test_a_test_that_leaves_nothing_is_not_blamed(qtbot: QtBot) -> None:
    watch = watching()
    timer = QTimer()
    timer.start(1000)
    timer.stop()
    window = QWidget()
    window.show()
    window.close()
    window.deleteLater()
    assert watch.complaints() == []


def test_a_ticking_timer_is_found_with_the_line_that_started_it(qtbot: QtBot) -> None:
    watch = watching()
    timer = QTimer()
    timer.start(1000)
    [complaint] = watch.complaints()
    assert "timer" in complaint
    assert __file__ in complaint
    assert not timer.isActive()


def test_a_running_qt_thread_is_found(qtbot: QtBot) -> None:
    watch = watching()
    thread = QThread()
    thread.start()
    [complaint] = watch.complaints()
    assert "Qt thread" in complaint
    assert thread.isFinished()


def test_a_running_thread_is_found() -> None:
    watch = watching()
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, name="forgotten")
    thread.start()
    try:
        assert watch.complaints() == ["the thread forgotten is still running"]
    finally:
        may_end.set()
        thread.join()


def test_a_window_left_open_is_found_by_its_name(qtbot: QtBot) -> None:
    watch = watching()
    window = QWidget()
    window.setObjectName("forgotten_window")
    window.show()
    assert watch.complaints() == ["the window QWidget 'forgotten_window' is still there"]


def test_a_window_that_was_there_before_is_not_blamed_on_the_test(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert watching().complaints() == []
