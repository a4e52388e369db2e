"""The drafts of the sample business: kept, put into words, merged, split, given up, issued, with undo.

On 22 November 2026 five invoices are due; Borealis has two lines, Cobalt two.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.decision_points import SkipDialog
from retainerdesk.desktop.dialogs.draft_dialog import DraftDialog
from retainerdesk.desktop.models.drafts_model import DraftColumn, LineRow
from retainerdesk.desktop.panes.billing.drafts_page import DraftsPage
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.money import Money
from retainerdesk.services.issue_drafts import list_drafts
from retainerdesk.services.issue_invoices import preview_invoices
from retainerdesk.services.retainers import change_retainer, get_retainer
from retainerdesk.store.repositories.books import load_account_file
from tests.desktop.conftest import TODAY


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, screen: BillingScreen) -> DraftsPage:
    """Everything that is due kept as drafts, with the drafts in view."""
    assert screen.drafting.page.empty.accessibleName() == "No drafts"
    screen.form.keep_drafts.click()
    settle(qtbot, desk)
    screen.show_drafts()
    qtbot.waitUntil(lambda: len(screen.drafting.page.views) == 5 and not desk.runner.is_busy, timeout=15_000)
    return screen.drafting.page


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=15_000)


def of(desk: Desk, account_id: str) -> list[Draft]:
    return [view.draft for view in desk.read(list_drafts, TODAY, account_id)]


def choose(page: DraftsPage, account_id: str, *lines: int) -> None:
    """Choose the draft of an account, or (counted from 0) some of its lines."""
    places = [i for i, row in enumerate(page.model.rows) if row.view.draft.account_id == account_id]
    wanted = [places[1 + line] for line in lines] or places[:1]
    flags = QItemSelectionModel.SelectionFlag
    page.table.go_to_draft(page.model.rows[places[0]].view.draft.id)
    page.table.selectionModel().setCurrentIndex(
        page.model.index(wanted[0], 0), flags.ClearAndSelect | flags.Rows
    )
    for place in wanted[1:]:
        page.table.selectionModel().select(page.model.index(place, 0), flags.Select | flags.Rows)


def test_keeping_takes_the_charges_off_the_run_and_undo_puts_them_back(
    qtbot: QtBot, desk: Desk, screen: BillingScreen, page: DraftsPage, qtmodeltester: ModelTester
) -> None:
    tabs = screen.form.tabs
    assert tabs.tabText(tabs.indexOf(page)) == "Drafts (5)"
    assert desk.read(preview_invoices, TODAY, TODAY).proposals == ()
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    desk.undo.undo()
    qtbot.waitUntil(page.empty.isVisible)
    assert len(desk.read(preview_invoices, TODAY, TODAY).proposals) == 5
    desk.undo.redo()
    qtbot.waitUntil(lambda: len(page.views) == 5)


def test_the_text_of_a_line_is_edited_in_its_place(qtbot: QtBot, desk: Desk, page: DraftsPage) -> None:
    choose(page, "borealis", 0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    editor.setText("October, as <b>agreed</b>")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(of(desk, "borealis")[0].lines[0].own_text))
    settle(qtbot, desk)
    assert of(desk, "borealis")[0].lines[0].text == "October, as <b>agreed</b>"
    row = page.table.current
    assert isinstance(row, LineRow)
    assert (
        page.model.index(page.model.rows.index(row), DraftColumn.TEXT).data() == "October, as <b>agreed</b>"
    )
    desk.undo.undo()
    settle(qtbot, desk)
    assert of(desk, "borealis")[0].lines[0].own_text == ""


def test_alt_and_an_arrow_move_a_line_and_the_keyboard_stays_on_it(
    qtbot: QtBot, desk: Desk, page: DraftsPage
) -> None:
    before = [line.key for line in of(desk, "borealis")[0].lines]
    choose(page, "borealis", 0)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, desk)
    assert [line.key for line in of(desk, "borealis")[0].lines] == before[::-1]
    row = page.table.current
    assert isinstance(row, LineRow)
    assert row.key == before[0]


def test_lines_are_split_off_and_merged_again(qtbot: QtBot, desk: Desk, page: DraftsPage) -> None:
    whole = of(desk, "borealis")[0]
    choose(page, "borealis", 1)
    assert page.form.split.isEnabled()
    page.form.split.click()
    settle(qtbot, desk)
    assert [len(draft.lines) for draft in of(desk, "borealis")] == [1, 1]
    flags = QItemSelectionModel.SelectionFlag
    for place, row in enumerate(page.model.rows):
        if row.view.draft.account_id == "borealis":
            page.table.selectionModel().select(page.model.index(place, 0), flags.Select | flags.Rows)
        else:
            page.table.selectionModel().select(page.model.index(place, 0), flags.Deselect | flags.Rows)
    page.form.merge.click()
    settle(qtbot, desk)
    assert of(desk, "borealis")[0].keys == whole.keys


def test_a_note_and_a_discount_are_refused_at_their_field(qtbot: QtBot, desk: Desk, page: DraftsPage) -> None:
    choose(page, "borealis")
    page.form.notes.click()
    dialog = page._opener.window.findChild(DraftDialog)
    assert isinstance(dialog, DraftDialog)
    dialog.form.discount_percent.setText("101")
    dialog.accept()
    assert "not between 0 and 100" in dialog.shown_violation
    dialog.form.discount_percent.setText("5")
    dialog.form.note.setPlainText("PO 4711")
    dialog.accept()
    settle(qtbot, desk)
    (draft,) = of(desk, "borealis")
    assert (draft.note, draft.discount_percent) == ("PO 4711", Decimal(5))


def test_deleting_asks_why_and_leaves_skips_that_undo_takes_back(
    qtbot: QtBot, desk: Desk, page: DraftsPage
) -> None:
    known = len(desk.read(load_account_file, "borealis").skips)
    choose(page, "borealis")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = page._opener.window.findChild(SkipDialog)
    assert isinstance(dialog, SkipDialog)
    dialog.form.reason.setText("agreed on the phone")
    dialog.accept()
    settle(qtbot, desk)
    skips = desk.read(load_account_file, "borealis").skips
    assert len(skips) == known + 2
    assert of(desk, "borealis") == []
    desk.undo.undo()
    settle(qtbot, desk)
    assert len(desk.read(load_account_file, "borealis").skips) == known
    assert len(of(desk, "borealis")) == 1


def test_what_is_put_back_is_offered_by_the_run_again(qtbot: QtBot, desk: Desk, page: DraftsPage) -> None:
    choose(page, "borealis", 1)
    page.form.put_back.click()
    settle(qtbot, desk)
    assert len(of(desk, "borealis")[0].lines) == 1
    assert len(desk.read(preview_invoices, TODAY, TODAY).proposals) == 1


def test_what_changed_since_is_shown_refreshed_and_issued(
    qtbot: QtBot, desk: Desk, screen: BillingScreen, page: DraftsPage
) -> None:
    """From 20 November 3,250: 6 of 30 days at 3,000 and 24 at 3,250 are 600 + 2,600."""
    advisory = desk.read(get_retainer, "acme", "advisory")
    fee = Money(325_000, "EUR")
    later = replace(advisory.plans[-1], from_on=date(2026, 11, 20), fee=fee)
    desk.write(change_retainer, replace(advisory, plans=(*advisory.plans, later)))
    settle(qtbot, desk)
    choose(page, "acme")
    assert not page.form.issue.isEnabled()
    assert "€3,000.00 → €3,200.00 on 2 lines" in screen.drafting.side.obstacle.full_text
    page.form.refresh.click()
    settle(qtbot, desk)
    choose(page, "acme")
    page.form.issue.click()
    settle(qtbot, desk)
    assert of(desk, "acme") == []
    newest = desk.read(load_account_file, "acme").invoices[-1]
    assert str(newest.totals.net) == "3200.00"
    assert screen.form.banner_place.count() == 1


def test_the_page_of_a_draft_is_marked_and_named(
    qtbot: QtBot, screen: BillingScreen, page: DraftsPage
) -> None:
    choose(page, "acme")
    side = screen.drafting.side
    qtbot.waitUntil(lambda: side.page.accessibleName().startswith("Draft "), timeout=15_000)
    assert side.page.has_page
