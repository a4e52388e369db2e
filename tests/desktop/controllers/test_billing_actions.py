"""The Billing menu brings the right page into view and opens what it names, from anywhere in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.desktop.preferences import Preferences


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(desk, Preferences(tmp_path / "preferences"))
    qtbot.addWidget(window)
    window.show()
    yield window
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=15_000)


def billing(window: MainWindow) -> BillingScreen:
    screen = window.screens.screen("billing")
    assert isinstance(screen, BillingScreen)
    return screen


@pytest.mark.parametrize(
    ("action", "page"),
    [
        ("billing.issue_invoices", "due_tab"),
        ("billing.show_register", "issued_tab"),
        ("billing.decide_overage", "overage_tab"),
        ("billing.export_register", "issued_tab"),
    ],
)
def test_an_action_shows_its_page(window: MainWindow, action: str, page: str) -> None:
    window.show_place("today")
    window.act(action)
    screen = billing(window)
    assert screen.isVisible()
    assert screen.form.tabs.currentWidget().objectName() == page


def test_a_correction_begins_with_the_document_chosen_in_the_register(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    window.act("billing.show_register")
    screen = billing(window)
    qtbot.waitUntil(lambda: bool(screen.register.model.rows), timeout=15_000)
    screen.register.go_to("2026-0067")
    window.act("billing.write_off_invoice")
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert dialog.windowTitle() == "Write off 2026-0067"
    dialog.reject()


def test_without_a_chosen_document_it_says_what_to_do(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.act("billing.show_register")
    screen = billing(window)
    qtbot.waitUntil(lambda: bool(screen.register.model.rows) and not desk.runner.is_busy, timeout=15_000)
    screen.form.register_view.clearSelection()
    window.act("billing.void_document")
    box = next(each for each in window.findChildren(QMessageBox) if each.isVisible())
    assert box.text() == "Choose one document in the register, then correct it."
    box.reject()
