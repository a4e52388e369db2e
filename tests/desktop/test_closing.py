"""What closing the window means, on desktops with a tray, without one, and before anybody has looked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.closing import GOES_ON, QUITS, Closing
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.notifier import Notifier
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.tray import Tray


class Messages:
    """What the desktop was asked to show."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
        monkeypatch.setattr(QSystemTrayIcon, "showMessage", self._show)

    def _show(self, _title: str, text: str, _icon: object) -> None:
        self.texts.append(text)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> MainWindow:
    window = MainWindow(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(window, before_close_func=_let_close)
    window.may_close = False
    window.show()
    return window


def _let_close(window: QWidget) -> None:
    assert isinstance(window, MainWindow)
    window.may_close = True


def closing_of(window: MainWindow, preferences: Preferences, *, is_safe: bool = False) -> Closing:
    """Nothing has started the tray yet, as before the first paint."""
    tray = Tray(window)
    return Closing(window, tray, Notifier(tray, window), preferences, window, is_safe=is_safe)


# Qt says this of every icon of a platform that knows no tray.
@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_a_window_closed_before_the_tray_is_up_goes_on_watching_and_says_so_once(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice for desktops without a tray is kept for such a desktop."""
    messages, preferences = Messages(monkeypatch), Preferences(tmp_path / "config")
    closing = closing_of(window, preferences)
    closing.decide()
    assert not window.isVisible()
    assert messages.texts == [GOES_ON]
    assert preferences.now.is_close_to_tray_told
    assert not preferences.now.is_close_without_tray_told
    closing.decide()
    assert messages.texts == [GOES_ON]


def test_without_a_tray_the_window_says_once_that_closing_quits(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    closing = closing_of(window, Preferences(tmp_path / "config"))
    closing.decide()
    assert (window.isVisible(), window.banners.text) == (True, QUITS)
    with qtbot.waitSignal(closing.quit_asked):
        closing.decide()


def test_a_safe_session_quits_and_uses_up_no_notice(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages, preferences = Messages(monkeypatch), Preferences(tmp_path / "config")
    closing = closing_of(window, preferences, is_safe=True)
    with qtbot.waitSignal(closing.quit_asked):
        closing.decide()
    told = preferences.now
    assert (messages.texts, told.is_close_to_tray_told, told.is_close_without_tray_told) == ([], False, False)
