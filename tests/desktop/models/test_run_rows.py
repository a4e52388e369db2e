"""The rows of a run follow the choices; the models keep to Qt's rules."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.models.run_model import RunColumn, RunModel
from retainerdesk.desktop.models.run_rows import (
    AccountRow,
    ChargeRow,
    Choice,
    RunChoices,
    Skipped,
    chosen_proposals,
    due_after,
    run_rows,
)
from retainerdesk.services.issue_invoices import RunView, preview_invoices
from tests.desktop.conftest import TODAY


@pytest.fixture
def view(desk: Desk) -> RunView:
    return desk.read(preview_invoices, TODAY, TODAY)


def account(rows: tuple[object, ...], account_id: str) -> AccountRow:
    return next(row for row in rows if isinstance(row, AccountRow) and row.account_id == account_id)


def test_an_account_says_what_its_invoices_come_to(view: RunView) -> None:
    """Borealis: 1,800.00 fee and 45 min at 150.00 = 112.50."""
    row = account(run_rows(view, RunChoices()), "borealis")
    assert (str(row.net), row.invoices) == ("1912.50", 1)


def test_a_charge_left_for_later_is_not_issued_and_not_added_up(view: RunView) -> None:
    charge = next(c for p in view.proposals for c in p.charges if str(c.net) == "112.50")
    choices = RunChoices().with_choice([charge.key], Choice.LATER)
    assert str(account(run_rows(view, choices), "borealis").net) == "1800.00"
    assert all(charge.key not in each.keys for each in chosen_proposals(view, choices))
    back = choices.with_choice([charge.key], Choice.CREATE)
    assert run_rows(view, back) == run_rows(view, RunChoices())


def test_a_skipped_charge_is_shown_once_with_its_reason_before_and_after_the_book_is_read(
    view: RunView,
) -> None:
    proposal = next(each for each in view.proposals if each.account_id == "fjord")
    charge = proposal.charges[0]
    choices = RunChoices().with_skipped([Skipped(charge, "free month")])
    fresh = RunView(tuple(each for each in view.proposals if each is not proposal), (), view.account_names)
    for known in (view, fresh):
        rows = [
            row for row in run_rows(known, choices) if isinstance(row, ChargeRow) and row.charge == charge
        ]
        assert rows == [ChargeRow(charge, Choice.SKIP, "free month")]
        assert proposal not in chosen_proposals(known, choices)
    assert choices.still_valid(fresh) == choices
    assert choices.still_valid(view) == RunChoices()


def test_what_is_not_due_today_waits(desk: Desk) -> None:
    later = desk.read(preview_invoices, date(2026, 12, 31), TODAY)
    waiting = due_after(later, TODAY)
    assert waiting
    for proposal in later.proposals:
        for charge in proposal.charges:
            assert (charge.key in waiting) == (charge.billable_on > TODAY)


def test_the_run_model_keeps_to_the_rules(view: RunView, qtmodeltester: ModelTester) -> None:
    model = RunModel(TODAY)
    model.set_rows(run_rows(view, RunChoices()), TODAY)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_choices_change_rows_without_resetting_the_table(view: RunView) -> None:
    model = RunModel(TODAY)
    assert model.set_rows(run_rows(view, RunChoices()), TODAY)
    keys = [charge.key for charge in view.proposals[0].charges]
    assert not model.set_rows(run_rows(view, RunChoices().with_choice(keys, Choice.LATER)), TODAY)


def test_a_screen_reader_hears_the_detail_and_the_choice(view: RunView) -> None:
    model = RunModel(TODAY)
    rows = run_rows(view, RunChoices())
    model.set_rows(rows, TODAY)
    place = next(i for i, row in enumerate(rows) if isinstance(row, ChargeRow) and row.charge.minutes)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "12 h 45 worked" in str(model.index(place, RunColumn.CHARGE).data(role))
    assert model.index(place, RunColumn.CHOICE).data(role) == "Create"
