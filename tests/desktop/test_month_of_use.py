"""A month lived through the window itself: its actions, its tables, its dialogs, real clicks, and undo.

Each chapter begins on the sample business of 22 November 2026 and ends with what the screen says.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.main_window import MainWindow
from retainerdesk.desktop.models.drafts_model import LineRow
from retainerdesk.desktop.models.owed_model import OwedColumn
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.domain.block import Block
from retainerdesk.domain.money import Money
from retainerdesk.domain.period_close import LateChoice
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.blocks import add_block
from retainerdesk.services.deposits import list_deposits
from retainerdesk.services.invoices import get_invoice_row, list_invoices
from retainerdesk.services.issue_drafts import list_drafts
from retainerdesk.services.overage import list_overage
from retainerdesk.services.rows import add_row
from retainerdesk.services.sent_letters import list_letters
from tests.desktop.conftest import TODAY
from tests.desktop.dialogs.conftest import PreparedChooser

PATIENCE_MS = 20_000


class Somebody:
    """Who sits at the window: looks, clicks, types, waits."""

    def __init__(self, window: MainWindow, chooser: PreparedChooser, qtbot: QtBot) -> None:
        self.window, self.chooser, self.qtbot = window, chooser, qtbot
        self.desk: Desk = window.desk

    def settle(self, done: Callable[[], bool] = lambda: True) -> None:
        """Wait until nothing is under way and what is waited for is there."""
        self.qtbot.waitUntil(lambda: done() and not self.desk.runner.is_busy, timeout=PATIENCE_MS)

    def act(self, action_id: str) -> None:
        """Choose an entry of the menu."""
        action = self.window.actions_by_id[action_id]
        assert action.isEnabled(), action_id
        action.trigger()
        self.settle()

    def click(self, button: QPushButton) -> None:
        """Press a button that can be pressed."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        self.settle()

    def dialog(self, kind: str) -> Any:
        """The dialog of that name that is open."""
        found = [each for each in QApplication.topLevelWidgets() if type(each).__name__ == kind]
        return next(each for each in found if each.isVisible())

    def press_default(self, dialog: QDialog) -> None:
        """Press the button Enter would press."""
        self.click(next(each for each in dialog.findChildren(QPushButton) if each.isDefault()))

    def undo(self) -> None:
        self.act("edit.undo_edit")

    def billing(self) -> BillingScreen:
        """The Billing place as it is on screen, with what is due."""
        self.act("view.show_billing")
        screen = self.window.screens.screen("billing")
        assert isinstance(screen, BillingScreen)
        self.settle()
        return screen

    def choose_documents(self, *numbers: str) -> BillingScreen:
        """Show the register with these documents chosen."""
        screen = self.billing()
        self.act("billing.show_register")
        self.settle(lambda: bool(screen.register.model.rows))
        view, flags = screen.form.register_view, QItemSelectionModel.SelectionFlag
        view.clearSelection()
        for number in numbers:
            place = screen.register.model.place_of(number)
            assert place is not None, number
            view.selectionModel().select(screen.register.model.index(place, 0), flags.Select | flags.Rows)
        self.settle()
        return screen

    def balance(self, number: str) -> str:
        return str(self.desk.read(get_invoice_row, number)[1])

    def newest(self) -> str:
        return self.desk.read(list_invoices, TODAY)[0].number

    def decision(self) -> OverageDecision:
        return self.desk.read(list_overage, TODAY, "acme", undecided_only=False)[-1].decision


@pytest.fixture
def me(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Somebody]:
    window = MainWindow(desk, Preferences(tmp_path / "config"))
    qtbot.addWidget(window)
    chooser = PreparedChooser()
    window.opener.chooser = chooser
    window.resize(1400, 860)
    window.show_place("accounts")
    window.show()
    somebody = Somebody(window, chooser, qtbot)
    somebody.settle()
    yield somebody
    somebody.settle()
    window.show_place("accounts")
    window.close()


