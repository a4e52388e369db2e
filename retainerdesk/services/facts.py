"""Everything the rules say about an account as of a day, computed once for lists, screens and the watcher."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.domain.account import AccountStatus
from retainerdesk.domain.allowance import ledger_as_of, lot_ledger
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.health import HealthFacts, InvoiceFact, compared, verdicts
from retainerdesk.domain.instalments import asked_for
from retainerdesk.domain.invoice import Payment, Settlement
from retainerdesk.domain.late import late_absorbed, late_effects, open_differences
from retainerdesk.domain.margin import Margin, margin_months
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import IsBusinessDay, TermFacts, is_weekday
from retainerdesk.domain.over_servicing import Service
from retainerdesk.domain.payments import ageing, average_days_late, balances, days_late
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.period_close import Difference
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.portfolio import mrr
from retainerdesk.domain.quiet import Quiet, quiet_on
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.sales_outstanding import days_sales_outstanding
from retainerdesk.domain.usage import AccountUsage, account_usage
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import minutes_of
from retainerdesk.domain.verdict import Verdict
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.business import get_business, list_people
from retainerdesk.services.known_account import Issuer, KnownAccount, load_known, margin_start
from retainerdesk.services.margin_facts import margin_inputs, total_of_complete
from retainerdesk.services.retainer_view import retainer_view
from retainerdesk.services.views import RetainerView
from retainerdesk.store.repositories.exchange_rates import load_rates
from retainerdesk.store.unit_of_work import UnitOfWork

__all__ = ["AccountFacts", "IsBusinessDay", "account_facts", "load_account_facts", "load_issuer"]

_JUDGED_MONTHS = 3
Ledgers = Mapping[str, tuple[UsagePeriod, ...]]


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One account as of `known.today`, and what the rules found. `balances` are by document number."""

    known: KnownAccount
    retainers: tuple[RetainerView, ...]
    months: tuple[Margin, ...]
    verdicts: tuple[Verdict, ...]
    quiet: Quiet
    balances: Mapping[str, Money]
    mrr: Money
    balance: Money
    overdue: Money
    blocks: tuple[BlockLedger, ...] = ()
    average_days_late: Fraction | None = None
    dso: Fraction | None = None
    late: tuple[tuple[str, UsagePeriod, Difference], ...] = ()

    @property
    def today(self) -> date:
        return self.known.today

    @property
    def terms(self) -> tuple[TermFacts, ...]:
        return tuple(each.term for each in self.retainers if each.term is not None)

    @property
    def ledgers(self) -> Ledgers:
        """The lot ledger of each retainer by its id."""
        return {each.retainer.id: tuple(each.usage) for each in self.retainers}


def load_issuer(uow: UnitOfWork) -> Issuer:
    """The business, its people and the exchange rates."""
    return Issuer(get_business(uow), list_people(uow), load_rates(uow))


def load_account_facts(
    uow: UnitOfWork, account_id: str, today: date, is_business_day: IsBusinessDay = is_weekday
) -> AccountFacts:
    """Facts of one account; RuleViolation if there is none of that id."""
    return account_facts(load_known(uow, account_id, today), load_issuer(uow), is_business_day)


def account_facts(
    known: KnownAccount, issuer: Issuer, is_business_day: IsBusinessDay = is_weekday
) -> AccountFacts:
    """What the rules say about one account as of the day it is known."""
    file, today = known.file, known.today
    usage = _usage(known)
    ledgers = usage.ledgers
    views = tuple(retainer_view(each, ledgers[each.id], today, is_business_day) for each in file.retainers)
    span = Period(margin_start(today), add_months(today.replace(day=1), 1))
    rates = issuer.rates.as_of(today)
    inputs = margin_inputs(
        file, tuple(ledgers.values()), issuer.business, issuer.people, span, usage.blocks, rates
    )
    months = margin_months(inputs, span)
    judged, quiet, open_now = _judged(known, ledgers, months, issuer)
    before = _month_ago(known, ledgers, months, issuer)
    zero = Money(0, file.account.currency)
    aged = ageing(file.invoices, file.payments, today, file.settlements).get(zero.currency)
    balance = sum((each for each in open_now.values() if each.currency == zero.currency), zero)
    return AccountFacts(
        known, views, months, compared(judged, before) if before else judged, quiet, open_now,
        mrr(file.retainers, today).get(zero.currency, zero), balance, aged.past_due if aged else zero,
        usage.blocks, average_days_late(file.invoices, file.payments, today, file.settlements),
        days_sales_outstanding(file.invoices, balance, today), tuple(_late(known, ledgers)),
    )  # fmt: skip


