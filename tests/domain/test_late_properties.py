"""Conservation: whatever is changed after closing and decided, every chargeable minute is in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import closable, closes_of
from retainerdesk.domain.late import decide, late_effects, open_differences
from retainerdesk.domain.late_charges import late_charges
from retainerdesk.domain.overage_price import priced_overage
from retainerdesk.domain.period_close import LateChoice
from retainerdesk.domain.plan import OverageDecision, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.usage import usage_of
from retainerdesk.domain.work import WorkEntry
from tests.domain.builders import BILL_150, account_file, day, hours, plan, retainer, work

TODAY = day("2026-05-20")
CLOSED_THROUGH = day("2026-04-30")

days = st.dates(date(2026, 1, 1), date(2026, 5, 20))
entries = st.lists(st.tuples(days, st.integers(1, 900)), max_size=14)
rollovers = st.builds(
    Rollover,
    policy=st.sampled_from(RolloverPolicy),
    periods=st.sampled_from([None, 1, 2]),
    cap_minutes=st.sampled_from([None, 120, 300]),
)
decisions = st.sampled_from([OverageDecision.BILL, OverageDecision.ABSORB, OverageDecision.CARRY])
# What happens after closing: entries added, minutes changed, entries removed (0 minutes), by number.
edits = st.lists(st.tuples(st.integers(0, 20), days, st.integers(0, 900)), max_size=4)
acts = st.lists(st.tuples(edits, st.lists(st.sampled_from(LateChoice), max_size=3)), max_size=3)


def made(rollover: Rollover, worked: list[tuple[date, int]], decision: OverageDecision) -> AccountFile:
    """10 h a month from January 2026 with some work; January's overage is decided in its own way."""
    terms = plan("2026-01-01", allowance_minutes=hours(10), rollover=rollover, overage=BILL_150)
    own = retainer(terms, usage_decisions=(UsageDecision(day("2026-01-01"), decision, "agreed"),))
    rows = tuple(work(on, minutes, f"w{number}") for number, (on, minutes) in enumerate(worked))
    return account_file(own, work=rows)


def closed(file: AccountFile) -> AccountFile:
    (own,) = file.retainers
    over = closable(own, usage_of(file, own, TODAY), CLOSED_THROUGH, is_named=True)
    return replace(file, retainers=(replace(own, closes=closes_of(file, own, over, TODAY)),))


def edited(file: AccountFile, edit: tuple[int, date, int]) -> AccountFile:
    number, on, minutes = edit
    others = tuple(each for each in file.work if each.id != f"w{number}")
    fresh: tuple[WorkEntry, ...] = (work(on, minutes, f"w{number}"),) if minutes else ()
    return replace(file, work=others + fresh)


def decided(file: AccountFile, choice: LateChoice) -> AccountFile:
    """The first difference decided so, where that is offered."""
    waiting = late_effects(file, TODAY)
    if not waiting or waiting[0].option(choice) is None:
        return file
    (own,) = file.retainers
    late = (*own.late, decide(waiting[0], choice, "agreed", TODAY, f"l{len(own.late)}"))
    return replace(file, retainers=(replace(own, late=late),))


def check_every_minute_is_in_one_place(file: AccountFile, own: Retainer) -> None:
    """Chargeable = closed rows + decided (billed, absorbed, moved, covered) + waiting + open periods."""
    ledger = usage_of(file, own, TODAY)
    waiting = {each.span: each.difference for each in late_effects(file, TODAY)}
    for period in ledger:
        worked = sum(each.chargeable_minutes for each in file.work if each.on in period.span)
        settled = [each for each in own.late if each.period_on == period.span.start]
        for each in settled:
            parts = each.billed + each.absorbed + each.moved + each.difference.covered
            assert parts == each.difference.used
        left = worked - period.used - sum(each.difference.used for each in settled)
        if period.span in waiting:
            assert left == waiting[period.span].used
        elif period.closed_on is None:
            assert left == 0
        assert period.used + period.carried_in == period.burned + period.overage + period.unmetered
        granted = period.opening + period.granted + period.adjusted
        assert granted == period.burned + period.expired + period.forfeited + period.carried


