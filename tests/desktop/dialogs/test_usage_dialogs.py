"""Write-downs, loose work, blocks and early exits, from their dialogs into a real book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.block import Block, Leftover
from retainerdesk.domain.block_ledger import BlockState
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.work import Expense, WorkEntry
from retainerdesk.services.blocks import add_block, get_block, list_blocks
from retainerdesk.services.retainers import add_retainer, get_retainer, list_retainers
from retainerdesk.services.rows import add_row, get_row
from retainerdesk.services.unassigned import list_unassigned
from tests.desktop.conftest import TODAY

ENTRY = WorkEntry("acme", "w-long", date(2026, 11, 20), 90, "ada", retainer_id="advisory", text="Too long")


@pytest.fixture
def entry(desk: Desk) -> WorkEntry:
    desk.write(add_row, ENTRY)
    return ENTRY


def kept(desk: Desk) -> Any:
    return desk.read(get_row, WorkEntry, "acme", "w-long")


def test_time_is_written_down_with_a_reason_and_comes_back_with_undo(
    desk: Desk, opener: DialogOpener, entry: WorkEntry
) -> None:
    dialog: Any = opener.write_down("acme", entry.id)
    dialog.form.minutes.setText("0:30")
    assert dialog.form.effect.text() == "1 h still count."
    dialog.accept()
    assert "reason" in dialog.shown_violation
    dialog.form.reason.setText("slower than promised")
    dialog.accept()
    assert (kept(desk).written_down_minutes, kept(desk).chargeable_minutes) == (30, 60)
    desk.undo.undo()
    assert kept(desk) == entry


def test_changing_an_entry_keeps_what_was_written_down(
    desk: Desk, opener: DialogOpener, entry: WorkEntry
) -> None:
    down: Any = opener.write_down("acme", entry.id)
    down.form.reason.setText("a gift")
    down.accept()
    dialog: Any = opener.open_row("acme", "work", entry.id)
    assert dialog.form.remark.text() == "1 h 30 written down: a gift"
    dialog.form.text.setText("Another text")
    dialog.accept()
    assert (kept(desk).text, kept(desk).written_down_minutes) == ("Another text", 90)


def test_the_markup_of_an_expense_is_kept_and_what_it_is_passed_on_for_is_shown(
    desk: Desk, opener: DialogOpener
) -> None:
    """120.00 + 10 % = 132.00."""
    dialog: Any = opener.expense("acme")
    dialog.form.amount.setText("120")
    dialog.form.text.setText("Train")
    dialog.form.markup_percent.setText("10")
    assert dialog.form.passed_on.text() == "€132.00 before tax on the next invoice"
    made = dialog.value()
    dialog.accept()
    stored: Any = desk.read(get_row, Expense, "acme", made.id)
    assert stored.markup_percent == Decimal(10)
    again: Any = opener.open_row("acme", "expense", made.id)
    assert again.value() == made
    again.reject()


def test_loose_work_is_charged_in_one_go(desk: Desk, opener: DialogOpener) -> None:
    first = desk.read(list_retainers, "acme")[0]
    desk.write(
        add_retainer,
        replace(first, id="care", name="Care", pauses=(), usage_decisions=(), adjustments=()),
    )
    for name, minutes in (("a", 60), ("b", 45)):
        desk.write(add_row, replace(ENTRY, id=name, minutes=minutes, retainer_id=None))
    dialog: Any = opener.assign_work("acme")
    assert dialog.form.entries.count() == 2
    dialog.form.entries.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.form.retainer.setCurrentIndex(1)
    assert dialog.form.effect.text().startswith("45 min will use the allowance of ")
    dialog.accept()
    assert [each.id for each in desk.read(list_unassigned, "acme", TODAY)] == ["a"]
    desk.undo.undo()
    assert len(desk.read(list_unassigned, "acme", TODAY)) == 2


def test_a_block_is_sold_with_its_price_an_hour_said(desk: Desk, opener: DialogOpener) -> None:
    """1,200.00 for 10 h is 120.00 an hour; a fifth of 10 h is 2 h."""
    dialog: Any = opener.sell_block("acme")
    dialog.form.name.setText("Ten hours")
    dialog.form.amount.setText("10h")
    dialog.form.price.setText("1200")
    dialog.form.expires_on.set_day(date(2027, 6, 30), TODAY)
    words = dialog.form.effect.text()
    assert words.startswith("€120.00 an hour. It is proposed with the next invoice")
    assert "reminded when 2 h are left" in words
    block = dialog.value()
    dialog.accept()
    stored = desk.read(get_block, "acme", block.id)
    assert (stored.amount, stored.price, stored.expires_on) == (600, Money(120000, "EUR"), date(2027, 7, 1))
    desk.undo.undo()
    assert desk.read(list_blocks, TODAY, "acme") == ()


def test_a_block_without_content_is_refused_at_the_field(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.sell_block("acme")
    dialog.form.name.setText("Nothing")
    dialog.accept()
    assert dialog.shown_violation == "Enter how much."
    dialog.form.amount.setText("0")
    dialog.accept()
    assert "at least something" in dialog.shown_violation
    dialog.reject()


def test_the_rest_of_a_block_is_decided_where_its_draws_are_seen(desk: Desk, opener: DialogOpener) -> None:
    gift = Block("acme", "gift", date(2026, 11, 20), "Gift", UsageUnit.MINUTES, 600, Money(0, "EUR"))
    desk.write(add_block, replace(gift, retainer_id="advisory"))
    dialog: Any = opener.show_block("acme", "gift")
    assert dialog.form.what.text() == "10 h of 10 h left, given; without an end."
    dialog.form.leftover.setCurrentIndex(1)
    dialog.accept()
    assert "reason" in dialog.shown_violation
    dialog.form.reason.setText("never needed")
    dialog.accept()
    assert desk.read(list_blocks, TODAY, "acme")[0].ledger.state is BlockState.EXPIRED
    desk.undo.undo()
    line = desk.read(list_blocks, TODAY, "acme")[0]
    assert (line.ledger.state, line.block.fate) == (BlockState.OPEN, Leftover.ASK)


def test_a_block_with_nothing_to_decide_has_one_button_to_leave_by(desk: Desk, opener: DialogOpener) -> None:
    sold = Block("acme", "pack", date(2026, 11, 20), "Pack", UsageUnit.MINUTES, 600, Money(90000, "EUR"))
    desk.write(add_block, replace(sold, retainer_id="advisory"))
    dialog: Any = opener.show_block("acme", "pack")
    shown = [each.text() for each in dialog.form.buttons.buttons() if not each.isHidden()]
    assert shown == ["&Close"]
    dialog.reject()


def test_an_early_exit_is_shown_line_by_line_then_done_and_undone(desk: Desk, opener: DialogOpener) -> None:
    before = desk.read(get_retainer, "acme", "advisory")
    dialog: Any = opener.end_early("acme", "advisory")
    dialog.form.last_day.set_day(date(2026, 11, 25))
    choice = dialog.value()
    assert [row[0] for row in dialog._table.rows] == ["14 Nov – 25 Nov"]
    assert dialog.form.effect.text().startswith("The account owes €1,200.00 before tax.")
    assert choice.shown.total == Money(120000, "EUR")
    dialog.accept()
    assert desk.read(get_retainer, "acme", "advisory").ended_on == date(2026, 11, 26)
    desk.undo.undo()
    assert desk.read(get_retainer, "acme", "advisory") == before


def test_an_end_before_the_beginning_is_said_at_its_field(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.end_early("acme", "advisory")
    dialog.form.last_day.set_day(date(2020, 1, 1))
    assert "cannot end before" in dialog.form.effect.text()
    dialog.accept()
    assert "cannot end before" in dialog.shown_violation
    dialog.reject()
