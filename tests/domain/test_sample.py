"""The sample business is true on every day: its states, its history and every invariant of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.allowance import UsagePeriod, lot_ledger
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.charging import missing_charges, overage_net
from retainerdesk.domain.health import HealthFacts, InvoiceFact, VerdictKind, verdicts
from retainerdesk.domain.invoice import Charge, ChargeKind
from retainerdesk.domain.invoicing import propose, undecided_overage
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import next_dates
from retainerdesk.domain.numbering import render
from retainerdesk.domain.over_servicing import Service
from retainerdesk.domain.payments import ageing, balances, check_payment, days_late, settled_on
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.quiet import Level, Quiet, quiet_on
from retainerdesk.domain.retainer import check_retainer
from retainerdesk.domain.sample import sample_book
from retainerdesk.domain.sample.days import weekday_after, weekday_by
from retainerdesk.domain.sample.studio import ASLEEP_DAYS
from retainerdesk.domain.schedule import billing_periods, usage_periods
from retainerdesk.domain.term import fee_on
from retainerdesk.domain.work import WorkKind

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


def file_of(book: Book, account_id: str) -> AccountFile:
    return next(file for file in book.accounts if file.account.id == account_id)


def ledger_of(file: AccountFile, today: date) -> tuple[UsagePeriod, ...]:
    return lot_ledger(file.retainers[0], file.work, today)


def last_closed(file: AccountFile, today: date, count: int = 3) -> list[UsagePeriod]:
    return [usage for usage in ledger_of(file, today) if usage.closed][-count:]


def burned_percent(periods: Iterable[UsagePeriod]) -> Fraction:
    told = list(periods)
    return Fraction(100 * sum(each.used for each in told), sum(each.granted for each in told))


def silence(file: AccountFile, today: date) -> Quiet:
    touches = [call.at.date() for call in file.calls] + [note.at.date() for note in file.notes if note.touch]
    return quiet_on(today, touches, file.account.call_every_days)


def past_due(file: AccountFile, today: date) -> Money:
    return ageing(file.invoices, file.payments, today)[file.account.currency].past_due


def waiting(book: Book, today: date) -> list[Charge]:
    return [charge for file in book.accounts for charge in missing_charges(file, today, today)]


# The six states


def check_states(book: Book, today: date) -> None:
    """Each account is in its state, and in none of the others' bad ones."""
    late = {file.account.id for file in book.accounts if past_due(file, today)}
    quiet = {file.account.id for file in book.accounts if silence(file, today).is_quiet}
    over = {file.account.id for file in book.accounts if burned_percent(last_closed(file, today)) > 110}
    full = {
        file.account.id
        for file in book.accounts
        if all(usage.used >= usage.granted for usage in last_closed(file, today))
    }
    assert (late, quiet, over, full) == ({"dune"}, {"fjord"}, {"acme"}, {"acme", "borealis"})
    speak_soon = {
        file.account.id
        for file in book.accounts
        if (facts := next_dates(file.retainers[0], today)) is not None
        and facts.notice_deadline is not None
        and today < facts.notice_deadline <= today + timedelta(days=21)
    }
    assert speak_soon == {"elm"}


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


def margin_percent(book: Book, file: AccountFile, today: date) -> Fraction:
    """Of the last three closed periods, without one-offs; too high where a fee pays for a quarter."""
    people = {person.id: person for person in book.people}
    revenue, cost = Fraction(0), Fraction(0)
    for usage in last_closed(file, today):
        fee = fee_on(file.retainers[0], usage.span.start)[1] + overage_net(usage, file.account.currency)
        revenue += Fraction(fee.as_decimal())
        for entry in (entry for entry in file.work if entry.on in usage.span):
            rate = people[entry.person_id].cost_rate_on(entry.on)
            assert rate is not None, "every hour has a cost"
            cost += Fraction(rate) * entry.minutes / 60
    return 100 * (revenue - cost) / revenue


def service_of(file: AccountFile, usage: UsagePeriod) -> Service:
    unpaid = usage.overage if usage.decision in (OverageDecision.ABSORB, OverageDecision.ASK) else 0
    favours = [w for w in file.work if w.kind is WorkKind.OUT_OF_SCOPE and w.on in usage.span]
    outside = sum(entry.minutes for entry in favours)
    return Service(usage.span, usage.granted, usage.used, unpaid, outside, usage.closed, "the only one")


