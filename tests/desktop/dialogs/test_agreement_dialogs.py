"""Accounts and retainers: the form says the value exactly, and in words while it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, RolloverPolicy
from retainerdesk.domain.retainer import Pause
from retainerdesk.services.accounts import get_account, list_accounts
from retainerdesk.services.retainers import get_retainer, list_retainers, used_plans
from tests.desktop.conftest import TODAY


def every_retainer(desk: Desk) -> list[tuple[str, str]]:
    accounts = desk.read(list_accounts)
    return [(each.id, retainer.id) for each in accounts for retainer in desk.read(list_retainers, each.id)]


def test_the_short_name_follows_the_name_until_it_is_edited(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.new_account()
    dialog.form.name.setText("ACME & Söhne")
    assert dialog.form.id.text() == "acme-soehne"
    dialog.form.id.setText("mine")
    dialog.form.id.setModified(True)
    dialog.form.name.setText("Another")
    assert dialog.form.id.text() == "mine"
    dialog.reject()


def test_a_new_account_is_in_the_book_with_its_contacts(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.new_account()
    form = dialog.form
    form.name.setText("Gryphon Legal")
    form.add_contact.click()
    dialog._contacts.setData(dialog._contacts.index(0, 0), "Kit <Ltd>")
    form.tags.setText(" law, , retainer ")
    form.tax_rate.setText("19")
    dialog.accept()
    account = desk.read(get_account, "gryphon-legal")
    assert [contact.name for contact in account.contacts] == ["Kit <Ltd>"]
    assert account.tags == ("law", "retainer")
    assert account.tax.rate_percent == Decimal(19)
    assert account.currency == "EUR"
    desk.undo.undo()
    assert "gryphon-legal" not in [each.id for each in desk.read(list_accounts)]


def test_a_name_that_looks_like_another_account_is_told_below_and_saved_all_the_same(
    desk: Desk, opener: DialogOpener
) -> None:
    first = desk.read(list_accounts)[0]
    dialog: Any = opener.new_account()
    assert dialog.look_alike.isHidden()
    dialog.form.name.setText(f"{first.name[0]}\u200b{first.name[1:]}")
    assert not dialog.look_alike.isHidden()
    assert first.name in dialog.look_alike.full_text
    dialog.form.name.setText("Quite Another")
    assert dialog.look_alike.isHidden()
    dialog.form.name.setText(first.name.upper())
    assert "has this name already" in dialog.look_alike.full_text
    dialog.accept()
    assert [each.name for each in desk.read(list_accounts)].count(first.name.upper()) == 1


def test_an_account_does_not_look_like_itself(desk: Desk, opener: DialogOpener) -> None:
    for account in desk.read(list_accounts):
        dialog: Any = opener.edit_account(account.id)
        assert dialog.look_alike.isHidden()
        dialog.reject()


def test_an_account_opened_and_saved_unchanged_is_the_same_value(desk: Desk, opener: DialogOpener) -> None:
    for account in desk.read(list_accounts):
        dialog: Any = opener.edit_account(account.id)
        assert dialog.value() == account
        dialog.accept()
    assert not desk.undo.can_undo


def test_a_violation_on_another_page_brings_that_page_up(opener: DialogOpener) -> None:
    dialog: Any = opener.edit_account("acme")
    dialog.form.tax_rate.setText("nineteen")
    dialog.accept()
    assert dialog.form.tabs.currentWidget() is dialog.form.billing_tab
    assert dialog.form.tax_rate.property("invalid") == "true"
    dialog.reject()


def test_a_category_without_tax_has_no_rate(opener: DialogOpener) -> None:
    dialog: Any = opener.edit_account("acme")
    index = dialog.form.tax_category.findText("Reverse charge")
    dialog.form.tax_category.setCurrentIndex(index)
    assert dialog.value().tax.rate_percent == 0
    assert dialog.value().tax.category is TaxCategory.REVERSE_CHARGE
    dialog.reject()


def test_every_retainer_opened_and_saved_unchanged_is_the_same_value(
    desk: Desk, opener: DialogOpener
) -> None:
    for account_id, retainer_id in every_retainer(desk):
        dialog: Any = opener.edit_retainer(account_id, retainer_id)
        assert dialog.value() == desk.read(get_retainer, account_id, retainer_id)
        dialog.accept()
    assert not desk.undo.can_undo


def test_a_plan_an_invoice_used_cannot_be_typed_into(desk: Desk, opener: DialogOpener) -> None:
    retainer = desk.read(list_retainers, "acme")[0]
    used = desk.read(used_plans, retainer)
    dialog: Any = opener.edit_retainer("acme", retainer.id)
    for index, plan in enumerate(retainer.plans):
        dialog.form.plans.setCurrentIndex(index)
        assert dialog.plans.editor.isEnabled() == (plan.from_on not in used)
        assert dialog.form.plan_used.isHidden() == (plan.from_on not in used)
    dialog.reject()


def test_new_terms_are_one_more_plan(desk: Desk, opener: DialogOpener) -> None:
    before = desk.read(list_retainers, "acme")[0]
    dialog: Any = opener.edit_retainer("acme", before.id)
    dialog.form.add_plan.click()
    dialog.plans.editor.form.from_on.set_day(date(2027, 1, 14))
    dialog.plans.editor.form.fee.setText("3,300.00")
    assert "€3,300" in dialog.form.words.toPlainText()
    dialog.accept()
    after = desk.read(get_retainer, "acme", before.id)
    assert after.plans[:-1] == before.plans
    assert (after.plans[-1].from_on, after.plans[-1].fee) == (date(2027, 1, 14), Money(330000, "EUR"))
    desk.undo.undo()
    assert desk.read(get_retainer, "acme", before.id) == before


def test_a_new_retainer_is_said_in_words_while_it_is_typed(desk: Desk, opener: DialogOpener) -> None:
    dialog: Any = opener.new_retainer("acme")
    assert "name" in dialog.form.words.toPlainText()
    dialog.form.name.setText("Second desk")
    plan = dialog.plans.editor.form
    plan.fee.setText("2,400")
    plan.allowance_minutes.setText("12 h")
    plan.rollover_policy.setCurrentIndex(1)
    plan.cap_minutes.setText("4 h")
    plan.overage_rate.setText("150")
    words = dialog.form.words.toPlainText()
    assert "€2,400 a month" in words
    assert "At most 4 h unused are carried" in words
    value = dialog.value()
    assert value.id == "second-desk"
    assert value.plans[0].rollover.policy is RolloverPolicy.SURPLUS
    dialog.accept()
    assert desk.read(get_retainer, "acme", "second-desk") == value


def test_a_fee_left_empty_is_asked_for_at_its_field(opener: DialogOpener) -> None:
    dialog: Any = opener.new_retainer("acme")
    dialog.form.name.setText("Second desk")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.form.tabs.currentWidget() is dialog.form.plans_tab
    assert dialog.plans.editor.form.fee.property("invalid") == "true"
    dialog.reject()


def test_a_retainer_that_began_earlier_asks_what_was_settled(desk: Desk, opener: DialogOpener) -> None:
    """From 1 August three months are over by 22 November; the fourth runs since the 1st."""
    dialog: Any = opener.new_retainer("acme")
    dialog.form.name.setText("Old desk")
    dialog.form.starts_on.set_day(date(2026, 8, 1))
    dialog.plans.editor.form.fee.setText("1000")
    dialog.accept()
    question: Any = next(each for each in opener.window.children() if type(each).__name__ == "SettledDialog")
    assert "3 finished periods (€3,000.00" in question.form.invoice.text()
    assert question.form.first_day.day == date(2026, 11, 1)
    question.accept()
    assert desk.read(get_retainer, "acme", "old-desk").settled_through == date(2026, 11, 1)


def test_the_consequences_of_a_pause_are_said_before_it_is_kept(desk: Desk, opener: DialogOpener) -> None:
    retainer = desk.read(list_retainers, "acme")[0]
    dialog: Any = opener.pause_retainer("acme", retainer.id)
    words = dialog.form.consequences.text()
    assert "less" in words
    assert "Service goes on from 1 Jan 2027." in words
    dialog.accept()
    paused = desk.read(get_retainer, "acme", retainer.id)
    assert paused.pauses == (*retainer.pauses, Pause(Period(date(2026, 12, 1), date(2027, 1, 1))))


def test_a_pause_on_a_pause_is_refused_in_words(desk: Desk, opener: DialogOpener) -> None:
    retainer = desk.read(list_retainers, "acme")[0]
    first: Any = opener.pause_retainer("acme", retainer.id)
    first.accept()
    second: Any = opener.pause_retainer("acme", retainer.id)
    assert "overlap" in second.form.consequences.text()
    second.accept()
    assert second.isVisible()
    second.reject()


def test_overage_that_is_absorbed_needs_a_reason(desk: Desk, opener: DialogOpener) -> None:
    """Borealis worked 12 h 45 of 12 h from 11 October to 10 November."""
    retainer = desk.read(list_retainers, "borealis")[0]
    period_on = date(2026, 10, 11)
    dialog: Any = opener.decide_overage("borealis", retainer.id, period_on)
    assert "45 min over" in dialog.form.what.text()
    dialog.form.absorb.setChecked(True)
    dialog.accept()
    assert dialog.isVisible()
    dialog.form.reason.setText("goodwill after the outage")
    dialog.accept()
    decided = desk.read(get_retainer, "borealis", retainer.id).usage_decisions[-1]
    assert (decided.period_on, decided.decision) == (period_on, OverageDecision.ABSORB)
    assert decided.decided_on == TODAY
    desk.undo.undo()
    assert desk.read(get_retainer, "borealis", retainer.id) == replace(retainer)


@pytest.mark.parametrize("page", range(4))
def test_every_field_of_a_retainer_has_a_name_for_a_screen_reader(opener: DialogOpener, page: int) -> None:
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit

    dialog: Any = opener.edit_retainer("acme")
    tab = dialog.form.tabs.widget(page)
    for kind in (QLineEdit, QComboBox, QAbstractSpinBox):
        for field in tab.findChildren(kind):
            inner = field.objectName().startswith("qt_") or isinstance(field.parent(), QAbstractSpinBox)
            assert inner or field.accessibleName(), field.objectName()
    dialog.reject()


def test_a_retainer_never_paused_says_so_until_a_pause_is_added(opener: DialogOpener) -> None:
    dialog: Any = opener.edit_retainer("acme", "advisory")
    form, pauses = dialog.form, dialog.pauses
    form.tabs.setCurrentWidget(form.pauses_tab)
    assert (pauses.empty.isVisible(), form.pauses.isVisible()) == (True, False)
    assert not form.change_pause.isEnabled()
    pauses._take(Pause(Period(date(2026, 12, 1), date(2027, 1, 1))))
    assert (pauses.empty.isVisible(), form.pauses.isVisible()) == (False, True)
    assert form.pauses.currentRow() == 0
    assert form.change_pause.isEnabled()
