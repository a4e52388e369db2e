"""The moment after which a start may do what nobody waits for."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.first_paint import FirstPaint


class Painted(QLabel):
    """A part of a window that remembers whether it was painted."""

    times = 0

    def paintEvent(self, event: object) -> None:
        self.times += 1


def test_it_comes_once_after_every_part_of_the_window_was_painted(qtbot: QtBot) -> None:
    window, part = QWidget(), Painted()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(part)
    times_at_the_signal = []
    first = FirstPaint(window)
    first.done.connect(lambda: times_at_the_signal.append(part.times))
    with qtbot.waitSignal(first.done):
        window.show()
    window.repaint()
    qtbot.waitUntil(lambda: part.times >= 2)
    assert times_at_the_signal == [1]


def test_a_window_that_nothing_shows_does_not_wait_for_ever(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitSignal(FirstPaint(window).done):
        pass
