"""A few letters and Enter reach every action and account."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.command_palette import CommandPalette, PaletteEntry, PaletteModel, ranked
from retainerdesk.desktop.fuzzy import score
from retainerdesk.desktop.theme.theme import Theme

ENTRIES = (
    PaletteEntry("action", "account.log_call", "Log call…", "Ctrl+L", "phone", "meeting"),
    PaletteEntry("action", "billing.issue_invoices", "Issue invoices…"),
    PaletteEntry("action", "view.use_dark", "Dark", words="theme colours"),
    PaletteEntry("account", "acme", "ACME & Söhne <Ltd>", "Account"),
    PaletteEntry("account", "dune", "Dune Records", "Account"),
)


def first(typed: str) -> str:
    return ranked(ENTRIES, typed)[0].key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("log", "account.log_call"),
        ("meeting", "account.log_call"),
        ("ii", "billing.issue_invoices"),
        ("inv", "billing.issue_invoices"),
        ("theme dark", "view.use_dark"),
        ("SOHNE", "acme"),
        ("records dune", "dune"),
    ],
)
def test_the_best_fit_comes_first(typed: str, key: str) -> None:
    assert first(typed) == key


def test_nothing_typed_keeps_the_given_order() -> None:
    assert ranked(ENTRIES, "  ") == ENTRIES


def test_letters_in_another_order_do_not_fit() -> None:
    assert ranked(ENTRIES, "zzz") == ()
    assert score("amce", "acme") is None


def test_a_start_of_a_word_beats_its_middle() -> None:
    assert (score("re", "Dune Records") or 0) > (score("re", "Core") or 0)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot, theme: Theme) -> None:
    model = PaletteModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(ENTRIES)
    model.show(())


def test_arrows_and_enter_choose_and_close(qtbot: QtBot, theme: Theme) -> None:
    palette = CommandPalette()
    qtbot.addWidget(palette)
    palette.offer(ENTRIES)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["action", "billing.issue_invoices"]
    assert not palette.isVisible()


def test_typing_narrows_and_marks_the_best(qtbot: QtBot, theme: Theme) -> None:
    palette = CommandPalette()
    qtbot.addWidget(palette)
    palette.offer(ENTRIES)
    QTest.keyClicks(palette.field, "dune")
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == ["account", "dune"]


def test_enter_on_nothing_found_stays_open(qtbot: QtBot, theme: Theme) -> None:
    palette = CommandPalette()
    qtbot.addWidget(palette)
    palette.offer(ENTRIES)
    QTest.keyClicks(palette.field, "zzz")
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_opening_again_begins_afresh(qtbot: QtBot, theme: Theme) -> None:
    palette = CommandPalette()
    qtbot.addWidget(palette)
    palette.offer(ENTRIES)
    QTest.keyClicks(palette.field, "dune")
    palette.close()
    palette.offer(ENTRIES)
    assert palette.field.text() == ""
    assert palette.list.model().rowCount() == len(ENTRIES)
    palette.close()
