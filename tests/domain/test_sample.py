"""The sample business is true on every day: its states, its history and every invariant of the rules."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.book import Book
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.money import Money
from retainerdesk.domain.open_overage import undecided_overage
from retainerdesk.domain.payments import balances, days_late, settled_on
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.quiet import Level
from retainerdesk.domain.sample import sample_book
from retainerdesk.domain.sample.days import weekday_after, weekday_by
from retainerdesk.domain.sample.studio import ASLEEP_DAYS
from retainerdesk.domain.work import WorkKind
from tests.domain.sample_checks import (
    VERDICTS,
    burned_percent,
    check_invariants,
    check_states,
    file_of,
    last_closed,
    past_due,
    silence,
    verdicts_on,
    waiting,
)

TODAY = date(2026, 11, 22)
AWKWARD_DAYS = [
    TODAY,
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2025, 3, 31),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2030, 10, 30),
]

every_awkward_day = pytest.mark.parametrize("today", AWKWARD_DAYS, ids=str)
any_day = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@cache
def book_on(today: date) -> Book:
    return sample_book(today)


# The six states


@every_awkward_day
def test_each_account_is_in_the_state_it_is_told_in(today: date) -> None:
    check_states(book_on(today), today)


@every_awkward_day
def test_nobody_left_most_of_the_allowance_unused(today: date) -> None:
    for file in book_on(today).accounts:
        assert burned_percent(last_closed(file, today)) >= 85, file.account.id


@every_awkward_day
def test_the_over_serviced_account_waits_for_one_decision(today: date) -> None:
    """118, 121 and 117 % of 20 h: two periods absorbed, the last one asked; nothing carried covers them."""
    file = file_of(book_on(today), "acme")
    first, second, third = last_closed(file, today)
    decisions = [usage.decision for usage in (first, second, third)]
    assert decisions == [OverageDecision.ABSORB, OverageDecision.ABSORB, OverageDecision.ASK]
    assert [usage.used for usage in (first, second, third)] == [1410, 1455, 1410]
    assert [usage.overage for usage in (first, second, third)] == [210, 255, 210]
    assert [each.period_on for each in undecided_overage(file, today)] == [third.span.start]
    favours = [w for w in file.work if w.kind is WorkKind.OUT_OF_SCOPE and w.on >= first.span.start]
    assert sum(entry.minutes for entry in favours) > 300


@every_awkward_day
def test_the_late_account_owes_two_invoices_and_paid_part_of_one(today: date) -> None:
    """1,428.00 each; 40 % of the older one came: 856.80 and 1,428.00 are open, both past due."""
    file = file_of(book_on(today), "dune")
    remaining = {number: left for number, left in balances(file.invoices, file.payments).items() if left}
    assert list(remaining.values()) == [Money(85_680, "EUR"), Money(142_800, "EUR")]
    assert past_due(file, today) == Money(228_480, "EUR")


@every_awkward_day
def test_everybody_else_pays_on_time(today: date) -> None:
    for file in book_on(today).accounts:
        if file.account.id != "dune":
            assert {days_late(each, file.payments, today) for each in file.invoices} <= {0, None}


@every_awkward_day
def test_the_rules_give_each_account_the_verdict_of_its_state(today: date) -> None:
    book = book_on(today)
    assert {file.account.id: verdicts_on(book, file, today) for file in book.accounts} == VERDICTS


def test_the_quiet_account_is_red_against_its_own_rhythm() -> None:
    """Calls every two weeks, the last one 42 days or a weekend more ago: above 2.5 × 14 = 35."""
    said = silence(file_of(book_on(TODAY), "fjord"), TODAY)
    assert (said.level, said.usual_days, said.days_since) == (Level.RED, Fraction(14), 44)


# What waits


@every_awkward_day
def test_a_handful_of_charges_waits_and_nothing_is_parked(today: date) -> None:
    book = book_on(today)
    kinds = [charge.key.kind for charge in waiting(book, today)]
    assert 4 <= len(kinds) <= 8
    assert kinds.count(ChargeKind.FEE) >= 3
    assert ChargeKind.OVERAGE in kinds
    assert ChargeKind.CORRECTION not in kinds
    assert not [parked for file in book.accounts for parked in propose(file, today, today).parked]


@every_awkward_day
def test_nothing_that_waits_was_due_before_the_last_run(today: date) -> None:
    """A weekend may put a charge's run day past the last run: three days at most."""
    last_run = today - timedelta(days=ASLEEP_DAYS)
    for charge in waiting(book_on(today), today):
        assert charge.billable_on > last_run - timedelta(days=3), charge.key


def test_the_month_of_the_design_waits_for_these_charges() -> None:
    """22 Nov 2026; Borealis: 106 % of 12 h is 12 h 45, 45 min over at 150 an hour is 112.50."""
    found = {
        (charge.key.account_id, charge.key.kind.value, str(charge.net))
        for charge in waiting(book_on(TODAY), TODAY)
    }
    assert found == {
        ("acme", "fee", "3000.00"),
        ("dune", "fee", "1200.00"),
        ("borealis", "fee", "1800.00"),
        ("borealis", "overage", "112.50"),
        ("cobalt", "fee", "4200.00"),
        ("cobalt", "expense", "58.90"),
        ("fjord", "fee", "900.00"),
    }


