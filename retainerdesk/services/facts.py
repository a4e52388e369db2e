"""Everything the rules say about accounts as of a day, computed once for lists, screens and the watcher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from retainerdesk.domain.account import AccountStatus, Business, Person
from retainerdesk.domain.allowance import UsagePeriod, lot_ledger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import work_of
from retainerdesk.domain.due import DueFacts, DueItem, DueKind, due_items
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.health import (
    HealthFacts,
    InvoiceFact,
    Severity,
    Verdict,
    VerdictKind,
    compared,
    verdicts,
)
from retainerdesk.domain.invoicing import RunPreview, propose, undecided_overage
from retainerdesk.domain.lots import Lot
from retainerdesk.domain.margin import Margin, margin_months
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import TermFacts, is_weekday, next_dates
from retainerdesk.domain.over_servicing import Service
from retainerdesk.domain.payments import ageing, balances, days_late, open_balance
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.portfolio import is_in_service, mrr
from retainerdesk.domain.quiet import Quiet, quiet_on
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.term import fee_on
from retainerdesk.domain.work import WorkKind
from retainerdesk.services.business import get_business, list_people
from retainerdesk.services.margin_facts import margin_inputs, total_of_complete
from retainerdesk.services.views import LotExpiry, RetainerView
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.unit_of_work import UnitOfWork

IsBusinessDay = Callable[[date], bool]
_MARGIN_MONTHS = 12
_JUDGED_MONTHS = 3


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One account as of `today`: its file up to that day, and what the rules found."""

    file: AccountFile
    today: date
    retainers: tuple[RetainerView, ...]
    months: tuple[Margin, ...]
    verdicts: tuple[Verdict, ...]
    due: tuple[DueItem, ...]
    mrr: Money
    balance: Money
    overdue: Money

    @property
    def terms(self) -> tuple[TermFacts, ...]:
        return tuple(each.term for each in self.retainers if each.term is not None)

    @property
    def needs_you(self) -> bool:
        """Whether something is bad, late, or waits for a word from us soon."""
        speaks = {DueKind.INVOICE_OVERDUE, DueKind.NOTICE_DEADLINE, DueKind.OVERAGE_TO_DECIDE}
        soon = any(
            item.kind in speaks and item.on <= self.today + timedelta(days=_SOON_DAYS) for item in self.due
        )
        return soon or any(verdict.severity is Severity.BAD for verdict in self.verdicts)


_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class BookFacts:
    """All accounts as of a day, by id."""

    business: Business
    accounts: tuple[AccountFacts, ...]


def load_facts(uow: UnitOfWork, today: date, is_business_day: IsBusinessDay = is_weekday) -> BookFacts:
    """Facts of every account, with a fixed number of queries."""
    business, people = get_business(uow), list_people(uow)
    files = load_account_files(uow)
    return BookFacts(
        business, tuple(account_facts(file, business, people, today, is_business_day) for file in files)
    )


def load_account_facts(
    uow: UnitOfWork, account_id: str, today: date, is_business_day: IsBusinessDay = is_weekday
) -> AccountFacts:
    """Facts of one account; RuleViolation if there is none of that id."""
    file = load_account_file(uow, account_id)
    return account_facts(file, get_business(uow), list_people(uow), today, is_business_day)


def account_facts(
    file: AccountFile,
    business: Business,
    people: tuple[Person, ...],
    today: date,
    is_business_day: IsBusinessDay = is_weekday,
) -> AccountFacts:
    """What the rules say about one account. Documents, money and work after `today` do not count yet."""
    known = as_of(file, today)
    ledgers = {each.id: lot_ledger(each, work_of(known, each), today) for each in known.retainers}
    views = tuple(_retainer_view(each, ledgers[each.id], today, is_business_day) for each in known.retainers)
    inputs = margin_inputs(known, tuple(ledgers.values()), business, people, _month_after(today))
    months = margin_months(
        inputs, Period(add_months(today.replace(day=1), 1 - _MARGIN_MONTHS), _month_after(today))
    )
    quiet = _quiet(known, today)
    judged = _verdicts(known, ledgers, months, quiet, business, today)
    before = _month_ago(known, months, business, today)
    found = compared(judged, before) if before else judged
    owed = propose_safely(file, today + timedelta(days=business.lead_days), today)
    terms = tuple((each.retainer, each.term) for each in views if each.term is not None)
    silent = next((each for each in found if each.kind is VerdictKind.QUIET), None)
    facts = DueFacts(
        owed, balances(known.invoices, known.payments, today), terms, tuple(undecided_overage(known, today)),
        quiet.amber_on if silent else None, silent.words if silent else "",
    )  # fmt: skip
    zero = Money(0, file.account.currency)
    open_now = open_balance(known.invoices, known.payments, today).get(zero.currency, zero)
    aged = ageing(known.invoices, known.payments, today).get(zero.currency)
    return AccountFacts(
        known, today, views, months, found, tuple(due_items(known, facts, today)),
        mrr(known.retainers, today).get(zero.currency, zero), open_now, aged.past_due if aged else zero,
    )  # fmt: skip


