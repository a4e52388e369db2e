"""Leaving early: what it comes to, by hand; and what is shown is what the next run proposes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retainerdesk.domain.block import Block, Leftover, OpenedBy
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand, ExitSettlement, LotValue, exit_settlement
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import Overage, OverageDecision, Rollover, RolloverPolicy, UsageUnit
from tests.domain.builders import BILL_150, account_file, day, eur, hours, plan, retainer, run, work

SURPLUS = Rollover(RolloverPolicy.SURPLUS, periods=3)


def agreed(*entries: Any, today: str = "2026-03-05", **changes: Any) -> AccountFile:
    """10 h a month for 3,000.00 in advance from January 2026, unused time carried; invoiced until `today`."""
    terms = plan("2026-01-01", allowance_minutes=600, rollover=SURPLUS, overage=BILL_150)
    first = run(account_file(retainer(terms), work=entries, **changes), "2026-01-05")
    return run(first, today)


def leave(file: AccountFile, on: str = "2026-03-11", today: str = "2026-03-11", **how: Any) -> ExitSettlement:
    return exit_settlement(file, ExitCommand("acme", "advisory", day(on), **how), day(today))


def applied(file: AccountFile, settlement: ExitSettlement) -> AccountFile:
    blocks = {block.id: block for block in settlement.blocks}
    charges = () if settlement.charge is None else (settlement.charge,)
    return replace(
        file,
        retainers=(settlement.retainer,),
        charges=(*file.charges, *charges),
        blocks=tuple(blocks.get(block.id, block) for block in file.blocks),
    )


def sold(leftover: Leftover = Leftover.ASK) -> Block:
    return Block(
        "acme", "ten", day("2026-01-01"), "Ten hours", UsageUnit.MINUTES, 600, eur(1400),
        opened_by=OpenedBy.INVOICE, leftover=leftover,
    )  # fmt: skip


def test_the_unserved_days_come_back() -> None:
    """March is paid, 10 of 31 days are served: 3,000 × 21 ÷ 31 = 2,032.26."""
    assert leave(agreed()).total == eur("-2032.26")


def test_days_not_invoiced_yet_are_owed() -> None:
    """Nothing was invoiced since February: 10 of 31 days of March, 967.74."""
    assert leave(agreed(today="2026-02-05")).total == eur("967.74")


def test_carried_time_is_worth_nothing_or_the_rate() -> None:
    """4 h used in January, 10 in February: 6 h are carried into March, whose 10 days grant 194 minutes.

    They are not used, so 360 + 194 minutes are left: 554 × 2.50 = 1,385.00 at 150.00 an hour.
    """
    file = agreed(work("2026-01-10", hours(4)), work("2026-02-10", hours(10)))
    assert (leave(file).lots_left, leave(file).total) == (554, eur("-2032.26"))
    assert leave(file, lots=LotValue.RATE).total == eur("-2032.26") - eur(1385)


def test_time_owed_is_charged_at_the_rate() -> None:
    """13 h in March with 194 minutes granted: 586 minutes of deficit are 1,465.00."""
    terms = plan(
        "2026-03-01", allowance_minutes=600, rollover=Rollover(RolloverPolicy.DEFICIT), overage=BILL_150
    )
    file = run(account_file(retainer(terms), work=(work("2026-03-05", hours(13)),)), "2026-03-05")
    assert leave(file, lots=LotValue.RATE).total == eur("-2032.26") + eur(1465)


def test_without_a_price_unused_time_has_no_worth() -> None:
    terms = plan(
        "2026-01-01", allowance_minutes=600, rollover=SURPLUS, overage=Overage(decision=OverageDecision.ASK)
    )
    with pytest.raises(RuleViolation, match="no price"):
        leave(account_file(retainer(terms)), lots=LotValue.RATE)


@pytest.mark.parametrize(
    ("leftover", "override", "back"),
    [
        (Leftover.ASK, None, "840.00"),
        (Leftover.EXPIRE, None, "0.00"),
        (Leftover.CARRY, None, "0.00"),
        (Leftover.EXPIRE, Leftover.REFUND, "840.00"),
        (Leftover.REFUND, Leftover.EXPIRE, "0.00"),
    ],
)
def test_the_rest_of_a_block_goes_as_agreed_or_as_told(
    leftover: Leftover, override: Leftover | None, back: str
) -> None:
    """4 of 10 h for 1,400.00 were drawn: 840.00 are left."""
    file = agreed(work("2026-01-20", hours(14)), blocks=(sold(leftover),))
    assert leave(file, blocks=override).total == eur("-2032.26") - eur(back)


def test_applying_brings_exactly_what_was_shown_and_then_nothing() -> None:
    file = agreed(work("2026-01-10", hours(4)), work("2026-02-20", hours(22)), blocks=(sold(),))
    settlement = leave(file, lots=LotValue.RATE)
    assert settlement.lines
    ended = applied(file, settlement)
    today = day("2026-03-11")
    charges = missing_charges(ended, today, today)
    assert sorted(map(str, charges)) == sorted(map(str, settlement.lines))
    assert settlement.total == sum((each.net for each in charges), Money(0, "EUR"))
    with pytest.raises(RuleViolation, match="has ended"):
        leave(ended)


def test_an_end_in_the_future_is_shown_as_of_its_day() -> None:
    """March and April are owed by then: 3,000.00 of April, none of May."""
    assert leave(agreed(today="2026-03-05"), on="2026-05-01", today="2026-03-11").total == eur(3000)


@pytest.mark.parametrize(
    ("on", "words"), [("2025-12-31", "cannot end before"), ("2026-03-11", "no retainer")]
)
def test_a_day_or_retainer_that_is_none_is_refused(on: str, words: str) -> None:
    name = "advisory" if words != "no retainer" else "other"
    with pytest.raises(RuleViolation, match=words):
        exit_settlement(agreed(), ExitCommand("acme", name, day(on)), day("2026-03-11"))


def test_a_block_that_is_not_paid_yet_is_named() -> None:
    waiting = replace(sold(), opened_by=OpenedBy.PAYMENT)
    assert "is not paid" in leave(agreed(blocks=(waiting,))).notes[0]


@pytest.mark.parametrize(
    ("allowance", "said"),
    [
        ({"allowance_minutes": 600}, "credit of unused time"),
        ({"allowance_money": eur(1500), "value_rate": Decimal(120)}, "credit of unused value"),
        ({"allowance_sessions": 4, "session_price": eur(180)}, "credit of unused sessions"),
    ],
)
def test_the_credit_names_what_was_unused_by_what_the_plan_counts(
    allowance: dict[str, Any], said: str
) -> None:
    terms = plan("2026-01-01", rollover=SURPLUS, overage=BILL_150, **allowance)
    charge = leave(account_file(retainer(terms)), lots=LotValue.RATE).charge
    assert charge is not None
    assert charge.text == f"Advisory, {said}"
