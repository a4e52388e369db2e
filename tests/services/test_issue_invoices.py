"""The invoice run: what is shown is what is issued, once, and what changed meanwhile is parked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import NumberRange
from retainerdesk.services.accounts import change_account, get_account
from retainerdesk.services.issue_invoices import (
    IssueCommand,
    RunView,
    issue_invoices,
    preview_invoices,
    skip_charges,
    take_back_skip,
)
from retainerdesk.services.retainers import change_retainer, get_retainer
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories.books import load_account_file
from tests.services.conftest import monthly

FEBRUARY = date(2026, 2, 1)


def preview(store: BookStore, today: date, **more: object) -> RunView:
    with store.reading() as uow:
        return preview_invoices(uow, today, today, **more)  # type: ignore[arg-type]


def test_a_run_issues_what_was_shown_and_a_second_run_nothing(store: BookStore) -> None:
    """January and February: 1,000.00 + 19 % = 1,190.00 each."""
    run = preview(store, FEBRUARY)
    assert [str(each.totals.gross) for each in run.proposals] == ["1190.00", "1190.00"]
    assert run.numbers == (NumberRange("invoice", 2, "2026-0001", "2026-0002"),)
    result = issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY).value
    assert [invoice.number for invoice in result.issued] == ["2026-0001", "2026-0002"]
    assert preview(store, FEBRUARY).proposals == ()


def test_issuing_the_same_preview_twice_issues_once(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY)
    again = issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY).value
    assert again.issued == ()
    assert len(again.parked) == 2


def test_a_price_that_changed_since_it_was_shown_is_parked(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    with store.writing() as uow:
        care = get_retainer(uow, "acme", "care")
        change_retainer(uow, replace(care, plans=(*care.plans, monthly(FEBRUARY, 120_000))))
        uow.commit()
    result = issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY).value
    assert [invoice.number for invoice in result.issued] == ["2026-0001"]
    assert "changed since it was shown" in result.parked[0].reason


def test_stopping_a_run_keeps_what_was_issued(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    result = issue_invoices(
        store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY, lambda done, _: done < 1
    ).value
    assert result.cancelled
    assert len(result.issued) == 1
    assert len(preview(store, FEBRUARY).proposals) == 1


def test_a_skipped_charge_is_not_offered_until_the_skip_is_taken_back(store: BookStore) -> None:
    charge = preview(store, FEBRUARY).proposals[0].charges[0]
    with store.writing() as uow:
        skip_charges(uow, [charge], "free month", FEBRUARY)
        uow.commit()
    assert [each.billable_on for each in preview(store, FEBRUARY).proposals] == [FEBRUARY]
    with store.writing() as uow:
        take_back_skip(uow, charge.key)
        uow.commit()
    assert len(preview(store, FEBRUARY).proposals) == 2


def test_a_skip_without_a_reason_is_refused(store: BookStore) -> None:
    charge = preview(store, FEBRUARY).proposals[0].charges[0]
    with store.writing() as uow, pytest.raises(RuleViolation, match="why it is skipped"):
        skip_charges(uow, [charge], "  ", FEBRUARY)


def test_a_charge_left_for_later_is_offered_again(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    issue_invoices(store, IssueCommand(run.proposals[1:], FEBRUARY), FEBRUARY)
    assert [each.billable_on for each in preview(store, FEBRUARY).proposals] == [date(2026, 1, 1)]


def test_a_clock_that_went_back_parks_everything(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    issue_invoices(store, IssueCommand(run.proposals[:1], FEBRUARY), FEBRUARY)
    before = preview(store, date(2026, 1, 15))
    assert before.proposals == ()
    assert before.parked == () or not before.parked[0].can_confirm


def test_charges_older_than_the_bound_wait_for_a_yes(store: BookStore) -> None:
    """On 1 March 2027 the charge of 1 January 2026 is 424 days old, more than 400."""
    late = date(2027, 3, 1)
    assert preview(store, late).proposals == ()
    assert preview(store, late).parked[0].can_confirm
    assert len(preview(store, late, confirmed=frozenset({"acme"})).proposals) == 15


def test_an_issued_invoice_keeps_the_buyer_as_it_was(store: BookStore) -> None:
    run = preview(store, FEBRUARY)
    issued = issue_invoices(store, IssueCommand(run.proposals, FEBRUARY), FEBRUARY).value.issued[0]
    with store.writing() as uow:
        change_account(uow, replace(get_account(uow, "acme"), name="Renamed"))
        uow.commit()
    assert issued.buyer.name == "ACME"


def test_one_account_that_breaks_a_rule_does_not_stop_the_others(store: BookStore) -> None:
    """An exempt category without its reason cannot be invoiced; acme still is."""
    from decimal import Decimal

    from retainerdesk.domain.account import Account, TaxCategory, TaxRule
    from retainerdesk.domain.retainer import Retainer
    from retainerdesk.services.retainers import add_retainer
    from retainerdesk.store.repositories import accounts

    with store.writing() as uow:
        broken = Account("broken", "Broken", "EUR", tax=TaxRule(TaxCategory.EXEMPT, Decimal(0)))
        accounts.add_account(uow, broken)
        start = date(2026, 1, 1)
        add_retainer(uow, Retainer("broken", "r", "R", start, (monthly(start, 100),)))
        uow.commit()
    run = preview(store, FEBRUARY)
    assert {each.account_id for each in run.proposals} == {"acme"}
    assert [each.account_id for each in run.parked] == ["broken"]


def test_a_skip_remembers_what_was_given_up(store: BookStore) -> None:
    """The free month cost 1,000.00 net; the margin needs to know it later."""
    charge = preview(store, FEBRUARY).proposals[0].charges[0]
    with store.writing() as uow:
        skip_charges(uow, [charge], "free month", FEBRUARY)
        uow.commit()
    with store.reading() as uow:
        kept = load_account_file(uow, "acme").skips
    assert [str(skip.net) for skip in kept] == ["1000.00"]