def as_of(file: AccountFile, today: date) -> AccountFile:
    """The file as it was on `today`: what happened later is left out."""
    return replace(
        file,
        work=tuple(each for each in file.work if each.on <= today),
        invoices=tuple(each for each in file.invoices if each.issued_on <= today),
        payments=tuple(each for each in file.payments if each.on <= today),
        calls=tuple(each for each in file.calls if each.at.date() <= today),
        notes=tuple(each for each in file.notes if each.at.date() <= today),
    )


def propose_safely(file: AccountFile, through: date, today: date) -> RunPreview:
    """The missing charges; an account that breaks a rule has none (the invoice run names the rule)."""
    try:
        return propose(file, through, today)
    except RuleViolation:
        return RunPreview((), ())


def _month_after(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _retainer_view(
    retainer: Retainer, ledger: tuple[UsagePeriod, ...], today: date, is_business_day: IsBusinessDay
) -> RetainerView:
    day = max(today, retainer.starts_on)
    return RetainerView(
        retainer=retainer,
        fee=fee_on(retainer, day)[1],
        mrr=mrr([retainer], today).get(
            retainer.plans[0].fee.currency, Money(0, retainer.plans[0].fee.currency)
        ),
        usage=ledger,
        expiries=_expiries(retainer, ledger),
        term=next_dates(retainer, today, is_business_day) if is_in_service(retainer, day) else None,
        words=terms_in_words(retainer, today),
    )


def _expiries(retainer: Retainer, ledger: tuple[UsagePeriod, ...]) -> tuple[LotExpiry, ...]:
    """When carried lots die, soonest first. Base lots are what the period itself offers."""
    if not ledger:
        return ()
    dated: dict[date, int] = {}
    for lot in ledger[-1].lots:
        last_day = _last_day_of(retainer, ledger, lot)
        if last_day is not None and lot.origin_on < ledger[-1].span.start:
            dated[last_day] = dated.get(last_day, 0) + lot.remaining
    return tuple(LotExpiry(minutes, last_day) for last_day, minutes in sorted(dated.items()))


def _last_day_of(retainer: Retainer, ledger: tuple[UsagePeriod, ...], lot: Lot) -> date | None:
    if lot.expires_on is not None:
        return lot.expires_on - timedelta(days=1)
    ahead = lot.last_index - ledger[-1].index
    if ahead > 60:
        return None
    until = ledger[-1].span.end + timedelta(days=(ahead + 1) * max(1, ledger[-1].span.days + 3))
    periods = usage_periods(retainer, until)
    return periods[min(lot.last_index, len(periods) - 1)].span.last_day


def _quiet(file: AccountFile, today: date) -> Quiet:
    touches = [call.at.date() for call in file.calls] + [note.at.date() for note in file.notes if note.touch]
    since = min((each.starts_on for each in file.retainers), default=None)
    return quiet_on(today, touches, file.account.call_every_days, since)


def _verdicts(
    file: AccountFile,
    ledgers: dict[str, tuple[UsagePeriod, ...]],
    months: tuple[Margin, ...],
    quiet: Quiet,
    business: Business,
    today: date,
) -> tuple[Verdict, ...]:
    if file.account.status in (AccountStatus.PROPOSAL, AccountStatus.ENDED):
        return ()
    services = [_service(file, name, period) for name, ledger in ledgers.items() for period in ledger]
    recent = total_of_complete(months[-1 - _JUDGED_MONTHS : -1])
    open_now = balances(file.invoices, file.payments, today)
    return verdicts(
        HealthFacts(
            today=today,
            invoices=tuple(
                InvoiceFact(
                    each.number, each.due_on, open_now[each.number], days_late(each, file.payments, today)
                )
                for each in file.invoices
            ),
            services=tuple(services),
            quiet=quiet,
            margin_percent=recent.percent if recent else None,
            target_margin_percent=Fraction(business.target_margin_percent),
            grace_days=file.account.grace_days,
        )
    )


def _service(file: AccountFile, retainer_id: str, usage: UsagePeriod) -> Service:
    unpaid = usage.decision in (OverageDecision.ABSORB, OverageDecision.ASK)
    beside = sum(
        entry.minutes
        for entry in work_of(file, file.retainer(retainer_id))
        if entry.kind is WorkKind.OUT_OF_SCOPE and entry.on in usage.span
    )
    given = usage.overage if unpaid else 0
    return Service(usage.span, usage.granted, usage.used, given, beside, usage.closed, retainer_id)


def _month_ago(
    file: AccountFile, months: tuple[Margin, ...], business: Business, today: date
) -> tuple[Verdict, ...]:
    """The verdicts of a month before, to say what changed; none where there is no history yet.

    `months` are those of today; a month ago the last of them had not begun.
    """
    then = add_months(today, -1)
    if not any(each.starts_on < then for each in file.retainers):
        return ()
    known = as_of(file, then)
    ledgers = {each.id: lot_ledger(each, work_of(known, each), then) for each in known.retainers}
    return _verdicts(known, ledgers, months[:-1], _quiet(known, then), business, then)
