"""Rows typed into a dialog are in the book afterwards and can be undone; refusals show at the field."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
    WorkKind,
)
from retainerdesk.services.rows import get_row
from tests.desktop.conftest import TODAY


def stored(desk: Desk, kind: type[Any], value: Any) -> Any:
    return desk.read(get_row, kind, value.account_id, value.id)


def test_work_typed_as_one_and_a_half_hours_is_kept_as_ninety_minutes(
    desk: Desk, opener: DialogOpener
) -> None:
    dialog: Any = opener.work("acme")
    dialog.form.minutes.setText("1 h 30")
    dialog.form.text.setText("Workshop <b>notes</b>")
    entry = dialog.value()
    QTest.keyClick(dialog.form.text, Qt.Key.Key_Return)
    kept = stored(desk, WorkEntry, entry)
    assert (kept.minutes, kept.on, kept.kind) == (90, TODAY, WorkKind.DELIVERY)
    assert kept.text == "Workshop <b>notes</b>"
    assert kept.retainer_id == "advisory"
    assert not dialog.isVisible()


def test_an_edit_can_be_undone_and_done_again(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.work("acme")
    dialog.form.minutes.setText("45")
    entry = dialog.value()
    dialog.accept()
    desk.undo.undo()
    with pytest.raises(RuleViolation):
        stored(desk, WorkEntry, entry)
    desk.undo.redo()
    assert stored(desk, WorkEntry, entry) == entry


def test_a_duration_that_says_nothing_is_refused_at_its_field(opener: DialogOpener) -> None:
    dialog: Any = opener.work("acme")
    dialog.form.minutes.setText("1.5")
    dialog.accept()
    assert dialog.isVisible()
    assert "1.5" in dialog.shown_violation
    assert dialog.form.minutes.property("invalid") == "true"
    assert dialog.form.minutes.accessibleDescription() == dialog.shown_violation
    dialog.form.minutes.setText("1.5h")
    dialog.accept()
    assert not dialog.isVisible()


def test_what_only_the_service_refuses_comes_back_to_the_field_too(opener: DialogOpener) -> None:
    """25 hours are a duration, but no day has them."""
    dialog: Any = opener.work("acme")
    dialog.form.minutes.setText("25 h")
    dialog.accept()
    assert dialog.isVisible()
    assert "24 hours" in dialog.shown_violation
    assert dialog.form.minutes.property("invalid") == "true"
    dialog.reject()


def test_escape_keeps_nothing(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.note("acme")
    dialog.form.text.setPlainText("never mind")
    note = dialog.value()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    with pytest.raises(RuleViolation):
        stored(desk, Note, note)
    assert not desk.undo.can_undo


def test_a_call_is_logged_once_as_call_and_once_as_work(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.log_call("acme")
    dialog.form.title.setText("Weekly")
    dialog.form.minutes.setText("0:45")
    dialog.form.contacts.item(0).setCheckState(Qt.CheckState.Checked)
    logged = dialog.value()
    dialog.accept()
    call = stored(desk, Call, logged.call)
    assert call.at.date() == TODAY
    assert call.at.minute % 15 == 0
    assert len(call.contact_ids) == 1
    work = stored(desk, WorkEntry, logged.work)
    assert (work.minutes, work.kind, work.on) == (45, WorkKind.CALL, TODAY)
    desk.undo.undo()
    for kind, value in ((Call, logged.call), (WorkEntry, logged.work)):
        with pytest.raises(RuleViolation):
            stored(desk, kind, value)


def test_a_call_without_a_title_stays_open(opener: DialogOpener) -> None:
    dialog: Any = opener.log_call("acme")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.form.title.property("invalid") == "true"
    dialog.reject()


def test_a_note_keeps_its_markdown_and_its_touch(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.note("acme", text="# Plan\n* one")
    dialog.form.touch.setChecked(True)
    note = dialog.value()
    dialog.accept()
    assert stored(desk, Note, note).text == "# Plan\n* one"
    assert stored(desk, Note, note).touch


def test_an_action_has_an_owner_and_may_have_a_day(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.action("acme")
    dialog.form.text.setText("Send the plan")
    assert dialog.value().due_on is None
    dialog.form.due_on.tick.setChecked(True)
    action = dialog.value()
    dialog.accept()
    kept = stored(desk, Action, action)
    assert kept.due_on == date(2026, 11, 29)
    assert kept.owner
    assert opener.finish_action("acme", action.id)
    assert stored(desk, Action, action).done_on == TODAY


def test_a_decision_keeps_its_reason(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.decision("acme")
    dialog.form.text.setText("Keep the price until May")
    dialog.form.reason.setPlainText("new team")
    decision = dialog.value()
    dialog.accept()
    assert stored(desk, Decision, decision).reason == "new team"


def test_a_charge_shows_its_amount_while_it_is_typed(desk: Desk, opener: DialogOpener) -> None:
    """3 × 120.50 less 10 % = 325.35."""
    dialog: Any = opener.charge("acme")
    dialog.form.text.setText("Workshop")
    dialog.form.quantity.setText("3")
    dialog.form.unit_price.setText("120.50")
    dialog.form.discount_percent.setText("10")
    assert dialog.form.amount.text() == "€325.35"
    charge = dialog.value()
    dialog.accept()
    assert stored(desk, OneOffCharge, charge).unit_price == Decimal("120.50")


def test_an_expense_is_an_amount_of_the_accounts_currency(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.expense("elm")
    dialog.form.amount.setText("1,058.90")
    dialog.form.text.setText("Train")
    expense = dialog.value()
    dialog.accept()
    assert stored(desk, Expense, expense).amount == Money(105890, "GBP")


def test_a_file_is_kept_by_content_under_the_name_it_is_given(
    desk: Desk, opener: DialogOpener, chooser: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "signed.pdf"
    source.write_bytes(b"%PDF-1.4 signed")
    chooser.files = (source,)
    dialog: Any = opener.attach("acme")
    dialog.choose_file()
    assert dialog.form.name.text() == "signed.pdf"
    attachment = dialog.value()
    with qtbot.waitSignal(desk.runner.finished):
        dialog.accept()
    qtbot.waitUntil(lambda: desk.undo.can_undo)
    kept = stored(desk, DocumentFile, attachment.document)
    assert (desk.context.folder / kept.sha256).read_bytes() == b"%PDF-1.4 signed"


def test_a_file_that_is_gone_is_refused_at_its_field(opener: DialogOpener, tmp_path: Path) -> None:
    dialog: Any = opener.attach("acme", tmp_path / "gone.pdf")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.form.source.property("invalid") == "true"
    dialog.reject()


def test_copying_a_file_can_be_stopped_and_nothing_of_it_stays(
    desk: Desk, opener: DialogOpener, tmp_path: Path, qtbot: QtBot
) -> None:
    giant = tmp_path / "giant"
    with giant.open("wb") as file:
        file.truncate(900 << 20)
    dialog: Any = opener.attach("acme", giant)
    with qtbot.waitSignal(desk.runner.progressed):
        dialog.accept()
        assert not dialog.isVisible()
    with qtbot.waitSignal(desk.runner.finished):
        desk.runner.cancel()
    assert not desk.undo.can_undo
    assert not [path for path in desk.context.folder.glob("*") if path.stat().st_size > 1 << 20]


def test_a_row_opened_again_shows_what_it_has_and_keeps_its_name(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.note("acme", text="first")
    note = dialog.value()
    dialog.accept()
    again: Any = opener.open_row("acme", "note", note.id)
    assert again.form.text.toPlainText() == "first"
    again.form.text.setPlainText("second")
    again.accept()
    assert stored(desk, Note, note).text == "second"
    desk.undo.undo()
    assert stored(desk, Note, note).text == "first"
    assert opener.remove_row("acme", "note", note.id)
    with pytest.raises(RuleViolation):
        stored(desk, Note, note)


def test_a_call_starts_at_the_clock_of_the_business(opener: DialogOpener) -> None:
    dialog: Any = opener.note("acme")
    assert isinstance(dialog.value().at, datetime)
    assert dialog.value().at.tzinfo is None
    dialog.reject()
