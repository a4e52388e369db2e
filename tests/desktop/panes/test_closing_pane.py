"""Closing in the billing screen, on the sample business: what is over is closed, late work is decided."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.models.closing_model import ClosingColumn
from retainerdesk.desktop.panes.billing.closing_pane import ClosingPane, deed_of
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.domain.late import LateEffect
from retainerdesk.domain.period_close import LateChoice
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.closing import CloseCommand, PeriodRow, close_periods, closing_board
from retainerdesk.services.rows import add_row
from tests.desktop.conftest import TODAY

THROUGH = date(2026, 11, 13)


@pytest.fixture
def closing(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> BillingScreen:
    """The closing page, everything of ACME closed through 13 November, 1 h 30 more on that day."""
    desk.write(close_periods, CloseCommand(THROUGH, "acme"), TODAY)
    late = WorkEntry("acme", "late", THROUGH, 90, "ada", WorkKind.DELIVERY, "advisory", "Workshop <b>")
    desk.write(add_row, late)
    screen.review_closing()
    qtbot.waitUntil(lambda: len(screen.closing.board.waiting) == 1 and not desk.runner.is_busy)
    return screen


def settled(qtbot: QtBot, desk: Desk, pane: ClosingPane) -> None:
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=15_000)
    assert pane.board == desk.read(closing_board, TODAY)


def dialog_of(screen: BillingScreen, kind: str) -> Any:
    return next(each for each in screen._opener.window.children() if type(each).__name__ == kind)


def test_the_tab_counts_the_differences_and_the_side_says_what_each_choice_does(
    closing: BillingScreen, qtmodeltester: ModelTester
) -> None:
    """1 h 30 at 150.00 an hour are 225.00."""
    tabs = closing.form.tabs
    assert tabs.tabText(tabs.indexOf(closing.closing)) == "Closing (1)"
    assert closing.closing.form.summary.text().startswith("1 difference waits, +€225.00 at the plans' prices")
    text = closing.closing_side.text
    assert text.startswith("1 h 30 more work than when it was closed")
    assert "13 Nov: 1 h 30 added" in text
    assert "+€225.00 net on the next invoice; revenue and margin rise by €225.00." in text
    assert "1 h 30 use up hours of the period from 14 Nov first." in text
    qtmodeltester.check(closing.closing.model)  # type: ignore[no-untyped-call]


def test_a_decision_needs_a_reason_and_undo_takes_it_back(
    qtbot: QtBot, desk: Desk, closing: BillingScreen
) -> None:
    pane = closing.closing
    pane.form.deed.click()
    dialog = dialog_of(closing, "LateDialog")
    assert not dialog.form.credit.isVisible()
    dialog.form.carry.setChecked(True)
    dialog.accept()
    assert "why" in dialog.shown_violation
    dialog.form.reason.setText("next month")
    dialog.accept()
    settled(qtbot, desk, pane)
    assert pane.board.waiting == ()
    assert [each.decided.choice for each in pane.board.decided] == [LateChoice.CARRY]
    desk.undo.undo()
    settled(qtbot, desk, pane)
    assert (len(pane.board.waiting), pane.board.decided) == (1, ())


def test_everything_that_ended_is_closed_at_once_and_undo_opens_it_again(
    qtbot: QtBot, desk: Desk, closing: BillingScreen
) -> None:
    pane = closing.closing
    before = len(pane.board.closable)
    pane.form.through.set_day(date(2026, 10, 31))
    with qtbot.waitSignal(pane.told) as told:
        pane.form.close_all.click()
    settled(qtbot, desk, pane)
    closed = before - len(pane.board.closable)
    assert told.args is not None
    assert told.args[0].startswith(f"{closed} periods are closed")
    assert all(row.usage.span.end > date(2026, 10, 31) for row in pane.board.closable)
    desk.undo.undo()
    settled(qtbot, desk, pane)
    assert len(pane.board.closable) == before


def test_only_the_last_closed_period_is_opened_again_and_why(
    qtbot: QtBot, desk: Desk, closing: BillingScreen
) -> None:
    desk.write(close_periods, CloseCommand(date(2026, 10, 31), "fjord"), TODAY)
    pane = closing.closing
    settled(qtbot, desk, pane)
    own = [row for row in pane.board.closed if row.account_id == "fjord"]
    assert {deed_of(row) for row in own[:-1]} == {""}
    pane.form.show_closed.setChecked(True)
    pane._stand_on(own[-1])
    pane.form.deed.click()
    dialog = dialog_of(closing, "ReopenDialog")
    dialog.form.reason.setText("hours were missing")
    dialog.accept()
    settled(qtbot, desk, pane)
    assert own[-1].usage.span in [r.usage.span for r in pane.board.closable if r.account_id == "fjord"]


def test_rows_keep_their_place_and_an_empty_book_says_what_comes_here(
    qtbot: QtBot, empty_desk: Desk, theme: object
) -> None:
    from PySide6.QtWidgets import QWidget

    from retainerdesk.desktop.dialogs.opener import DialogOpener

    window = QWidget()
    qtbot.addWidget(window)
    pane = ClosingPane(empty_desk, DialogOpener(empty_desk, window))
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: not empty_desk.runner.is_busy)
    assert pane.empty.isVisible()
    assert not pane.form.close_all.isEnabled()
    assert deed_of(pane.current) == ""


def test_each_kind_of_row_has_its_deed(closing: BillingScreen) -> None:
    rows = closing.closing.model.rows
    assert [deed_of(row) for row in rows if isinstance(row, LateEffect)] == ["&Decide…"]
    assert {deed_of(row) for row in rows if isinstance(row, PeriodRow)} == {"Close &this"}


def test_a_narrow_window_does_not_squeeze_out_whose_period_it_is(
    qtbot: QtBot, closing: BillingScreen
) -> None:
    closing.resize(1024, 560)
    table = closing.closing.form.table
    qtbot.waitUntil(lambda: table.isColumnHidden(ClosingColumn.OVER))
    assert table.columnWidth(ClosingColumn.ACCOUNT) >= 110
    assert table.horizontalScrollBar().maximum() == 0