# Any day


def check_day(today: date) -> None:
    book = sample_book(today)
    check_invariants(book, today)
    check_states(book, today)
    assert {file.account.id: verdicts_on(book, file, today) for file in book.accounts} == VERDICTS
    kinds = {charge.key.kind for charge in waiting(book, today)}
    assert {ChargeKind.FEE, ChargeKind.OVERAGE} <= kinds <= {*ChargeKind} - {ChargeKind.CORRECTION}


@settings(max_examples=5, deadline=None)
@given(any_day)
def test_every_rule_and_every_state_holds_on_any_day(today: date) -> None:
    check_day(today)


@pytest.mark.slow
@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_rule_and_every_state_holds_through_the_years(year: int) -> None:
    """Every 19th day: months, weekdays and leap days in all their combinations over twelve years."""
    for number in range(year % 19, 365, 19):
        check_day(date(year, 1, 1) + timedelta(days=number))


@every_awkward_day
def test_every_rule_holds_on_awkward_days(today: date) -> None:
    check_invariants(book_on(today), today)


def test_the_same_day_gives_an_equal_book() -> None:
    assert sample_book(TODAY) == book_on(TODAY)


# What it shows


def test_the_history_has_something_of_everything() -> None:
    files = book_on(TODAY).accounts
    lines = [line for file in files for invoice in file.invoices for line in invoice.lines]
    assert {line.key.kind for line in lines} == {
        ChargeKind.FEE,
        ChargeKind.OVERAGE,
        ChargeKind.EXPENSE,
        ChargeKind.ONE_OFF,
    }
    assert {file.account.currency for file in files} == {"EUR", "GBP"}
    assert {kind for file in files for kind in {entry.kind for entry in file.work}} == set(WorkKind)
    actions = [action for file in files for action in file.actions]
    assert {action.done_on is None for action in actions} == {True, False}
    overdue = [each for each in actions if each.done_on is None and each.due_on and each.due_on < TODAY]
    assert len(overdue) == 1
    assert all(file.decisions and all(each.reason for each in file.decisions) for file in files)
    assert [file.account.id for file in files if file.charges] == ["cobalt"]
    assert {expense.rebill for file in files for expense in file.expenses} == {True, False}
    assert [file.account.id for file in files if any(p.fee for p in file.payments)] == ["elm", "fjord"]


def test_a_pause_of_a_month_is_not_invoiced() -> None:
    """Paused in April 2026: March and May are invoiced, and no day of April."""
    file = file_of(book_on(TODAY), "fjord")
    assert file.retainers[0].pauses[0].span.start == date(2026, 4, 1)
    starts = {line.key.service.start for i in file.invoices for line in i.lines}
    assert {date(2026, 3, 1), date(2026, 5, 1)} <= starts
    assert not [day for day in starts if (day.year, day.month) == (2026, 4)]


def test_the_first_part_of_a_month_is_prorated() -> None:
    """900.00 from 12 September: 19 of 30 days are 570.00."""
    first = file_of(book_on(TODAY), "fjord").invoices[0]
    assert first.lines[0].net == Money(57_000, "EUR")


def test_the_rise_agreed_for_the_renewal_is_in_the_fee() -> None:
    """4,000.00 and 5 % from 1 September 2026: 4,200.00."""
    file = file_of(book_on(TODAY), "cobalt")
    fees = [i.lines[-1].net.minor for i in file.invoices if i.issued_on >= date(2026, 8, 1)]
    assert fees == [400_000, 420_000, 420_000]


def test_a_discount_is_taken_off_the_workshop() -> None:
    """960.00 less 10 % is 864.00."""
    lines = [line for i in file_of(book_on(TODAY), "cobalt").invoices for line in i.lines]
    (workshop,) = [line for line in lines if line.key.kind is ChargeKind.ONE_OFF]
    assert workshop.net == Money(86_400, "EUR")


def test_nobody_works_calls_or_pays_on_a_weekend() -> None:
    for file in book_on(TODAY).accounts:
        days = [row.on for row in file.work] + [row.on for row in file.payments]
        days += [call.at.date() for call in file.calls]
        assert not [day for day in days if day.weekday() > 4], file.account.id


def test_the_newest_call_is_told_by_hand_and_calls_rarely_repeat() -> None:
    file = file_of(book_on(TODAY), "acme")
    assert "Lyon" in file.calls[-1].text
    texts = [call.text for call in file.calls]
    assert len(set(texts)) == len(texts)


def test_an_invoice_paid_in_full_is_settled_on_the_day_of_its_payment() -> None:
    file = file_of(book_on(TODAY), "borealis")
    newest = file.invoices[-1]
    assert settled_on(newest, file.payments) == file.payments[-1].on


@pytest.mark.parametrize(
    ("day", "by", "after"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 20), date(2026, 11, 23)),
    ],
)
def test_weekends_are_left_out(day: date, by: date, after: date) -> None:
    """Thursday, Friday, Saturday, Sunday."""
    assert (weekday_by(day), weekday_after(day)) == (by, after)
