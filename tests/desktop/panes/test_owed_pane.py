"""What is owed on the screen: rows by age, the detail beside them, and letters that are remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.dunning_run_dialog import DunningRunDialog
from retainerdesk.desktop.dialogs.letter_dialog import LetterDialog
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.models.letter_list_model import LetterColumn
from retainerdesk.desktop.models.owed_model import OwedColumn
from retainerdesk.desktop.panes.billing.owed_pane import OwedPane
from retainerdesk.desktop.panes.billing_screen import BillingScreen
from retainerdesk.services.accounts import change_account, get_account
from retainerdesk.services.letters import LetterChoice
from retainerdesk.services.sent_letters import list_letters
from tests.desktop.dialogs.conftest import PreparedChooser


@pytest.fixture
def owed(screen: BillingScreen, qtbot: QtBot, desk: Desk) -> OwedPane:
    """The page, with Dune Records chosen: 856.80 of 2026-0067, 51 days past due, and 1,428.00, 20 days."""
    screen.show_owed(account_id_of(desk))
    settle(qtbot, desk, lambda: bool(screen.owed.model.rows))
    return screen.owed


def settle(qtbot: QtBot, desk: Desk, done: Callable[[], bool] = lambda: True) -> None:
    qtbot.waitUntil(lambda: done() and not desk.runner.is_busy, timeout=10_000)


def account_id_of(desk: Desk, name: str = "Dune Records") -> str:
    from retainerdesk.services.accounts import list_accounts

    return next(each.id for each in desk.read(list_accounts) if each.name == name)


Top = TypeVar("Top", bound=QWidget)


def top_of(kind: type[Top]) -> Top:
    """The dialog of that kind that is open."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_row_tells_open_money_by_age_and_the_next_step(owed: OwedPane) -> None:
    assert owed.form.basis.text() == "Ageing by due date as of 22 Nov 2026"
    row = owed.model.rows[0]
    shown = {column: owed.model.index(0, column).data() for column in OwedColumn}
    assert row.account_name == "Dune Records"
    assert (shown[OwedColumn.OPEN], shown[OwedColumn.TO_30], shown[OwedColumn.TO_60]) == (
        "€2,284.80", "€1,428.00", "€856.80",
    )  # fmt: skip
    assert shown[OwedColumn.NEXT] == "Reminder now"


def test_the_detail_lists_open_documents_and_what_the_next_letter_would_say(
    owed: OwedPane, screen: BillingScreen
) -> None:
    said = texts(screen.owed_side)
    for words in ("2026-0067", "51 days past due", "Zahlungserinnerung", "None was marked as sent yet"):
        assert words in said


def test_a_letter_marked_as_sent_moves_the_next_step_and_can_be_undone(
    owed: OwedPane, screen: BillingScreen, desk: Desk, qtbot: QtBot
) -> None:
    """22 November + 14 − 3 days: the first notice from 3 December."""
    owed.form.letter.click()
    top_of(LetterDialog).accept()
    settle(qtbot, desk, lambda: owed.model.index(0, OwedColumn.NEXT).data() == "First notice from 3 Dec")
    assert "Reminder, 22 Nov" in texts(screen.owed_side)
    (sent,) = desk.read(list_letters)
    assert (desk.context.folder / str(sent.sha256)).is_file()
    desk.undo.undo()
    settle(qtbot, desk, lambda: owed.model.index(0, OwedColumn.NEXT).data() == "Reminder now")
    desk.undo.redo()
    assert desk.read(list_letters) == (sent,)


def test_nothing_is_owed_in_an_empty_book(qtbot: QtBot, empty_desk: Desk) -> None:
    pane = OwedPane(empty_desk, DialogOpener(empty_desk, QWidget()))
    qtbot.addWidget(pane)
    pane.show()
    settle(qtbot, empty_desk, pane.empty.isVisible)
    assert not pane.form.dunning_run.isEnabled()
    assert pane.empty.accessibleName() == "Nothing is owed"