def _late(known: KnownAccount, ledgers: Ledgers) -> Iterable[tuple[str, UsagePeriod, Difference]]:
    """The differences in closed periods that wait: by retainer, the row as it was closed, what differs."""
    if known.is_whole:
        for effect in late_effects(known.file, known.today, ledgers):
            yield effect.retainer_id, effect.usage, effect.difference
        return
    for each in known.file.retainers:
        uses = minutes_of(known.work[each.id])
        for usage, found in open_differences(each, ledgers[each.id], uses, known.today):
            yield each.id, usage, found


def _usage(known: KnownAccount) -> AccountUsage:
    """The ledgers of retainers and blocks up to the day the account is known."""
    if known.is_whole:
        return account_usage(known.file, known.today)
    return AccountUsage(
        {each.id: lot_ledger(each, known.work[each.id], known.today) for each in known.file.retainers}
    )


def _judged(
    known: KnownAccount, ledgers: Ledgers, months: Sequence[Margin], issuer: Issuer
) -> tuple[tuple[Verdict, ...], Quiet, dict[str, Money]]:
    """The verdicts as of the day the account is known, the silence, and what is open of each document."""
    file, today = known.file, known.today
    since = min((each.starts_on for each in file.retainers), default=None)
    quiet = quiet_on(today, known.touches, file.account.call_every_days, since)
    open_now = balances(file.invoices, file.payments, today, file.settlements)
    if file.account.status in (AccountStatus.PROPOSAL, AccountStatus.ENDED):
        return (), quiet, open_now
    recent = total_of_complete(months[-1 - _JUDGED_MONTHS : -1])
    services = [
        each
        for name, ledger in ledgers.items()
        for each in _services(file.retainer(name), ledger, known.work[name])
    ]
    facts = HealthFacts(
        today=today,
        invoices=tuple(_invoice_facts(known, open_now)),
        services=tuple(services),
        quiet=quiet,
        margin_percent=recent.percent if recent else None,
        target_margin_percent=Fraction(issuer.business.target_margin_percent),
        grace_days=file.account.grace_days,
    )
    return verdicts(facts), quiet, open_now


def _invoice_facts(known: KnownAccount, open_now: Mapping[str, Money]) -> Iterable[InvoiceFact]:
    """Each document with what settled it: looking through all payments for each would take the square."""
    payments: dict[str, list[Payment]] = {}
    for payment in known.file.payments:
        for number in {part.invoice_number for part in payment.allocations}:
            payments.setdefault(number, []).append(payment)
    settlements: dict[str | None, list[Settlement]] = {}
    for each in known.file.settlements:
        for name in {each.invoice_number, each.source_number}:
            settlements.setdefault(name, []).append(each)
    for invoice in known.file.invoices:
        number = invoice.number
        paid, settled = payments.get(number, []), settlements.get(number, [])
        late = days_late(invoice, paid, known.today, settled)
        due_on, owed = asked_for(invoice, open_now[number], known.today)
        yield InvoiceFact(number, due_on, owed, late)


def _services(
    retainer: Retainer, ledger: Sequence[UsagePeriod], work: Iterable[WorkEntry]
) -> Iterable[Service]:
    """What each usage period offered and what was done in it, out of scope included."""
    starts = [usage.span.start for usage in ledger]
    beside = [0] * len(ledger)
    for entry in work:
        position = bisect_right(starts, entry.on) - 1
        if entry.kind is WorkKind.OUT_OF_SCOPE and position >= 0 and entry.on in ledger[position].span:
            beside[position] += entry.minutes
    for usage, minutes in zip(ledger, beside, strict=True):
        unpaid = usage.decision in (OverageDecision.ABSORB, OverageDecision.ASK)
        # Verdicts compare minutes: a value allowance counts as the work it buys, sessions have none.
        given = usage.in_minutes((usage.overage if unpaid else 0) + late_absorbed(retainer, usage))
        granted, used = usage.in_minutes(usage.granted), usage.in_minutes(usage.used)
        yield Service(usage.span, granted, used, given, minutes, usage.closed, retainer.id)


def _month_ago(
    known: KnownAccount, ledgers: Ledgers, months: tuple[Margin, ...], issuer: Issuer
) -> tuple[Verdict, ...]:
    """The verdicts of a month before, to say what changed; none where there is no history yet.

    `ledgers` and `months` are those of today; a month ago the last of the months had not begun.
    """
    then = known.month_ago
    if not any(each.starts_on < then for each in known.file.retainers):
        return ()
    before = known.as_of(then)
    reopened = _usage(before).ledgers if known.is_whole else _reopened(before, ledgers)
    return _judged(before, reopened, months[:-1], issuer)[0]


def _reopened(before: KnownAccount, ledgers: Ledgers) -> Ledgers:
    """Later ledgers as they stood on the day of `before`: closed periods are not computed again."""
    return {
        each.id: ledger_as_of(each, ledgers[each.id], before.work[each.id], before.today)
        for each in before.file.retainers
    }