def test_drafts_are_kept_taken_back_edited_merged_and_issued(me: Somebody) -> None:
    """Five drafts with the numbers 73 to 77; Borealis is split into two and merged again."""
    screen = me.billing()
    me.click(screen.form.keep_drafts)
    assert len(me.desk.read(list_drafts, TODAY)) == 5
    me.undo()
    assert me.desk.read(list_drafts, TODAY) == ()
    me.act("edit.redo_edit")
    me.act("billing.show_drafts")
    page = screen.drafting.page
    me.settle(lambda: len(page.views) == 5)
    places = [
        place
        for place, row in enumerate(page.model.rows)
        if isinstance(row, LineRow) and row.view.draft.account_id == "borealis"
    ]
    page.table.setCurrentIndex(page.model.index(places[1], 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    editor.setText("October, as agreed")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    me.settle(
        lambda: any(
            each.draft.lines[0].own_text or each.draft.lines[-1].own_text
            for each in me.desk.read(list_drafts, TODAY, "borealis")
        )
    )
    me.click(page.form.split)
    assert len(me.desk.read(list_drafts, TODAY, "borealis")) == 2
    flags = QItemSelectionModel.SelectionFlag
    page.table.clearSelection()
    for place, row in enumerate(page.model.rows):
        if row.view.draft.account_id == "borealis":
            page.table.selectionModel().select(page.model.index(place, 0), flags.Select | flags.Rows)
    me.click(page.form.merge)
    (draft,) = me.desk.read(list_drafts, TODAY, "borealis")
    assert "October, as agreed" in [line.text for line in draft.draft.lines]
    page.table.selectAll()
    me.settle()
    me.click(page.form.issue)
    assert me.newest() == "2026-0077"
    assert me.desk.read(list_drafts, TODAY) == ()


def test_a_run_is_issued_paid_credited_and_explained(me: Somebody, tmp_path: Path) -> None:
    """Both open invoices of Dune are one payment of 856.80 + 1,428.00; undo opens them again."""
    screen = me.billing()
    me.act("billing.issue_invoices")
    me.click(screen.form.issue)
    assert me.newest() == "2026-0077"
    screen = me.choose_documents("2026-0067", "2026-0072")
    me.click(screen.form.record_payment)
    dialog = me.dialog("PaymentDialog")
    assert dialog.form.amount.text() == "2284.80"
    me.press_default(dialog)
    assert (me.balance("2026-0067"), me.balance("2026-0072")) == ("0.00", "0.00")
    me.undo()
    assert (me.balance("2026-0067"), me.balance("2026-0072")) == ("856.80", "1428.00")
    me.choose_documents("2026-0072")
    me.act("billing.credit_invoice")
    dialog = me.dialog("CreditDialog")
    dialog.form.reason.setText("never delivered")
    me.press_default(dialog)
    assert (me.balance("2026-0072"), me.balance("CN-2026-0001")) == ("0.00", "0.00")
    me.choose_documents("2026-0038")
    screen.document.explain()
    me.settle(lambda: len(screen.document.lines) == 2)
    me.chooser.place = tmp_path / "register.csv"
    screen.form.register_view.clearSelection()
    me.act("billing.export_register")
    with me.chooser.place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 72 + 5 + 1
    assert {row["number"]: row["open"] for row in rows}["2026-0067"] == "856.80"


def test_overage_is_decided_in_every_way_and_each_is_taken_back(me: Somebody) -> None:
    gift = Block("acme", "gift", TODAY, "Gift", UsageUnit.MINUTES, 600, Money(0, "EUR"), "advisory")
    me.desk.write(add_block, gift)
    screen = me.billing()
    me.act("billing.decide_overage")
    me.settle(lambda: bool(screen.overage.model.rows))
    for key, decision in ((Qt.Key.Key_C, OverageDecision.CARRY), (Qt.Key.Key_O, OverageDecision.OFFSET)):
        QTest.keyClick(screen.overage.table, key)
        me.settle()
        assert me.decision() is decision
        me.undo()
        assert me.decision() is OverageDecision.ASK
        me.settle(lambda: len(screen.overage.model.rows) == 1)
    QTest.keyClick(screen.overage.table, Qt.Key.Key_A)
    dialog = me.dialog("OverageDialog")
    dialog.form.reason.setText("goodwill for the launch")
    me.press_default(dialog)
    assert me.decision() is OverageDecision.ABSORB
    me.undo()
    assert me.decision() is OverageDecision.ASK


def test_a_period_is_closed_and_late_work_becomes_a_correction_and_back(me: Somebody) -> None:
    """1 h 30 on the last day of a closed period, at 150.00 an hour: 225.00."""
    screen = me.billing()
    me.act("billing.close_periods")
    pane = screen.closing
    me.settle(lambda: bool(pane.board.closable))
    pane.form.through.set_day(date(2026, 11, 13))
    me.click(pane.form.close_all)
    assert [row for row in pane.board.closable if row.usage.span.end <= date(2026, 11, 14)] == []
    late = WorkEntry("acme", "late", date(2026, 11, 13), 90, "ada", WorkKind.DELIVERY, "advisory", "Workshop")
    me.desk.write(add_row, late)
    me.settle(lambda: len(pane.board.waiting) == 1)
    pane.form.table.setCurrentIndex(pane.model.index(0, 0))
    me.click(pane.form.deed)
    dialog = me.dialog("LateDialog")
    dialog.form.correct.setChecked(True)
    dialog.form.reason.setText("found on paper")
    me.press_default(dialog)
    assert [each.decided.choice for each in pane.board.decided] == [LateChoice.CORRECT]
    me.settle(lambda: "225.00" in [str(charge.net) for charge in due_of(screen, "acme")])
    me.undo()
    me.settle(lambda: len(pane.board.waiting) == 1)
    assert pane.board.decided == ()


def due_of(screen: BillingScreen, account_id: str) -> list[Any]:
    charges = [row.charge for row in screen.run_pane.model.rows if hasattr(row, "charge")]
    return [charge for charge in charges if charge.key.account_id == account_id]


def test_a_deposit_is_billed_paid_and_taken_off_the_next_invoice(me: Somebody) -> None:
    """1,000.00 + 19 % are asked for; once paid they come off 1,500.00: 500.00 + 95.00 tax are left."""
    me.window.show_account("dune")
    me.act("account.add_deposit")
    dialog = me.dialog("DepositDialog")
    dialog.form.text.setText("Deposit of the season")
    dialog.form.amount.setText("1,000")
    me.press_default(dialog)
    screen = me.billing()
    me.act("billing.issue_invoices")
    me.settle(lambda: len(due_of(screen, "dune")) == 2)
    me.click(screen.form.issue)
    (line,) = me.desk.read(list_deposits, "dune")
    asked = line.ledger.invoice
    assert asked is not None
    assert me.balance(asked.number) == "1190.00"
    me.choose_documents(asked.number)
    me.click(screen.form.record_payment)
    me.press_default(me.dialog("PaymentDialog"))
    me.window.show_account("dune")
    me.act("account.add_charge")
    dialog = me.dialog("ChargeDialog")
    dialog.form.text.setText("Poster")
    dialog.form.unit_price.setText("1,500")
    me.press_default(dialog)
    screen = me.billing()
    me.act("billing.issue_invoices")
    me.settle(lambda: len(due_of(screen, "dune")) == 2)
    assert {str(charge.net) for charge in due_of(screen, "dune")} == {"1500.00", "-1000.00"}
    assert "500.00 net" in screen.form.sum.text()
    me.click(screen.form.issue)
    assert me.balance(me.newest()) == "595.00"


def test_a_letter_and_a_statement_are_marked_and_taken_back(me: Somebody) -> None:
    me.window.show_account("dune")
    me.act("billing.write_letter")
    dialog = me.dialog("LetterDialog")
    me.press_default(dialog)
    assert len(me.desk.read(list_letters)) == 1
    screen = me.billing()
    me.act("billing.show_owed")
    assert screen.owed.model.index(0, OwedColumn.NEXT).data() == "First notice from 3 Dec"
    me.undo()
    assert me.desk.read(list_letters) == ()
    me.settle(lambda: screen.owed.model.index(0, OwedColumn.NEXT).data() == "Reminder now")
    me.act("billing.make_statement")
    dialog = me.dialog("StatementDialog")
    me.settle(lambda: dialog.page.has_page)
    dialog.reject()


@pytest.mark.parametrize(
    ("action_id", "kind"),
    [
        ("file.protect_book", "ProtectDialog"),
        ("file.show_backups", "BackupsDialog"),
        ("file.move_book", "MoveDialog"),
        ("file.check_book", "CheckDialog"),
    ],
)
def test_what_looks_after_the_book_opens_and_closes(me: Somebody, action_id: str, kind: str) -> None:
    me.act(action_id)
    dialog = me.dialog(kind)
    me.settle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    me.settle(lambda: not dialog.isVisible())
