"""What must hold of the sample business on any day, for its tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.health import HealthFacts, InvoiceFact, verdicts
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import next_dates
from retainerdesk.domain.numbering import render
from retainerdesk.domain.over_servicing import Service
from retainerdesk.domain.overage_price import overage_net
from retainerdesk.domain.payments import ageing, balances, check_payment, days_late
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.quiet import Quiet, quiet_on
from retainerdesk.domain.retainer import check_retainer
from retainerdesk.domain.sample.studio import ASLEEP_DAYS
from retainerdesk.domain.schedule import billing_periods, usage_periods
from retainerdesk.domain.term import fee_on
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.verdict import VerdictKind
from retainerdesk.domain.work import WorkKind


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
