"""The rows of a run follow the choices; the models keep to Qt's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

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
from retainerdesk.domain.account import TaxCategory, TaxRule
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


def test_an_account_whose_documents_have_a_discount_says_so(view: RunView) -> None:
    """Its charges are shown before the discount, and would not add up to its sum otherwise."""
    less = tuple(replace(each, discount_percent=Decimal("3.50")) for each in view.proposals)
    rows = run_rows(replace(view, proposals=less), RunChoices())
    model = RunModel(TODAY)
    model.set_rows(rows, TODAY)
    place = rows.index(account(rows, "borealis"))
    text = model.data(model.index(place, RunColumn.CHARGE))
    assert str(text).endswith("· one invoice, less 3.5 % discount")


def test_a_charge_with_tax_inside_shows_its_net(view: RunView) -> None:
    """1,800.00 and 112.50 with 19 % inside: tax 1,912.50 × 19 ÷ 119 = 305.36, nets 1,512.605 and 94.538."""
    inside = TaxRule(TaxCategory.STANDARD, Decimal(19), included=True)
    (one,) = (each for each in view.proposals if each.account_id == "borealis")
    charges = tuple(replace(charge, tax=inside) for charge in one.charges)
    rows = run_rows(replace(view, proposals=(replace(one, charges=charges),)), RunChoices())
    nets = [str(row.net) for row in rows if isinstance(row, ChargeRow)]
    assert sorted(nets) == ["1512.60", "94.54"]


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
