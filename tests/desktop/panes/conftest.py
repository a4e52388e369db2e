"""The billing screen on the sample business, for all tests of its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from tests.desktop.dialogs.conftest import PreparedChooser


@pytest.fixture
def chooser() -> PreparedChooser:
    return PreparedChooser()


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, chooser: PreparedChooser) -> Iterator[BillingScreen]:
    window = QWidget()
    qtbot.addWidget(window)
    screen = BillingScreen(desk, DialogOpener(desk, window, chooser))
    qtbot.addWidget(screen)
    desk.bus.changed.connect(screen.refresh)
    screen.resize(1400, 820)
    screen.show()
    qtbot.waitUntil(lambda: bool(screen.run_pane.model.rows) and not desk.runner.is_busy, timeout=20_000)
    yield screen
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=10_000)
