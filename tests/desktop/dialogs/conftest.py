"""A window, an opener on the sample business, and somebody who answers for files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener


class PreparedChooser:
    """Answers every question for files with what the test prepared."""

    def __init__(self) -> None:
        self.files: tuple[Path, ...] = ()
        self.place: Path | None = None

    def open_files(self, parent: QWidget, title: str, kinds: str) -> tuple[Path, ...]:
        return self.files

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.place

    def save_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        return self.place


@pytest.fixture
def chooser() -> PreparedChooser:
    return PreparedChooser()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def opener(desk: Desk, window: QWidget, chooser: PreparedChooser) -> DialogOpener:
    return DialogOpener(desk, window, chooser)
