"""The billing screen with the sample business: choices by key and mouse, one issue for a double click."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.models.run_model import RunColumn
from retainerdesk.desktop.models.run_rows import AccountRow, ChargeRow, Choice
from retainerdesk.desktop.panes.billing.run_delegate import segment_boxes
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.services.accounts import change_account, get_account
from retainerdesk.services.invoices import list_invoices
from retainerdesk.services.retainers import get_retainer
from retainerdesk.services.tax_rates import TaxHint
from tests.desktop.conftest import TODAY
from tests.desktop.dialogs.conftest import PreparedChooser


def place_of(screen: BillingScreen, account_id: str) -> int:
    """Where the first charge of an account stands."""
    rows = screen.run_pane.model.rows
    return next(
        i
        for i, row in enumerate(rows)
        if isinstance(row, ChargeRow) and row.charge.key.account_id == account_id
    )


def choice_of(screen: BillingScreen, account_id: str) -> Choice:
    row = screen.run_pane.model.rows[place_of(screen, account_id)]
    assert isinstance(row, ChargeRow)
    return row.choice


def press_segment(screen: BillingScreen, account_id: str, choice: Choice) -> None:
    table = screen.run_pane.table
    index = screen.run_pane.model.index(place_of(screen, account_id), RunColumn.CHOICE)
    table.scrollTo(index)
    box = dict(segment_boxes(table.visualRect(index)))[choice]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def open_dialog(screen: BillingScreen, kind: str) -> Any:
    window = screen._opener.window
    return next(each for each in window.children() if type(each).__name__ == kind)


def issued_numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.read(list_invoices, TODAY)]


def test_the_screen_says_what_is_due_and_what_would_be_issued(screen: BillingScreen) -> None:
    """Five accounts: 3,000.00 + 1,912.50 + 4,258.90 + 1,200.00 + 900.00 = 11,271.40."""
    assert screen.form.subtitle.text().endswith("7 charges for 5 accounts are due and not invoiced")
    assert screen.form.sum.text() == (
        "5 invoices, €11,271.40 net · numbers 2026-0073 to 2026-0077 · nothing is sent by itself"
    )
    assert screen.form.issue.text() == "&Issue 5 invoices"


def test_keys_choose_for_the_selected_charges(screen: BillingScreen) -> None:
    table = screen.run_pane.table
    table.selectRow(place_of(screen, "acme"))
    QTest.keyClick(table, Qt.Key.Key_L)
    assert choice_of(screen, "acme") is Choice.LATER
    assert screen.form.issue.text() == "&Issue 4 invoices"
    QTest.keyClick(table, Qt.Key.Key_C)
    assert choice_of(screen, "acme") is Choice.CREATE


def test_the_row_of_an_account_chooses_for_all_its_charges(screen: BillingScreen) -> None:
    rows = screen.run_pane.model.rows
    place = next(
        i for i, row in enumerate(rows) if isinstance(row, AccountRow) and row.account_id == "borealis"
    )
    screen.run_pane.table.selectRow(place)
    QTest.keyClick(screen.run_pane.table, Qt.Key.Key_L)
    chosen = {
        row.choice
        for row in screen.run_pane.model.rows
        if isinstance(row, ChargeRow) and row.charge.key.account_id == "borealis"
    }
    assert chosen == {Choice.LATER}


def test_the_mouse_chooses_on_the_row_itself(screen: BillingScreen) -> None:
    press_segment(screen, "acme", Choice.LATER)
    assert choice_of(screen, "acme") is Choice.LATER
    assert choice_of(screen, "borealis") is Choice.CREATE
    press_segment(screen, "acme", Choice.CREATE)
    assert choice_of(screen, "acme") is Choice.CREATE


def test_a_skip_needs_a_reason_is_kept_and_can_be_taken_back(
    qtbot: QtBot, desk: Desk, screen: BillingScreen
) -> None:
    press_segment(screen, "fjord", Choice.SKIP)
    dialog = open_dialog(screen, "SkipDialog")
    dialog.accept()
    assert "why" in dialog.shown_violation
    assert choice_of(screen, "fjord") is Choice.CREATE
    dialog.form.reason.setText("free month")
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert choice_of(screen, "fjord") is Choice.SKIP
    assert screen.form.issue.text() == "&Issue 4 invoices"
    press_segment(screen, "fjord", Choice.CREATE)
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert choice_of(screen, "fjord") is Choice.CREATE
    assert screen.form.issue.text() == "&Issue 5 invoices"


def test_undo_of_a_skip_offers_the_charge_again(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> None:
    press_segment(screen, "fjord", Choice.SKIP)
    dialog = open_dialog(screen, "SkipDialog")
    dialog.form.reason.setText("free month")
    dialog.accept()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    desk.undo.undo()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert choice_of(screen, "fjord") is Choice.CREATE


def test_a_charge_explains_itself_and_shows_its_page(qtbot: QtBot, screen: BillingScreen) -> None:
    """12 h 45 worked, 12 h in lots: 45 min × 150.00 = 112.50."""
    place = next(
        i
        for i, row in enumerate(screen.run_pane.model.rows)
        if isinstance(row, ChargeRow) and row.charge.minutes
    )
    screen.run_pane.table.selectRow(place)
    text = screen.run_side.explanation.text
    assert text.startswith("Why €112.50?")
    assert "12 h 45 in 19 entries" in text
    assert "12 h base, all burned" in text
    assert "45 min × €150.00 an hour = €112.50, rounded once" in text
    qtbot.waitUntil(lambda: screen.run_side.page.has_page, timeout=15_000)


def test_a_double_click_issues_once(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> None:
    before = issued_numbers(desk)
    middle = screen.form.issue.rect().center()
    with qtbot.waitSignal(screen.run_pane.issued, timeout=20_000) as heard:
        QTest.mouseClick(screen.form.issue, Qt.MouseButton.LeftButton, pos=middle)
        assert not screen.form.issue.isEnabled()
        QTest.mouseDClick(screen.form.issue, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseClick(screen.form.issue, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
        screen.run_pane.issue()
    assert len(heard.args[0].issued) == 5
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert len(issued_numbers(desk)) == len(before) + 5
    assert screen.form.issue.text() == "&Issue invoices"
    assert not screen.form.issue.isEnabled()
    assert issued_numbers(desk)[0] == "2026-0077"


def test_what_is_left_for_later_is_offered_again_after_issuing(
    qtbot: QtBot, desk: Desk, screen: BillingScreen
) -> None:
    press_segment(screen, "acme", Choice.LATER)
    with qtbot.waitSignal(screen.run_pane.issued, timeout=20_000) as heard:
        screen.form.issue.click()
    assert len(heard.args[0].issued) == 4
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    assert choice_of(screen, "acme") is Choice.LATER


def test_issued_pdfs_are_saved_into_a_folder(
    qtbot: QtBot, desk: Desk, screen: BillingScreen, chooser: PreparedChooser, tmp_path: Path
) -> None:
    with qtbot.waitSignal(screen.run_pane.issued, timeout=20_000):
        screen.form.issue.click()
    chooser.place = tmp_path / "out"
    chooser.place.mkdir()
    with qtbot.waitSignal(screen.told, timeout=20_000) as heard:
        screen.notice.acted.emit("save")
    assert heard.args[0].startswith("5 PDFs saved in")
    files = sorted(chooser.place.iterdir())
    assert [each.name for each in files] == [f"2026-00{number}.pdf" for number in range(73, 78)]
    assert all(each.read_bytes().startswith(b"%PDF") for each in files)


def test_characters_no_font_has_are_warned_of_before_anything_is_issued(
    qtbot: QtBot, desk: Desk, screen: BillingScreen
) -> None:
    from dataclasses import replace

    before = issued_numbers(desk)
    account = desk.read(get_account, "acme")
    desk.write(change_account, replace(account, name="ACME \U0001f600"))
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    with qtbot.waitSignal(screen.run_pane.warned, timeout=20_000) as heard:
        screen.form.issue.click()
    assert "cannot be printed" in heard.args[0][0]
    assert issued_numbers(desk) == before
    with qtbot.waitSignal(screen.run_pane.issued, timeout=20_000):
        screen.notice.acted.emit("issue")
    assert len(issued_numbers(desk)) == len(before) + 5


def test_a_parked_account_is_released_by_a_yes(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> None:
    """A retainer from 2023 without a word about earlier periods owes far more than 15 charges."""
    from dataclasses import replace
    from datetime import date

    from retainerdesk.services.retainers import add_retainer
    from retainerdesk.services.views import ParkedRow

    old = desk.read(get_retainer, "acme", "advisory")
    first = replace(old.plans[0], from_on=date(2023, 1, 1))
    retainer = replace(
        old, id="forgotten", name="Forgotten", starts_on=date(2023, 1, 1), plans=(first,), term=None,
        usage_decisions=(), adjustments=(), pauses=(),
    )  # fmt: skip
    desk.write(add_retainer, retainer)
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    parked = [row for row in screen.run_pane.model.rows if isinstance(row, ParkedRow)]
    assert [row.account_id for row in parked] == ["acme"]
    screen.run_pane.resolve(parked[0])
    box = next(each for each in screen.findChildren(QMessageBox) if each.isVisible())
    box.button(QMessageBox.StandardButton.Yes).click()
    qtbot.waitUntil(lambda: not desk.runner.is_busy)
    rows = screen.run_pane.model.rows
    assert not [row for row in rows if isinstance(row, ParkedRow)]
    assert choice_of(screen, "acme") is Choice.CREATE


def test_an_empty_run_says_so_instead_of_showing_an_empty_table(
    qtbot: QtBot, desk: Desk, screen: BillingScreen
) -> None:
    with qtbot.waitSignal(screen.run_pane.issued, timeout=20_000):
        screen.form.issue.click()
    qtbot.waitUntil(screen.run_pane.empty.isVisible)
    assert not screen.run_pane.table.isVisible()
    assert screen.form.sum.text() == "nothing is chosen"


def test_odd_tax_stands_under_its_account_and_opens_it(
    qtbot: QtBot, desk: Desk, screen: BillingScreen
) -> None:
    """18 % is no rate of Germany: a hint with a way to change it; the invoice can be issued all the same."""
    account = desk.read(get_account, "acme")
    odd = replace(account, tax=TaxRule(TaxCategory.STANDARD, Decimal(18)))
    desk.write(change_account, odd)
    rows = screen.run_pane.model
    qtbot.waitUntil(lambda: any(isinstance(row, TaxHint) for row in rows.rows))
    place = next(i for i, row in enumerate(rows.rows) if isinstance(row, TaxHint))
    assert "18 % is not a standard rate of DE" in rows.index(place, RunColumn.CHARGE).data()
    assert isinstance(rows.rows[place - 1], AccountRow)
    assert choice_of(screen, "acme") is Choice.CREATE
    box = screen.run_pane.table.visualRect(rows.index(place, RunColumn.CHOICE))
    QTest.mouseClick(screen.run_pane.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    dialog = open_dialog(screen, "AccountDialog")
    assert dialog.form.tabs.currentWidget() is dialog.form.billing_tab
    dialog.reject()