def check_what_is_moved_arrives(file: AccountFile, own: Retainer) -> None:
    ledger = usage_of(file, own, TODAY)
    last, running = ledger[-2:]
    carried = last.overage if last.decision is OverageDecision.CARRY else 0
    moved = [each.moved for each in own.late if each.to_on is not None]
    assert running.carried_in - carried == sum(part for part in moved if part > 0)
    assert running.adjusted == -sum(part for part in moved if part < 0)


def check_money_is_asked_for_once(file: AccountFile, own: Retainer) -> None:
    """Closed prices + corrections + what waits = what the rows would cost now, where all was billed."""
    charges = late_charges(file.account, own, (), TODAY)
    correct = [each for each in own.late if each.choice is LateChoice.CORRECT and each.difference.price]
    assert [each.net for each in charges] == [each.difference.price for each in correct]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rollovers, entries, decisions, acts)
def test_no_minute_is_lost_or_counted_twice(
    rollover: Rollover,
    worked: list[tuple[date, int]],
    decision: OverageDecision,
    steps: list[tuple[list[tuple[int, date, int]], list[LateChoice]]],
) -> None:
    file = closed(made(rollover, worked, decision))
    rows = usage_of(file, file.retainers[0], TODAY)[:4]
    for changes, choices in steps:
        for change in changes:
            file = edited(file, change)
        for choice in choices:
            file = decided(file, choice)
        (own,) = file.retainers
        assert usage_of(file, own, TODAY)[:4] == rows
        check_every_minute_is_in_one_place(file, own)
        check_what_is_moved_arrives(file, own)
        check_money_is_asked_for_once(file, own)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rollovers, entries, decisions)
def test_closing_alone_changes_nothing(
    rollover: Rollover, worked: list[tuple[date, int]], decision: OverageDecision
) -> None:
    """The ledger after closing is the ledger before it, and no difference waits."""
    before = made(rollover, worked, decision)
    after = closed(before)
    was, now = (usage_of(each, each.retainers[0], TODAY) for each in (before, after))
    bare = [replace(each, burns=(), closed_on=None) for each in was]
    assert [replace(each, burns=(), closed_on=None) for each in now] == bare
    assert late_effects(after, TODAY) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rollovers, entries, edits)
def test_sums_of_work_find_the_same_differences(
    rollover: Rollover, worked: list[tuple[date, int]], changes: list[tuple[int, date, int]]
) -> None:
    """One sum a period instead of its entries, as the account list reads them."""
    file = closed(made(rollover, worked, OverageDecision.BILL))
    for change in changes:
        file = edited(file, change)
    (own,) = file.retainers
    ledger = usage_of(file, own, TODAY)
    sums = [
        (each.span.start, "*", sum(row.chargeable_minutes for row in file.work if row.on in each.span))
        for each in ledger
    ]
    found = [difference for _, difference in open_differences(own, ledger, sums, TODAY)]
    assert found == [each.difference for each in late_effects(file, TODAY)]


def test_the_price_of_a_difference_is_that_of_the_whole_less_what_was_billed() -> None:
    """Twice 20 minutes at 100.00: 33.33 and 33.34, together the 66.67 of 40 minutes."""
    own = made(Rollover(), [(day("2026-02-03"), 600)], OverageDecision.BILL)
    file = closed(own)
    (agreed,) = file.retainers
    dear = replace(agreed.plans[0], overage=replace(agreed.plans[0].overage, hourly_rate=Decimal(100)))
    file = replace(file, retainers=(replace(agreed, plans=(dear,)),))
    first = decided(edited(file, (50, day("2026-02-04"), 20)), LateChoice.CORRECT)
    second = decided(edited(first, (51, day("2026-02-05"), 20)), LateChoice.CORRECT)
    prices = [each.difference.price.minor for each in second.retainers[0].late]
    assert prices == [3333, 3334]
    row = usage_of(edited(own, (50, day("2026-02-04"), 40)), dear_retainer(own, dear), TODAY)[1]
    assert priced_overage(row, "EUR").minor == sum(prices)


def dear_retainer(file: AccountFile, terms: object) -> Retainer:
    return replace(file.retainers[0], plans=(terms,))  # type: ignore[arg-type]