def test_the_search_leaves_others_out_and_can_be_cleared(owed: OwedPane) -> None:
    owed.search.setText("nobody")
    assert owed.none_fit.isVisible()
    owed.none_fit.primary.emit()
    assert owed.model.rows


def test_write_off_offers_the_open_documents(owed: OwedPane) -> None:
    owed.write_offs.aboutToShow.emit()
    assert [entry.text() for entry in owed.write_offs.actions()] == [
        "2026-0067, €856.80…", "2026-0072, €1,428.00…",
    ]  # fmt: skip


def test_a_run_writes_the_letters_that_keep_their_tick(
    owed: OwedPane, desk: Desk, qtbot: QtBot, chooser: PreparedChooser, tmp_path: Path
) -> None:
    owed.form.dunning_run.click()
    settle(qtbot, desk)
    dialog = top_of(DunningRunDialog)
    tick = dialog.model.index(0, LetterColumn.CREATE)
    dialog.model.setData(tick, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not dialog.begin.isEnabled()
    dialog.model.setData(tick, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    chooser.place = tmp_path
    dialog.begin.click()
    settle(qtbot, desk, lambda: len(desk.read(list_letters)) == 1)
    assert [each.name.endswith("-reminder-2026-11-22-EUR.pdf") for each in tmp_path.glob("*.pdf")] == [True]
    desk.undo.undo()
    assert desk.read(list_letters) == ()


def test_a_letter_dialog_collects_what_differs_from_the_proposal(
    opener_on_dune: LetterDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog = opener_on_dune
    assert dialog.value() == LetterChoice(currency="EUR")
    dialog.form.title.setText("Hallo {name}")
    assert dialog.value().words is not None
    dialog.form.step.setCurrentIndex(2)
    assert dialog.form.title.text() == "Hallo {name}", "what was typed is kept"
    assert (dialog.value().step_id, dialog.form.with_interest.isChecked()) == ("second_notice", True)
    assert "Add the rate from" in dialog.form.effect.text()
    settle(qtbot, desk, lambda: dialog.page.has_page)
    dialog.form.body.setPlainText("{nonsense}")
    dialog.accept()
    assert "{nonsense}" in dialog.shown_violation
    dialog.reject()


def test_a_letter_says_which_rate_was_agreed_and_which_law_grants_the_fixed_sum(
    screen: BillingScreen, desk: Desk
) -> None:
    """1,428.00 for 27 days, until 571.20 of it was paid, and 856.80 for 24: 1428 × 12 % × 27/365 = 12.6759…,
    856.80 × 12 % × 24/365 = 6.7605…, 19.44 together; the other 1428 × 12 % × 20/365 = 9.3896…: 28.83. Beside
    it 2 × 40.00, and 2,284.80 + 28.83 + 80.00 = 2,393.63."""
    with desk.context.store.writing() as uow:
        change_account(uow, replace(get_account(uow, account_id_of(desk)), late_interest_bps=1200))
        uow.commit()
    dialog = screen.owed._opener.letter(account_id_of(desk))
    assert isinstance(dialog, LetterDialog)
    dialog.form.step.setCurrentIndex(2)
    said = dialog.form.effect.text()
    for words in (
        "€28.83 interest",
        "€80.00 fixed sum = €2,393.63",
        "at the agreed 12 % a year",
        "sum by § 288",
    ):
        assert words in said
    dialog.reject()


@pytest.fixture
def opener_on_dune(screen: BillingScreen, desk: Desk) -> LetterDialog:
    opener = screen.owed._opener
    dialog = opener.letter(account_id_of(desk))
    assert isinstance(dialog, LetterDialog)
    return dialog


def test_the_days_past_due_are_whole_where_the_detail_is_narrow(
    owed: OwedPane, screen: BillingScreen
) -> None:
    """They break into two lines; an ellipsis would hide what the line is there for."""
    late = next(each for each in screen.owed_side.findChildren(QLabel) if "51 days" in each.text())
    assert late.wordWrap()
