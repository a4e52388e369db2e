"""The overage inbox: one period of the sample waits, 3 h 30 of ACME's advisory."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.formatting import number, percent
from retainerdesk.desktop.models.overage_model import OverageColumn
from retainerdesk.desktop.panes.billing.effect_words import instead_words
from retainerdesk.desktop.panes.billing.overage_pane import decision_words
from retainerdesk.desktop.panes.billing.overage_table import decision_boxes
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.domain.block import Block
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.services.blocks import add_block
from retainerdesk.services.overage import list_overage
from retainerdesk.services.overage_effects import overage_effects
from tests.desktop.conftest import TODAY


@pytest.fixture
def inbox(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> BillingScreen:
    """The billing screen with the overage in view."""
    screen.review_overage()
    qtbot.waitUntil(lambda: bool(screen.overage.model.rows) and not desk.runner.is_busy, timeout=15_000)
    return screen


def decision(desk: Desk) -> OverageDecision:
    rows = desk.read(list_overage, TODAY, "acme", undecided_only=False)
    return rows[-1].decision


def test_the_tab_counts_what_waits(inbox: BillingScreen, qtmodeltester: ModelTester) -> None:
    tabs = inbox.form.tabs
    assert tabs.tabText(tabs.indexOf(inbox.form.overage_tab)) == "Overage (1)"
    assert inbox.form.overage_sum.text() == "1 period waits for a decision, €525.00 at the plan's price"
    qtmodeltester.check(inbox.overage.model)  # type: ignore[no-untyped-call]


def test_the_row_explains_itself_and_each_decision(inbox: BillingScreen) -> None:
    """23 h 30 worked, 20 h in lots: 3 h 30 × 150.00 = 525.00."""
    text = inbox.overage_side.text
    assert text.startswith("Why 3 h 30 over?")
    assert "23 h 30 in 26 entries" in text
    assert "3 h 30 × €150.00 an hour = €525.00, rounded once" in text
    assert "€525.00 net on the next invoice" in text
    assert "no prepaid block holds it" in text


def test_each_decision_says_what_it_makes_of_the_margin(desk: Desk) -> None:
    """November so far: to absorb 525.00 leaves less of it than to bill them; to carry costs as much now."""
    row = desk.read(list_overage, TODAY, "acme")[0]
    effects = {
        each.decision: each for each in desk.read(overage_effects, "acme", row.retainer_id, row.span, TODAY)
    }
    billed, absorbed = effects[OverageDecision.BILL].percent, effects[OverageDecision.ABSORB].percent
    assert billed is not None
    assert absorbed is not None
    assert billed > absorbed
    assert effects[OverageDecision.CARRY].percent == absorbed
    assert not effects[OverageDecision.OFFSET].is_possible
    words = dict(decision_words(row, tuple(effects.values())))
    instead = instead_words(tuple(effects.values()))
    assert instead.startswith("absorb it: margin of November 2026 ")
    assert "offset" not in instead
    assert f"{number(billed, 1)} → {percent(absorbed, 1)}" in words["Absorb"]


def test_a_key_offsets_what_a_block_holds(qtbot: QtBot, desk: Desk, inbox: BillingScreen) -> None:
    gift = Block("acme", "gift", TODAY, "Gift", UsageUnit.MINUTES, 600, Money(0, "EUR"), "advisory")
    desk.write(add_block, gift)
    QTest.keyClick(inbox.overage.table, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.OFFSET
    desk.undo.undo()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.ASK


def test_a_key_bills_and_undo_asks_again(qtbot: QtBot, desk: Desk, inbox: BillingScreen) -> None:
    QTest.keyClick(inbox.overage.table, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.BILL
    assert inbox.overage.empty.isVisible()
    desk.undo.undo()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.ASK
    assert not inbox.overage.empty.isVisible()


def test_the_mouse_carries_on(qtbot: QtBot, desk: Desk, inbox: BillingScreen) -> None:
    table = inbox.overage.table
    cell = table.visualRect(inbox.overage.model.index(0, OverageColumn.DECISION))
    place = decision_boxes(cell)[OverageDecision.CARRY].center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.CARRY


def test_absorbing_asks_why(qtbot: QtBot, desk: Desk, inbox: BillingScreen) -> None:
    QTest.keyClick(inbox.overage.table, Qt.Key.Key_A)
    window = inbox._opener.window
    dialog: Any = next(each for each in window.children() if type(each).__name__ == "OverageDialog")
    assert dialog.form.absorb.isChecked()
    dialog.accept()
    assert "why" in dialog.shown_violation
    dialog.form.reason.setText("goodwill for the launch")
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert decision(desk) is OverageDecision.ABSORB


def test_what_is_decided_is_shown_below_on_demand(inbox: BillingScreen) -> None:
    assert len(inbox.overage.model.rows) == 1
    inbox.form.show_decided.setChecked(True)
    rows = list(inbox.overage.model.rows)
    assert len(rows) == len(inbox.overage.all_rows)
    assert [row.is_open for row in rows[:2]] == [True, False]
    spans = [row.span for row in rows[1:]]
    assert spans == sorted(spans, reverse=True)


def test_a_narrow_window_leaves_the_name_and_the_choices_whole(qtbot: QtBot, inbox: BillingScreen) -> None:
    """1024 pixels, the width of a small laptop: nothing has to be scrolled sideways."""
    inbox.resize(1024, 560)
    table = inbox.overage.table
    qtbot.waitUntil(lambda: table.isColumnHidden(OverageColumn.OVER))
    assert table.columnWidth(OverageColumn.WHOSE) >= 120
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    inbox.resize(1400, 820)
    qtbot.waitUntil(lambda: not table.isColumnHidden(OverageColumn.OVER))
