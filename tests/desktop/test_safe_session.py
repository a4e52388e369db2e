"""A safe session leaves out what could make starts fail, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.session import SAFE_START, Session
from retainerdesk.desktop.single_instance import SingleInstance
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.services.context import BookContext
from retainerdesk.services.kept_facts import load_kept_view, refresh_facts
from tests.desktop.conftest import TODAY

PATIENCE_MS = 30_000


def safe_session(context: BookContext, tmp_path: Path) -> tuple[Session, SingleInstance]:
    claim = SingleInstance("key", tmp_path / "run")
    assert claim.claim()
    return Session(context, Preferences(tmp_path / "config"), claim, is_safe=True), claim


def test_a_safe_session_says_what_it_leaves_out_and_leaves_it_out(
    context: BookContext, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    refresh_facts(context.store, TODAY)
    session, claim = safe_session(context, tmp_path)
    session.start()
    qtbot.waitUntil(lambda: session.window.banners.text == SAFE_START, timeout=PATIENCE_MS)
    assert not session.tray.is_available
    assert "Not watching" in session.window.status.watching.full_text
    assert session.window.screens.current
    assert session.desk.read(load_kept_view, "acme", TODAY) is None
    session.end(0)
    claim.release()
    QTimer.singleShot(0, QApplication.exit)
    QApplication.exec()


@pytest.mark.slow
def test_a_start_is_good_ten_seconds_after_its_first_paint(
    context: BookContext, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    session, claim = safe_session(context, tmp_path)
    with qtbot.waitSignal(session.settled, timeout=PATIENCE_MS):
        session.start()
    session.end(0)
    claim.release()
    QTimer.singleShot(0, QApplication.exit)
    QApplication.exec()
