"""What holds of the lot ledger for any retainer and any work. The `slow` case runs it 100,000 times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.term import span_of
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.work import WorkEntry
from tests.domain.strategies import FIRST_DAY, prove, retainers, work_entries

TODAYS = st.dates(FIRST_DAY, date(2026, 3, 31))


def check_identity_holds_in_every_period(agreed: Retainer, work: tuple[WorkEntry, ...], today: date) -> None:
    ledger = lot_ledger(agreed, work, today)
    for period in ledger:
        taken = period.burned + period.expired + period.forfeited + period.carried
        assert period.opening + period.granted + period.adjusted == taken
        assert min(period.granted, period.burned, period.overage, period.expired, period.forfeited) >= 0
        assert all(lot.remaining > 0 for lot in period.lots)
    for before, after in pairwise(ledger):
        assert after.opening == before.carried
        assert after.carried_in == (before.overage if before.decision is OverageDecision.CARRY else 0)


def check_every_chargeable_minute_is_in_one_place(
    agreed: Retainer, work: tuple[WorkEntry, ...], today: date
) -> None:
    """In lots or the deficit (burned), the fee or the overage; each entry in one period, none early."""
    ledger = lot_ledger(agreed, work, today)
    placed: Counter[str] = Counter()
    for period in ledger:
        for burn in period.burns:
            placed[burn.entry_id] += burn.minutes
        assert period.used + period.carried_in == period.burned + period.overage + period.unmetered
    served = span_of(agreed, ledger[-1].span.end) if ledger else None
    done = [entry for entry in work if entry.kind.is_chargeable and entry.on <= today]
    chargeable = {entry.id: entry.minutes for entry in done if served and entry.on in served}
    assert placed.pop("", 0) == sum(period.carried_in for period in ledger)
    assert placed == chargeable


def check_order_of_input_plays_no_part(
    agreed: Retainer, work: tuple[WorkEntry, ...], today: date, seed: int
) -> None:
    shuffled = list(work)
    Random(seed).shuffle(shuffled)
    assert lot_ledger(agreed, shuffled, today) == lot_ledger(agreed, work, today)


def check_closed_periods_stay_as_they_were(
    agreed: Retainer, work: tuple[WorkEntry, ...], one: date, other: date
) -> None:
    """Time alone changes nothing: a later look shows the same closed periods."""
    early, late = sorted([one, other])
    before: list[UsagePeriod] = [each for each in lot_ledger(agreed, work, early) if each.closed]
    assert list(lot_ledger(agreed, work, late)[: len(before)]) == before


def check_carried_minutes_keep_the_caps(agreed: Retainer, work: tuple[WorkEntry, ...], today: date) -> None:
    for period in lot_ledger(agreed, work, today):
        rule = period.plan.rollover
        own = sum(lot.remaining for lot in period.lots if lot.origin_on == period.span.start)
        if period.closed and rule.cap_minutes is not None:
            assert own <= rule.cap_minutes
        if period.closed and (rule.periods == 0 or not rule.policy.carries_surplus):
            assert own == 0


CHECKS: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {
    "identity": (check_identity_holds_in_every_period, (retainers(), work_entries(), TODAYS)),
    "one place": (check_every_chargeable_minute_is_in_one_place, (retainers(), work_entries(), TODAYS)),
    "order": (check_order_of_input_plays_no_part, (retainers(), work_entries(), TODAYS, st.integers(0, 99))),
    "closed": (check_closed_periods_stay_as_they_were, (retainers(), work_entries(), TODAYS, TODAYS)),
    "caps": (check_carried_minutes_keep_the_caps, (retainers(), work_entries(), TODAYS)),
}


@pytest.mark.parametrize("name", CHECKS)
def test_property_holds(name: str) -> None:
    check, arguments = CHECKS[name]
    prove(check, arguments, examples=25)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", CHECKS)
def test_property_holds_100_000_times(name: str) -> None:
    check, arguments = CHECKS[name]
    prove(check, arguments, examples=100_000)
