"""Today on the sample business: groups, deeds, snooze."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.panes.due_row import DueRow
from retainerdesk.desktop.panes.today_pane import TodayPane
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.services.due import find_due
from retainerdesk.services.summaries import DueReport


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> TodayPane:
    pane = TodayPane(desk)
    qtbot.addWidget(pane)
    desk.bus.changed.connect(pane.refresh)
    pane.resize(1100, 700)
    pane.show()
    return pane


def _rows(pane: TodayPane) -> list[DueRow]:
    return [row for section in pane.sections for row in section.rows]


def _row(pane: TodayPane, kind: DueKind) -> DueRow:
    return next(row for row in _rows(pane) if row.line.kind is kind)


def test_everything_due_has_a_row(pane: TodayPane, desk: Desk) -> None:
    report = desk.read(find_due, desk.today())
    assert {row.line.key for row in _rows(pane)} == {item.key for item in report.items}
    assert pane.summary.full_text.startswith(f"22 Nov 2026 · {len(report.items)} things need you")


def test_each_deed_names_the_account_it_is_about(qtbot: QtBot, pane: TodayPane) -> None:
    deeds = (
        (DueKind.INVOICE_OVERDUE, pane.payment_wanted),
        (DueKind.INVOICE_TO_ISSUE, pane.issue_wanted),
        (DueKind.QUIET, pane.call_wanted),
    )
    for kind, signal in deeds:
        row = _row(pane, kind)
        with qtbot.waitSignal(signal, timeout=1000) as told:
            row.deed.click()
        assert told.args == [row.line.account_id]


def test_an_overage_is_decided_for_its_period(qtbot: QtBot, pane: TodayPane) -> None:
    row = _row(pane, DueKind.OVERAGE_TO_DECIDE)
    with qtbot.waitSignal(pane.overage_wanted, timeout=1000) as told:
        row.deed.click()
    account_id, retainer_id, period_on = told.args
    assert row.line.key == f"overage_to_decide/{account_id}/{retainer_id}/{period_on}"


def test_an_action_is_done_from_here_and_comes_back_with_undo(pane: TodayPane, desk: Desk) -> None:
    key = _row(pane, DueKind.ACTION_DUE).line.key
    _row(pane, DueKind.ACTION_DUE).deed.click()
    assert key not in [row.line.key for row in _rows(pane)]
    desk.undo.undo()
    assert key in [row.line.key for row in _rows(pane)]


def test_a_snoozed_item_rests_and_wakes_with_undo(pane: TodayPane, desk: Desk) -> None:
    row = _row(pane, DueKind.QUIET)
    key = row.line.key
    row.snoozed.emit(row.line, 7)
    assert key not in [each.line.key for each in _rows(pane)]
    later = desk.read(find_due, desk.today() + timedelta(days=7))
    assert key in [item.key for item in later.items]
    desk.undo.undo()
    assert key in [each.line.key for each in _rows(pane)]


def test_snooze_until_a_day_asks_for_it(qtbot: QtBot, pane: TodayPane) -> None:
    row = _row(pane, DueKind.QUIET)
    with qtbot.waitSignal(pane.snooze_wanted, timeout=1000) as told:
        row.snooze_menu().actions()[2].trigger()
    assert told.args[0] == row.line.key


def test_the_arrow_of_something_overdue_leads_to_what_the_account_owes(qtbot: QtBot, pane: TodayPane) -> None:
    row = _row(pane, DueKind.INVOICE_OVERDUE)
    with qtbot.waitSignal(pane.owed_wanted, timeout=1000) as told:
        row.go.click()
    assert told.args == [row.line.account_id]
    assert row.go.toolTip() == "Show what is owed"


def test_the_arrow_leads_to_the_account(qtbot: QtBot, pane: TodayPane) -> None:
    row = _row(pane, DueKind.QUIET)
    with qtbot.waitSignal(pane.account_wanted, timeout=1000) as told:
        row.go.click()
    assert told.args == [row.line.account_id]


def test_nothing_due_is_good_news(pane: TodayPane, desk: Desk) -> None:
    pane.show_report(DueReport(desk.today(), ()))
    assert pane.nothing.isVisible()
    assert pane.issue_all.isHidden()
    assert pane.summary.full_text == "22 Nov 2026 · Nothing needs you today"


def test_a_long_group_shows_its_first_rows_until_asked(pane: TodayPane, desk: Desk) -> None:
    today = desk.today()
    items = tuple(
        DueItem(f"quiet/a{at}/x", DueKind.QUIET, f"a{at}", f"Account {at}", today, "quiet")
        for at in range(40)
    )
    pane.show_report(DueReport(today, items))
    assert len(_rows(pane)) == 12
    pane.sections[0].all_wanted.emit("people")
    assert len(_rows(pane)) == 40