def verdicts_on(book: Book, file: AccountFile, today: date) -> set[VerdictKind]:
    remaining = balances(file.invoices, file.payments, today)
    invoices = [
        InvoiceFact(each.number, each.due_on, remaining[each.number], days_late(each, file.payments, today))
        for each in file.invoices
    ]
    services = [service_of(file, usage) for usage in ledger_of(file, today)]
    percent = margin_percent(book, file, today)
    facts = HealthFacts(today, tuple(invoices), tuple(services), silence(file, today), percent)
    return {verdict.kind for verdict in verdicts(facts)}


VERDICTS = {
    "acme": {VerdictKind.OVER_SERVICED},
    "dune": {VerdictKind.LATE},
    "elm": {VerdictKind.HEALTHY},
    "borealis": {VerdictKind.READY_TO_EXPAND, VerdictKind.HEALTHY},
    "cobalt": {VerdictKind.HEALTHY},
    "fjord": {VerdictKind.QUIET},
}


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


# Invariants


def check_invariants(book: Book, today: date) -> None:
    for file in book.accounts:
        check_retainer(file.retainers[0])
        check_lots(file, today)
        check_periods_tile(file, today)
        check_payments(file, today)
        check_rows(file, today)
    check_numbers(book, today)


def check_lots(file: AccountFile, today: date) -> None:
    for usage in ledger_of(file, today):
        had = usage.opening + usage.granted + usage.adjusted
        assert had == usage.burned + usage.expired + usage.forfeited + usage.carried
        assert usage.used + usage.carried_in == usage.burned + usage.overage
        assert sum(burn.minutes for burn in usage.burns) == usage.used + usage.carried_in
    counted = sum(usage.used for usage in ledger_of(file, today))
    assert counted == sum(entry.minutes for entry in file.work if entry.kind.is_chargeable)


def check_periods_tile(file: AccountFile, today: date) -> None:
    retainer = file.retainers[0]
    for slices in (billing_periods(retainer, today), usage_periods(retainer, today)):
        assert slices[0].span.start == retainer.starts_on
        for earlier, later in pairwise(slices):
            assert earlier.span.end == later.span.start


def check_payments(file: AccountFile, today: date) -> None:
    issued = {invoice.number: invoice for invoice in file.invoices}
    for payment in file.payments:
        others = [other for other in file.payments if other.id < payment.id]
        check_payment(payment, file.invoices, others)
        assert issued[payment.allocations[0].invoice_number].issued_on <= payment.on < today


def check_rows(file: AccountFile, today: date) -> None:
    """Lists are by date, then id, ids are unique, and nothing has happened later than today."""
    happened = [
        [(row.on, row.id) for row in file.work],
        [(row.at.date(), row.id) for row in file.calls],
        [(row.at.date(), row.id) for row in file.notes],
        [(row.on, row.id) for row in file.decisions],
        [(row.on, row.id) for row in file.charges],
        [(row.on, row.id) for row in file.expenses],
        [(row.on, row.id) for row in file.payments],
    ]
    due = [(row.due_on or date.max, row.id) for row in file.actions]
    for rows in [*happened, due]:
        assert rows == sorted(rows)
        assert len({row_id for _, row_id in rows}) == len(rows)
    for rows in happened:
        assert all(file.retainers[0].starts_on <= on < today for on, _ in rows)
    paused = [pause.span for pause in file.retainers[0].pauses]
    assert not [row for row in file.work if any(row.on in span for span in paused)]
    assert all(row.minutes > 0 and row.text and row.minutes % 15 == 0 for row in file.work)


def check_numbers(book: Book, today: date) -> None:
    """Numbers are 1..n in order of date over all accounts, and the next one is n + 1."""
    (series,) = book.series
    issued = sorted((i for file in book.accounts for i in file.invoices), key=lambda i: i.sequence)
    assert [invoice.sequence for invoice in issued] == list(range(1, series.next))
    days = [invoice.issued_on for invoice in issued]
    assert days == sorted(days)
    assert days[-1] <= today - timedelta(days=ASLEEP_DAYS)
    for invoice in issued:
        assert invoice.number == render(series, invoice.sequence, invoice.issued_on)
        net = sum(line.net.minor for line in invoice.lines)
        tax = sum(group.amount.minor for group in invoice.totals.tax)
        assert (invoice.totals.net.minor, invoice.totals.gross.minor) == (net, net + tax)
    keys = [line.key for invoice in issued for line in invoice.lines]
    assert len(set(keys)) == len(keys)


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
