"""Overage taken from a prepaid block by decision: figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.block import Block, OpenedBy
from retainerdesk.domain.block_ledger import BlockState, earned
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.lots import LotSource
from retainerdesk.domain.plan import Overage, OverageDecision, UsageUnit
from retainerdesk.domain.retainer import UsageDecision, check_retainer
from retainerdesk.domain.usage import account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from tests.domain.builders import account_file, day, eur, plan, retainer, run, work

RATE = Decimal(150)
ASK_150 = Overage(RATE, OverageDecision.ASK)


def block(**changes: Any) -> Block:
    """Five hours, given on 3 February."""
    made = Block("acme", "five", day("2026-02-03"), "Five hours", UsageUnit.MINUTES, 300, eur(0))
    return replace(made, **changes)


def file_of(*entries: Any, blocks: tuple[Block, ...], decided_on: str = "2026-02-05") -> AccountFile:
    """Ten hours a month; January has 13 h of work, so 3 h are over, and are to be taken from blocks."""
    terms = plan("2026-01-01", allowance_minutes=600, overage=ASK_150)
    decision = UsageDecision(day("2026-01-01"), OverageDecision.OFFSET, "", day(decided_on))
    agreed = retainer(terms, starts_on=day("2026-01-01"), usage_decisions=(decision,))
    january = work("2026-01-20", 780, "long")
    return account_file(agreed, work=(january, *entries), blocks=blocks)


def january(file: AccountFile, on: str) -> UsagePeriod:
    return next(iter(account_usage(file, day(on)).ledgers.values()))[0]


def test_three_hours_over_leave_the_overage_and_are_in_the_block() -> None:
    """13 h = 10 h in lots + 3 h from the block, on the day of the decision; 2 h of the block are left."""
    file = file_of(blocks=(block(),))
    period = january(file, "2026-02-28")
    assert (period.used, period.burned, period.from_blocks, period.overage) == (780, 600, 180, 0)
    assert (period.offset, period.decision) == (180, OverageDecision.OFFSET)
    assert [(burn.entry_id, burn.minutes, burn.source) for burn in period.burns][-1] == (
        "long", 180, LotSource.PURCHASED,
    )  # fmt: skip
    (ledger,) = account_usage(file, day("2026-02-28")).blocks
    assert (ledger.burned, ledger.remaining, ledger.burns[0].on) == (180, 120, day("2026-02-05"))
    charged = [each.key.kind for each in missing_charges(file, day("2026-02-28"), day("2026-02-28"))]
    assert ChargeKind.OVERAGE not in charged


def test_before_the_day_of_the_decision_it_still_asks() -> None:
    period = january(file_of(blocks=(block(),)), "2026-02-04")
    assert (period.overage, period.offset, period.decision) == (180, 0, OverageDecision.ASK)


def test_what_the_blocks_do_not_hold_is_asked_again() -> None:
    """A block of 1 h takes 1 h of the 3 h over."""
    period = january(file_of(blocks=(block(amount=60),)), "2026-02-28")
    assert (period.overage, period.offset, period.decision) == (120, 60, OverageDecision.ASK)
    assert sum(burn.minutes for burn in period.burns if burn.lot_on is None) == 120


def test_a_block_that_is_opened_later_than_the_decision_holds_nothing() -> None:
    period = january(file_of(blocks=(block(on=day("2026-02-06")),)), "2026-02-28")
    assert (period.overage, period.offset) == (180, 0)


def test_work_before_the_decision_comes_first_and_work_after_it_last() -> None:
    """February: 12 h on the 4th draw 2 h of the 5 h, then the offset 3 h, then 1 h on the 20th finds none."""
    early, later = work("2026-02-04", 720, "early"), work("2026-02-20", 60, "later")
    file = file_of(early, later, blocks=(block(),))
    first, second = next(iter(account_usage(file, day("2026-02-28")).ledgers.values()))
    assert (first.offset, first.overage) == (180, 0)
    assert (second.from_blocks, second.overage) == (120, 60)
    (ledger,) = account_usage(file, day("2026-02-28")).blocks
    assert ledger.state is BlockState.USED_UP
    assert [burn.on for burn in ledger.burns] == [day("2026-02-04"), day("2026-02-05")]


def test_a_sold_block_earns_what_is_offset_on_the_day_of_the_decision() -> None:
    """300 minutes for 500.00: 180 of them are 300.00."""
    sold = block(price=eur(500), opened_by=OpenedBy.INVOICE)
    file = run(file_of(blocks=(sold,)), "2026-02-03")
    (ledger,) = account_usage(file, day("2026-02-28")).blocks
    assert earned(ledger) == [(day("2026-02-05"), eur(300))]


def test_a_plan_cannot_agree_to_offset() -> None:
    offset = Overage(RATE, OverageDecision.OFFSET)
    agreed = retainer(plan("2026-01-01", overage=offset), starts_on=day("2026-01-01"))
    with pytest.raises(RuleViolation, match="period by period"):
        check_retainer(agreed)
