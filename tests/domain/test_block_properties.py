"""What holds of blocks for any retainer, work, calls and blocks. The `slow` case runs it 100,000 times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from retainerdesk.domain.allowance import ledger_as_of
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.block_ledger import BlockState, earned
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.invoicing import Proposal, proposal_totals
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.term import span_of
from retainerdesk.domain.usage import account_usage, opened_blocks
from retainerdesk.domain.uses import uses_of
from retainerdesk.domain.work import Call
from tests.domain.builders import account_file, issue
from tests.domain.strategies import FIRST_DAY, prove, retainers, work_entries

DAYS = st.dates(FIRST_DAY, date(2025, 12, 31))
TODAYS = st.dates(FIRST_DAY, date(2026, 3, 31))


def _counting(unit: UsageUnit, agreed: Retainer) -> Retainer:
    if unit is UsageUnit.MINUTES:
        return agreed
    plans = []
    for plan in agreed.plans:
        rule = replace(plan.rollover, cap_minutes=None, total_cap_minutes=None)
        counted = replace(plan, allowance_minutes=0, rollover=rule)
        if unit is UsageUnit.MONEY:
            value = Money(plan.allowance_minutes * 100, "EUR")
            plans.append(replace(counted, allowance_money=value, value_rate=Decimal("99.99")))
        else:
            count = plan.allowance_minutes // 500
            plans.append(replace(counted, allowance_sessions=count, session_price=Money(9999, "EUR")))
    return replace(agreed, plans=tuple(plans), adjustments=())


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    decisions = st.builds(
        LeftoverDecision, DAYS, st.sampled_from(Leftover), st.just("asked"), st.none() | DAYS
    )
    return tuple(
        Block(
            "acme",
            f"b{index}",
            draw(DAYS),
            "Block",
            draw(st.sampled_from(UsageUnit)),
            draw(st.integers(1, 5) | st.integers(1, 100_000)),
            Money(draw(st.integers(0, 200_000)), "EUR"),
            draw(st.sampled_from([None, "advisory"])),
            draw(st.none() | DAYS),
            None,
            draw(st.sampled_from(Leftover)),
            OpenedBy.INVOICE,
            draw(st.none() | st.sampled_from([Decimal(150), Decimal("0.0001"), Decimal("33.3333")])),
            draw(st.none() | decisions),
        )
        for index in range(draw(st.integers(0, 3)))
    )


@st.composite
def offsets(draw: st.DrawFn, agreed: Retainer) -> tuple[UsageDecision, ...]:
    """Some periods whose overage was decided to be taken from blocks, on any day."""
    starts = [each.span.start for each in usage_periods(agreed, date(2026, 1, 1))][:12]
    if not starts:
        return ()
    chosen = draw(st.sets(st.sampled_from(starts), max_size=3))
    decided = OverageDecision.OFFSET
    return tuple(UsageDecision(on, decided, "", draw(st.none() | DAYS)) for on in sorted(chosen))


@st.composite
def files(draw: st.DrawFn) -> AccountFile:
    agreed = _counting(draw(st.sampled_from(UsageUnit)), draw(retainers()))
    days = draw(st.lists(DAYS, max_size=8))
    calls = tuple(
        Call("acme", f"c{n}", datetime(day.year, day.month, day.day, 9), 60, "Call")  # noqa: DTZ001
        for n, day in enumerate(days)
    )
    agreed = replace(agreed, usage_decisions=draw(offsets(agreed)))
    return account_file(agreed, work=draw(work_entries()), calls=calls, blocks=draw(blocks()))


def sold(file: AccountFile, today: date) -> AccountFile:
    """Issue everything that is due, also what is below zero."""
    charges = missing_charges(file, today, today)
    if not charges:
        return file
    totals = proposal_totals(charges, "EUR")
    return issue(file, Proposal("acme", "EUR", today, tuple(charges), totals), today)


def check_blocks_add_up_and_are_never_below_zero(file: AccountFile, one: date, other: date) -> None:
    early, late = sorted([one, other])
    for ledger in account_usage(sold(file, early), late).blocks:
        figures = (ledger.burned, ledger.expired, ledger.refunded, ledger.remaining)
        assert ledger.granted == sum(figures)
        assert min(figures) >= 0
        assert ledger.granted == (0 if ledger.state is BlockState.WAITING else ledger.block.amount)
        end = ledger.block.ends_on or date.max
        assert all((ledger.opened_on or date.max) <= burn.on < end for burn in ledger.burns)
        assert all(burn.on <= late and burn.covered > 0 for burn in ledger.burns)


def check_every_use_is_in_one_place(file: AccountFile, one: date, other: date) -> None:
    """Lots, the deficit, a block, the fee or the overage cover each entry and call once, in whole units."""
    early, late = sorted([one, other])
    file = sold(file, early)
    agreed, usage = file.retainers[0], account_usage(file, late)
    placed: Counter[str] = Counter()
    for period in usage.ledgers[agreed.id]:
        taken = period.burned + period.expired + period.forfeited + period.carried
        assert period.opening + period.granted + period.adjusted == taken
        covered = period.burned + period.from_blocks + period.unmetered + period.overage
        assert period.used + period.carried_in == covered
        assert min(period.burned, period.from_blocks, period.unmetered, period.overage) >= 0
        for burn in period.burns:
            placed[burn.entry_id] += burn.minutes
    placed.pop("", None)
    ledger = usage.ledgers[agreed.id]
    served = span_of(agreed, ledger[-1].span.end) if ledger else None
    wanted = uses_of(agreed, file.work, file.calls)
    inside = {
        name: amount for on, name, amount in wanted if served and on in served and on <= late and amount
    }
    assert {name: amount for name, amount in placed.items() if amount} == inside
    for before, after in pairwise(ledger):
        assert after.opening == before.carried
        assert after.carried_in == (before.overage if before.decision is OverageDecision.CARRY else 0)


def check_the_price_is_earned_refunded_or_still_there(file: AccountFile, one: date, other: date) -> None:
    early, late = sorted([one, other])
    for ledger in account_usage(sold(file, early), late).blocks:
        if not ledger.is_funded or ledger.state is BlockState.WAITING:
            continue
        parts = [part.minor for _, part in earned(ledger)]
        assert min(parts, default=0) >= 0
        rest = ledger.refund.minor if ledger.refunded else 0
        if not ledger.remaining:
            assert sum(parts) + rest == ledger.block.price.minor


def check_a_rerun_proposes_nothing(file: AccountFile, one: date, other: date) -> None:
    for today in sorted([one, other]):
        file = sold(file, today)
        assert missing_charges(file, today, today) == []


def check_a_ledger_of_an_earlier_day_is_the_same(file: AccountFile, one: date, other: date) -> None:
    """Reopening a later ledger gives what was computed on the day, blocks included."""
    early, late = sorted([one, other])
    # Decisions count as they are known now, also those of a later day.
    undecided = replace(file.retainers[0], usage_decisions=())
    file = sold(replace(file, retainers=(undecided,)), FIRST_DAY + timedelta(days=400))
    agreed = file.retainers[0]
    then = [each for each in opened_blocks(file, late).values() if each.opened_on <= early]
    now = account_usage(file, late).ledgers[agreed.id]
    calls = [each for each in file.calls if each.at.date() <= early]
    work = [each for each in file.work if each.on <= early]
    assert (
        ledger_as_of(agreed, now, work, early, calls, then) == account_usage(file, early).ledgers[agreed.id]
    )


ARGUMENTS = (files(), TODAYS, TODAYS)
CHECKS: dict[str, Callable[..., None]] = {
    "identity": check_blocks_add_up_and_are_never_below_zero,
    "one place": check_every_use_is_in_one_place,
    "price": check_the_price_is_earned_refunded_or_still_there,
    "rerun": check_a_rerun_proposes_nothing,
    "reopened": check_a_ledger_of_an_earlier_day_is_the_same,
}


@pytest.mark.parametrize("name", CHECKS)
def test_property_holds(name: str) -> None:
    arguments: tuple[Any, ...] = ARGUMENTS
    prove(CHECKS[name], arguments, examples=40)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", CHECKS)
def test_property_holds_100_000_times(name: str) -> None:
    arguments: tuple[Any, ...] = ARGUMENTS
    prove(CHECKS[name], arguments, examples=100_000)
