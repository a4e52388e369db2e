"""Widgets are tested in the look they ship with."""

import pytest
from PySide6.QtWidgets import QApplication

from retainerdesk.desktop.theme.theme import Theme, apply_theme


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light")
