"""Selling, changing and deciding about blocks, and leaving early, on a real book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.account import Account
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.block_ledger import BlockState
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.services.accounts import add_account
from retainerdesk.services.blocks import (
    add_block,
    change_block,
    decide_leftover,
    get_block,
    list_blocks,
    remove_block,
)
from retainerdesk.services.exits import apply_exit, preview_exit
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.retainers import get_retainer
from retainerdesk.store.book_store import BookStore

TODAY = date(2026, 1, 5)
TEN = Block(
    "acme", "ten", TODAY, "Ten hours", UsageUnit.MINUTES, 600, Money(140000, "EUR"),
    opened_by=OpenedBy.INVOICE,
)  # fmt: skip


def write(store: BookStore, use_case: Callable[..., Any], *arguments: Any) -> Any:
    with store.writing() as uow:
        value = use_case(uow, *arguments).value
        uow.commit()
        return value


def bill(store: BookStore) -> None:
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    issue_invoices(store, IssueCommand(run.proposals, TODAY), TODAY)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": " "}, "block.name"),
        ({"amount": 0}, "block.amount"),
        ({"price": Money(-1, "EUR")}, "block.price"),
        ({"price": Money(1, "USD")}, "block.currency"),
        ({"expires_on": TODAY}, "block.expires_on"),
        ({"retainer_id": "other"}, "block.retainer"),
    ],
)
def test_a_block_nobody_could_use_is_refused(store: BookStore, changes: dict[str, Any], rule: str) -> None:
    with store.writing() as uow, pytest.raises(RuleViolation) as refused:
        add_block(uow, replace(TEN, **changes))
    assert refused.value.rule == rule


def test_money_needs_a_rate_from_the_block_or_the_plan(store: BookStore) -> None:
    """Care has 150.00 an hour; an account without a retainer has none."""
    money = replace(TEN, unit=UsageUnit.MONEY)
    write(store, add_block, money)
    write(store, add_account, Account("bare", "Bare", "EUR"))
    money = replace(money, account_id="bare")
    with store.writing() as uow, pytest.raises(RuleViolation, match="has no rate"):
        add_block(uow, money)
    write(store, add_block, replace(money, hourly_rate=Decimal(120)))


def test_what_was_invoiced_stays_but_its_reminder_may_change(store: BookStore) -> None:
    write(store, add_block, TEN)
    write(store, change_block, replace(TEN, amount=660), TODAY)
    bill(store)
    write(store, change_block, replace(TEN, amount=660, low_at=30), TODAY)
    for use_case, block in ((change_block, replace(TEN, amount=1, low_at=30)), (remove_block, TEN)):
        with store.writing() as uow, pytest.raises(RuleViolation, match="stands on invoice"):
            use_case(uow, block, TODAY)
    with store.reading() as uow:
        (line,) = list_blocks(uow, TODAY)
    assert (line.ledger.state, line.ledger.remaining, line.sold_by) == (BlockState.OPEN, 660, "2026-0001")


def test_a_block_that_was_not_sold_can_be_taken_out(store: BookStore) -> None:
    write(store, add_block, TEN)
    write(store, remove_block, TEN, TODAY)
    with store.reading() as uow:
        assert list_blocks(uow, TODAY) == ()


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (LeftoverDecision(TODAY, Leftover.EXPIRE), "Say why"),
        (LeftoverDecision(TODAY, Leftover.REFUND, until=date(2027, 1, 1)), "Only what is carried"),
        (LeftoverDecision(TODAY, Leftover.CARRY, until=TODAY), "dead"),
        (LeftoverDecision(date(2026, 1, 1), Leftover.REFUND), "was opened on"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    store: BookStore, decision: LeftoverDecision, words: str
) -> None:
    write(store, add_block, TEN)
    with store.writing() as uow, pytest.raises(RuleViolation, match="not paid yet"):
        decide_leftover(uow, "acme", "ten", decision, TODAY)
    bill(store)
    with store.writing() as uow, pytest.raises(RuleViolation, match=words):
        decide_leftover(uow, "acme", "ten", decision, TODAY)


def test_a_decision_can_be_taken_back(store: BookStore) -> None:
    write(store, add_block, TEN)
    bill(store)
    write(store, decide_leftover, "acme", "ten", LeftoverDecision(TODAY, Leftover.REFUND), TODAY)
    write(store, decide_leftover, "acme", "ten", LeftoverDecision(TODAY, Leftover.ASK), TODAY)
    with store.reading() as uow:
        assert get_block(uow, "acme", "ten").decision is None


def test_an_exit_is_applied_as_shown_or_not_at_all(store: BookStore) -> None:
    write(store, add_block, TEN)
    bill(store)
    command = ExitCommand("acme", "care", date(2026, 1, 11))
    with store.reading() as uow:
        shown = preview_exit(uow, command, TODAY)
        assert get_retainer(uow, "acme", "care").ended_on is None
    with store.writing() as uow, pytest.raises(RuleViolation, match="look again"):
        apply_exit(uow, command, TODAY, shown=shown.total + Money(1, "EUR"))
    with store.writing() as uow:
        apply_exit(uow, command, TODAY, shown=shown.total)
        uow.commit()
    with store.reading() as uow:
        assert get_retainer(uow, "acme", "care").ended_on == date(2026, 1, 11)
        assert get_block(uow, "acme", "ten").fate is Leftover.REFUND
