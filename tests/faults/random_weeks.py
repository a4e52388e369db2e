"""A business that does something at random every day, through the services, while the clock moves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Payment
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import Pause, PauseFee, PauseLots, Retainer, UsageDecision
from retainerdesk.domain.work import Expense, OneOffCharge, WorkEntry, WorkKind
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.corrections import (
    CreditCommand,
    apply_credit,
    issue_credit_note,
    void_document,
    write_off,
)
from retainerdesk.services.due import find_due, mark_notified, snooze_item
from retainerdesk.services.invoices import render_invoice_pdf
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices, skip_charges
from retainerdesk.services.letters import statement_of_account
from retainerdesk.services.payments import open_invoices, propose_allocations, record_payment
from retainerdesk.services.retainers import change_retainer, list_retainers
from retainerdesk.services.rows import add_row, change_row, new_row_id, remove_row
from retainerdesk.services.search import search_book
from retainerdesk.services.summaries import DueReport
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.repositories.invoices import list_invoices
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.clock import zone
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.paths import documents_folder
from tests.faults.random_deeds import DEEDS

LATE_DAYS = 45
# No clock of a life goes further back: before its book begins nothing would happen.
FIRST_DAY = date(2026, 1, 1)


@dataclass
class MovingClock:
    """Stands on a day until it is moved."""

    day: date

    def today(self, time_zone: str) -> date:
        zone(time_zone)
        return self.day

    def utc_now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@dataclass
class RandomWeeks:
    """Acts on one open book; `did` counts what was done and what was refused."""

    path: Path
    clock: MovingClock
    chance: random.Random
    did: Counter[str] = field(default_factory=Counter)
    announced: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.watcher = ThreadPoolExecutor(1, "watcher")
        self.store: BookStore = open_book(self.path, self.clock)

    @property
    def today(self) -> date:
        return self.clock.day

    def act(self, deed: Callable[[RandomWeeks], None]) -> bool:
        """Whether a deed was done; a refusal by a rule is an answer like any other."""
        try:
            deed(self)
        except RuleViolation:
            self.did["refused"] += 1
            return False
        self.did[deed.__name__] += 1
        return True

    def issue(self, keep: Callable[[int], bool] = lambda _: True) -> int:
        """Issue what is proposed, or a part of it; the number of invoices."""
        with self.store.reading() as uow:
            run = preview_invoices(uow, self.today, self.today)
        chosen = tuple(each for place, each in enumerate(run.proposals) if keep(place))
        result = issue_invoices(self.store, IssueCommand(chosen, self.today), self.today).value
        self.did["invoices"] += len(result.issued)
        return len(result.issued)

    def issue_all(self) -> None:
        self.issue()

    def issue_some(self) -> None:
        self.issue(lambda _: self.chance.random() < 0.5)

    def skip_one(self) -> None:
        with self.store.writing() as uow:
            proposals = preview_invoices(uow, self.today, self.today).proposals
            if proposals:
                proposal = self.chance.choice(proposals)
                skip_charges(uow, [self.chance.choice(proposal.charges)], "goodwill", self.today)
                uow.commit()

    def be_paid(self) -> None:
        with self.store.writing() as uow:
            account = self._account(uow)
            waiting = open_invoices(uow, account)
            if waiting:
                owed = waiting[0].balance
                minor = max(1, int(owed.minor * self.chance.choice([30, 50, 100, 100, 120])) // 100)
                amount = Money(minor, owed.currency)
                allocations = propose_allocations(uow, account, amount)
                record_payment(uow, Payment(account, new_row_id("p"), self.today, amount, allocations))
                uow.commit()

    def work(self) -> None:
        """Minutes of today or, as often, of a period that is long closed."""
        with self.store.writing() as uow:
            agreed = self._retainer(uow)
            day = self.today - timedelta(days=self.chance.choice([0, 0, 0, self.chance.randrange(LATE_DAYS)]))
            kind = self.chance.choice(list(WorkKind))
            minutes = self.chance.randrange(15, 600)
            entry = WorkEntry(
                agreed.account_id, new_row_id("w"), day, minutes, "ada", kind, agreed.id, "Work"
            )
            add_row(uow, entry)
            uow.commit()

    def mend_work(self) -> None:
        """Change or take out an entry, invoiced or not."""
        with self.store.writing() as uow:
            entries = WORK.of_account(uow, self._account(uow))
            if entries:
                entry = self.chance.choice(entries)
                if self.chance.random() < 0.5:
                    remove_row(uow, entry)
                else:
                    change_row(uow, replace(entry, minutes=self.chance.randrange(15, 600)))
                uow.commit()

    def charge(self) -> None:
        with self.store.writing() as uow:
            account = self._account(uow)
            price = Money(self.chance.randrange(1, 100_000), "EUR").as_decimal()
            add_row(uow, OneOffCharge(account, new_row_id("x"), self.today, "Extra", Decimal(1), price))
            add_row(
                uow, Expense(account, new_row_id("e"), self.today, Money(1234, "EUR"), "Train", rebill=True)
            )
            uow.commit()

    def change_plan(self) -> None:
        """New terms, from the middle of a running period or from a later one."""
        with self.store.writing() as uow:
            agreed = self._retainer(uow)
            last = agreed.plans[-1]
            start = self.today + timedelta(days=self.chance.randrange(-10, 40))
            fee = Money(self.chance.randrange(10_000, 500_000), last.fee.currency)
            plan = replace(last, from_on=start, fee=fee, allowance_minutes=self.chance.randrange(0, 2000, 60))
            change_retainer(uow, replace(agreed, plans=(*agreed.plans, plan)))
            uow.commit()

    def pause(self) -> None:
        with self.store.writing() as uow:
            agreed = self._retainer(uow)
            start = self.today + timedelta(days=self.chance.randrange(-5, 30))
            span = Period(start, start + timedelta(days=self.chance.randrange(3, 25)))
            pause = Pause(span, self.chance.choice(list(PauseFee)), self.chance.choice(list(PauseLots)))
            pauses = tuple(sorted((*agreed.pauses, pause), key=lambda each: each.span.start))
            change_retainer(uow, replace(agreed, pauses=pauses))
            uow.commit()

    def decide_overage(self) -> None:
        with self.store.writing() as uow:
            agreed = self._retainer(uow)
            month = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
            taken = {each.period_on for each in agreed.usage_decisions}
            if month not in taken and month >= agreed.starts_on:
                choice = self.chance.choice([OverageDecision.BILL, OverageDecision.ABSORB])
                made = UsageDecision(month, choice, "agreed", self.today)
                change_retainer(uow, replace(agreed, usage_decisions=(*agreed.usage_decisions, made)))
                uow.commit()

    def credit(self) -> None:
        """Take back an invoice or a part of it."""
        with self.store.writing() as uow:
            number = self._number(uow)
            part = Money(self.chance.randrange(1, 50_000), "EUR") if self.chance.random() < 0.6 else None
            issue_credit_note(uow, CreditCommand(number, "agreed", gross=part), self.today)
            uow.commit()

    def void(self) -> None:
        with self.store.writing() as uow:
            void_document(uow, self._number(uow), "a slip", self.today)
            uow.commit()

    def write_off(self) -> None:
        with self.store.writing() as uow:
            write_off(uow, self._number(uow), "bankrupt", self.today)
            uow.commit()

    def use_credit(self) -> None:
        with self.store.writing() as uow:
            apply_credit(uow, self._account(uow), self.today)
            uow.commit()

    def _number(self, uow: UnitOfWork) -> str:
        known = list_invoices(uow, account_ids=[self._account(uow)])
        if not known:
            raise RuleViolation("invoice.none", "There is no invoice yet.")
        return self.chance.choice(known).number

    def look(self) -> None:
        """The watcher reads in its own thread and writes nothing; what is fresh is announced once."""
        report = self.watcher.submit(self._due).result()
        keys = [item.key for item in report.fresh]
        assert not self.announced & set(keys), "an item is announced twice"
        self.announced |= set(keys)
        with self.store.writing() as uow:
            mark_notified(uow, keys, self.today)
            if report.items and self.chance.random() < 0.3:
                item = self.chance.choice(report.items)
                snooze_item(uow, item.key, self.today + timedelta(days=3), self.today)
            uow.commit()

    def _due(self) -> DueReport:
        with self.store.reading() as uow:
            return find_due(uow, self.today)

    def show_account(self) -> None:
        """What choosing an account reads, what its papers look like, and what a search finds of it."""
        with self.store.reading() as uow:
            account = self._account(uow)
            search_book(uow, "wor", account_id=account)
            load_account_view(uow, account, self.today)
            statement_of_account(uow, account, Period(self.today - timedelta(days=90), self.today))
            for document in list_invoices(uow, account_ids=[account])[-2:]:
                render_invoice_pdf(uow, document.number, KeptFiles(documents_folder(self.path)))

    def start_anew(self) -> None:
        """Close the program and start it again."""
        self.store.close()
        self.store = open_book(self.path, self.clock)

    def jump(self) -> None:
        """A clock that is wrong by weeks, or a machine that slept for months."""
        days = self.chance.choice([-40, -9, -2, 14, 45, 92])
        self.clock.day = max(self.clock.day + timedelta(days=days), FIRST_DAY)

    def close(self) -> None:
        self.watcher.shutdown()
        self.store.close()

    def _account(self, uow: UnitOfWork) -> str:
        return self.chance.choice(list_accounts(uow)).id

    def _retainer(self, uow: UnitOfWork) -> Retainer:
        return self.chance.choice(list_retainers(uow, self._account(uow)))


ACTS: tuple[Callable[[RandomWeeks], None], ...] = (
    RandomWeeks.issue_all, RandomWeeks.issue_some, RandomWeeks.skip_one, RandomWeeks.be_paid,
    RandomWeeks.work, RandomWeeks.work, RandomWeeks.mend_work, RandomWeeks.charge, RandomWeeks.change_plan,
    RandomWeeks.pause, RandomWeeks.decide_overage, RandomWeeks.look, RandomWeeks.look, RandomWeeks.credit,
    RandomWeeks.void, RandomWeeks.write_off, RandomWeeks.use_credit, RandomWeeks.show_account,
    RandomWeeks.start_anew, *DEEDS,
)  # fmt: skip
