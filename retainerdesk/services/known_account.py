"""What the rules need to know of one account as of a day, read without its ten years of rows.

Work is summed by the database between the days on which any rule looks; only the months of the margin are
read entry by entry. So the burns of a ledger made from this name no single entries (`SUMMED`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from retainerdesk.domain.account import Business, Person
from retainerdesk.domain.belonging import work_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.exchange_rate import Rates
from retainerdesk.domain.period import add_months
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.store.queries.touches import touch_days
from retainerdesk.store.queries.work_sums import WorkSum, work_sums
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.invoices import documents_of
from retainerdesk.store.unit_of_work import UnitOfWork

MARGIN_MONTHS = 12
SUMMED = "*"
_NOT_READ = frozenset({"work", "calls", "notes", "decisions", "documents", "invoices", "letters"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """The business, its people and the exchange rates, read once for many accounts."""

    business: Business
    people: tuple[Person, ...]
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """One account as of `today`: later documents, payments, work and contact are left out.

    Unless it `is_whole`, `file` has no calls, notes, decisions and files, its documents no lines, its work
    nothing before the months of the margin. `work` is all work of each retainer by its id, entry by entry
    or summed between the days rules look at. `touches` are days of contact, in order.
    """

    file: AccountFile
    today: date
    work: Mapping[str, tuple[WorkEntry, ...]]
    touches: tuple[date, ...]
    is_whole: bool = False

    @property
    def month_ago(self) -> date:
        return add_months(self.today, -1)

    def as_of(self, day: date) -> KnownAccount:
        """The same account on an earlier day, which must be one that rules look at: `month_ago`."""
        file = replace(
            self.file,
            work=tuple(each for each in self.file.work if each.on <= day),
            invoices=tuple(each for each in self.file.invoices if each.issued_on <= day),
            payments=tuple(each for each in self.file.payments if each.on <= day),
            calls=tuple(each for each in self.file.calls if each.at.date() <= day),
        )
        work = {name: tuple(each for each in rows if each.on <= day) for name, rows in self.work.items()}
        touches = tuple(each for each in self.touches if each <= day)
        return KnownAccount(file, day, work, touches, self.is_whole)


def margin_start(today: date) -> date:
    """The first day of the months whose margin is shown; the running one is the last of them."""
    return add_months(today.replace(day=1), 1 - MARGIN_MONTHS)


def load_known(uow: UnitOfWork, account_id: str, today: date) -> KnownAccount:
    """What rules need of one account; RuleViolation if there is none of that id."""
    file = load_account_file(uow, account_id, without=_NOT_READ)
    if not sums_suffice(file):
        return known_from(load_account_file(uow, account_id), today)
    bounded = replace(
        file,
        work=WORK.of_account(uow, account_id, since=margin_start(today)),
        invoices=documents_of(uow, account_id),
    )
    work = summed_work(uow, file, today)
    return KnownAccount(bounded, today, work, touch_days(uow, account_id, today)).as_of(today)


def sums_suffice(file: AccountFile) -> bool:
    """Whether sums of work say as much as its entries: not for blocks, deposits, sessions, money an entry."""
    in_minutes = all(plan.unit is UsageUnit.MINUTES for each in file.retainers for plan in each.plans)
    return in_minutes and not file.blocks and not file.deposits


def known_from(file: AccountFile, today: date) -> KnownAccount:
    """The same from a whole file, entry by entry."""
    touches = {call.at.date() for call in file.calls} | {each.at.date() for each in file.notes if each.touch}
    work = {each.id: tuple(work_of(file, each)) for each in file.retainers}
    return KnownAccount(file, today, work, tuple(sorted(touches)), is_whole=True).as_of(today)


def summed_work(uow: UnitOfWork, file: AccountFile, today: date) -> dict[str, tuple[WorkEntry, ...]]:
    """The work up to `today` by retainer, an entry for each span between days that rules look at."""
    sums = work_sums(uow, file.account.id, _cuts(file, today))
    alone = len(file.retainers) == 1
    return {
        each.id: tuple(
            entry
            for found in sums
            if found.retainer_id == each.id or (alone and found.retainer_id is None)
            for entry in _entries(file.account.id, each.id, found)
        )
        for each in file.retainers
    }


def _cuts(file: AccountFile, today: date) -> list[date]:
    """The boundaries of every usage period, and the days after those as of which rules judge."""
    after = [_day_after(today), _day_after(add_months(today, -1))]
    bounds = {
        day
        for retainer in file.retainers
        for each in usage_periods(retainer, after[0])
        for day in (each.span.start, each.span.end)
    }
    return sorted(day for day in {*bounds, *after} if day <= after[0]) if bounds else []


def _entries(account_id: str, retainer_id: str, found: WorkSum) -> list[WorkEntry]:
    kinds = ((WorkKind.DELIVERY, found.chargeable), (WorkKind.OUT_OF_SCOPE, found.out_of_scope))
    return [
        WorkEntry(account_id, SUMMED, found.start, minutes, "", kind, retainer_id)
        for kind, minutes in kinds
        if minutes
    ]


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
