"""How an account pays, and how a plan counts, from their dialogs into a real book."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.account import PaymentStep, WithholdingRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.services.accounts import get_account
from retainerdesk.services.retainers import list_retainers


def test_terms_of_documents_are_kept_and_undone(desk: Desk, opener: DialogOpener) -> None:
    before = desk.read(get_account, "acme")
    dialog: Any = opener.edit_account("acme")
    form = dialog.form
    assert not form.withholding_reason.isEnabled()
    form.withholding_percent.setText("15")
    form.withholding_reason.setText("IRPF")
    form.document_discount_percent.setText("2.5")
    form.cash_rounding.setText("0.05")
    form.grace_days.setValue(5)
    assert form.late_words.text() == "An invoice counts as late from 5 days past due on."
    dialog.accept()
    account = desk.read(get_account, "acme")
    assert account.withholding == WithholdingRule(Decimal(15), "IRPF")
    assert (account.document_discount_percent, account.cash_rounding_minor) == (Decimal("2.5"), 5)
    desk.undo.undo()
    assert desk.read(get_account, "acme") == before


def test_an_agreed_rate_of_interest_is_kept_in_basis_points(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.edit_account("acme")
    assert dialog.form.late_interest.text() == ""
    dialog.form.late_interest.setText("12.5")
    dialog.accept()
    assert desk.read(get_account, "acme").late_interest_bps == 1250
    again: Any = opener.edit_account("acme")
    assert again.form.late_interest.text() == "12.5"
    again.form.late_interest.setText("0")
    again.accept()
    assert desk.read(get_account, "acme").late_interest_bps == 1250
    assert any("at most 100 percent" in label.text() for label in again.findChildren(QLabel))
    again.form.late_interest.clear()
    again.accept()
    assert desk.read(get_account, "acme").late_interest_bps is None


def test_a_payment_plan_says_what_it_asks_for(desk: Desk, opener: DialogOpener) -> None:
    """1,000.00 in 30 % at once and 70 % after 45 days: 300.00 and 700.00."""
    dialog: Any = opener.edit_account("acme")
    form, table = dialog.form, dialog._terms.table
    assert form.plan_words.text() == "An invoice is due 14 days after its issue."
    form.in_parts.setChecked(True)
    assert not form.payment_terms_days.isEnabled()
    for row, column, text in ((0, 1, "30"), (1, 0, "45"), (1, 1, "70")):
        table.setData(table.index(row, column), text)
    assert form.plan_words.text() == (
        "Of an invoice of €1,000.00: €300.00 (30 %) on the day of its issue, "
        "€700.00 (70 %) 45 days after its issue."
    )
    dialog.accept()
    assert desk.read(get_account, "acme").payment_plan == (
        PaymentStep(0, Decimal(30)),
        PaymentStep(45, Decimal(70)),
    )
    again: Any = opener.edit_account("acme")
    assert again.form.in_parts.isChecked()
    again.form.in_parts.setChecked(False)
    again.accept()
    assert desk.read(get_account, "acme").payment_plan == ()


def test_parts_that_are_not_the_whole_are_refused_at_the_table(opener: DialogOpener) -> None:
    dialog: Any = opener.edit_account("acme")
    dialog.form.in_parts.setChecked(True)
    table = dialog._terms.table
    table.setData(table.index(1, 1), "40")
    dialog.accept()
    assert "100 percent together" in dialog.shown_violation
    table.setData(table.index(1, 1), "50")
    table.setData(table.index(1, 0), "soon")
    dialog.accept()
    assert "not a number of days" in dialog.shown_violation
    dialog.reject()


def new_plan(opener: DialogOpener) -> tuple[Any, Any]:
    dialog: Any = opener.new_retainer("cobalt")
    dialog.form.name.setText("Coaching")
    form = dialog.plans.editor.form
    form.fee.setText("1200")
    return dialog, form


def kept_plan(desk: Desk, dialog: Any) -> Any:
    wanted = dialog.value().id
    dialog.accept()
    assert not dialog.isVisible(), dialog.shown_violation
    return next(each for each in desk.read(list_retainers, "cobalt") if each.id == wanted).plans[0]


def test_a_session_pack_is_agreed_without_a_shell(desk: Desk, opener: DialogOpener) -> None:
    dialog, form = new_plan(opener)
    form.unit.setCurrentIndex(2)
    form.allowance_sessions.setValue(4)
    form.session_price.setText("320")
    assert "4 sessions a month are included" in dialog.form.words.toPlainText()
    plan = kept_plan(desk, dialog)
    assert (plan.unit, plan.allowance) == (UsageUnit.SESSIONS, 4)
    assert plan.session_price == Money(32000, plan.fee.currency)


def test_a_value_allowance_needs_what_an_hour_takes(desk: Desk, opener: DialogOpener) -> None:
    dialog, form = new_plan(opener)
    form.unit.setCurrentIndex(1)
    form.allowance_money.setText("1000")
    dialog.accept()
    assert dialog.shown_violation == "Say what an hour of work takes from the money included."
    form.value_rate.setText("100")
    plan = kept_plan(desk, dialog)
    assert (plan.unit, plan.allowance, plan.value_rate) == (UsageUnit.MONEY, 100_000, Decimal(100))


def test_a_fee_with_every_hour_charged_needs_no_allowance(desk: Desk, opener: DialogOpener) -> None:
    dialog, form = new_plan(opener)
    assert form.overage_decision.isHidden()
    form.overage_rate.setText("150")
    assert not form.overage_decision.isHidden()
    form.overage_decision.setCurrentIndex(1)
    plan = kept_plan(desk, dialog)
    assert (plan.allowance, plan.is_metered) == (0, True)
    assert plan.overage.decision is OverageDecision.BILL


@pytest.mark.parametrize("unit", [1, 2])
def test_another_unit_leaves_nothing_of_hours_behind(opener: DialogOpener, unit: int) -> None:
    dialog, form = new_plan(opener)
    form.allowance_minutes.setText("20h")
    form.rollover_policy.setCurrentIndex(1)
    form.cap_minutes.setText("5h")
    form.unit.setCurrentIndex(unit)
    form.allowance_money.setText("500")
    form.value_rate.setText("90")
    plan = dialog.plans.editor.plan()
    assert (plan.allowance_minutes, plan.rollover.cap_minutes) == (0, None)
    dialog.reject()
