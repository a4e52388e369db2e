"""A state machine over plain domain values: agreements, work and time; what people do, one rule each.

Its sums are in `billing_truths` and `fees_by_hand`, added up there anew and not by the rules that are tested.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from retainerdesk.domain.block import Block, Leftover, OpenedBy
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import PeriodClose
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.work import Call, Expense, OneOffCharge, WorkEntry, WorkKind
from tests.domain import billing_money as cash
from tests.domain import billing_world as deeds
from tests.domain.billing_draws import STEPS, TAXES, accounts, agreements, money, new_pauses, new_plans
from tests.domain.billing_truths import complaints, not_whole
from tests.domain.billing_world import Agreement, World, attempt

ACCOUNTS = ("acme", "borealis")
PERCENTS = st.sampled_from([1, 30, 50, 100, 100])
MINUTES = st.lists(st.integers(1, 2400), min_size=1, max_size=4)
PLACES = st.integers(0, 7)
AGO = st.sampled_from([0, 0, 1, 3, 20, 40, 100, 400])


class AgreementMachine(RuleBasedStateMachine):
    """Two accounts with a retainer or two each; every rule is something that people do.

    What the rules of the domain refuse leaves everything as it was; so no rule here asks beforehand whether
    it would be allowed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.world = World(date(2024, 9, 1))
        self.documents_seen: dict[str, Invoice] = {}
        self.closes_seen: dict[tuple[str, str, date, int], PeriodClose] = {}

    agreed: Bundle[Agreement] = Bundle("agreed")
    entries: Bundle[Agreement] = Bundle("entries")

    @property
    def invoices(self) -> list[Invoice]:
        return [each for each in self.documents if not each.is_credit_note]

    @property
    def notes(self) -> list[Invoice]:
        return [each for each in self.documents if each.is_credit_note]

    @property
    def documents(self) -> list[Invoice]:
        """Of each account, the newest first."""
        return [each for file in self.world.files.values() for each in reversed(file.invoices)]

    @property
    def closed(self) -> list[tuple[Agreement, Period]]:
        """The periods that are closed."""
        return [
            ((file.account.id, retainer.id), each.span)
            for file in self.world.files.values()
            for retainer in file.retainers
            for each in retainer.closes
            if each.reopened is None
        ]

    def ago(self, days: int) -> date:
        return self.world.today - timedelta(days=days)

    def currency(self, account_id: str) -> str:
        return self.world.files[account_id].account.currency

    # Agreements and terms

    @initialize(target=agreed, data=st.data(), today=st.dates(date(2024, 6, 1), date(2025, 6, 30)))
    def begin(self, data: st.DataObject, today: date) -> Any:
        """Two accounts with a retainer each, seldom two, some work, and perhaps all of it invoiced."""
        self.world.today = today
        begun: list[Agreement] = []
        for name in ACCOUNTS:
            account = data.draw(accounts(name))
            deeds.open_account(self.world, account)
            for number in range(data.draw(st.sampled_from([1, 1, 1, 2]))):
                made = data.draw(agreements(account, f"r{number}"))
                deeds.agree(self.world, made)
                begun.append((name, made.id))
        for which in begun:
            self.work_through(which, 200, data.draw(MINUTES))
        for which in begun if data.draw(st.booleans()) else ():
            cash.issue(self.world, which[0], confirmed=True)
        return multiple(*begun)

    def work_through(self, which: Agreement, days: int, minutes: list[int]) -> list[Agreement]:
        """Work spread evenly over the last so many days."""
        return [
            self.enter(which, days - days * place // len(minutes), each, WorkKind.DELIVERY, which[1])
            for place, each in enumerate(minutes)
        ]

    def enter(
        self, which: Agreement, days: int, minutes: int, kind: WorkKind, retainer_id: str | None
    ) -> Agreement:
        name = self.world.new_id("w")
        entry = WorkEntry(which[0], name, self.ago(days), minutes, "ada", kind, retainer_id)
        deeds.enter_work(self.world, entry)
        return which[0], name

    @rule(which=agreed, data=st.data(), keeps_grid=st.booleans())
    def change_plan(self, which: Agreement, data: st.DataObject, keeps_grid: bool) -> None:
        plan = data.draw(new_plans(self.world.agreed(which), self.world.today))
        attempt(self.world, lambda: deeds.change_plan(self.world, which, plan, keeps_grid=keeps_grid), None)

    @rule(which=agreed, data=st.data())
    def pause(self, which: Agreement, data: st.DataObject) -> None:
        made = data.draw(new_pauses(self.world.today))
        attempt(self.world, lambda: deeds.pause(self.world, which, made), None)

    @rule(which=agreed)
    def resume(self, which: Agreement) -> None:
        attempt(self.world, lambda: deeds.resume(self.world, which), None)

    @rule(which=agreed, days=st.none() | st.integers(-120, 60))
    def end(self, which: Agreement, days: int | None) -> None:
        on = None if days is None else self.ago(-days)
        attempt(self.world, lambda: deeds.end(self.world, which, on), None)

    @rule(which=agreed, days=AGO, minutes=st.integers(-600, 600))
    def adjust(self, which: Agreement, days: int, minutes: int) -> None:
        attempt(self.world, lambda: deeds.adjust(self.world, which, days, minutes), None)

    # Work, calls and what is charged beside

    @rule(
        target=entries, which=agreed, days=AGO, minutes=st.integers(1, 2400),
        kind=st.sampled_from([WorkKind.DELIVERY, *WorkKind]), is_named=st.booleans(),
    )  # fmt: skip
    def work(self, which: Agreement, days: int, minutes: int, kind: WorkKind, is_named: bool) -> Agreement:
        return self.enter(which, days, minutes, kind, which[1] if is_named else None)

    @rule(
        target=entries,
        which=agreed,
        minutes=MINUTES,
        days=st.sampled_from([31, 31, 62, 92]),
        pays=st.booleans(),
    )
    def live_on(self, which: Agreement, minutes: list[int], days: int, pays: bool) -> Any:
        """A month or more of ordinary life: work is done, what is owed is issued, and perhaps paid."""
        deeds.pass_days(self.world, days)
        made = self.work_through(which, days, minutes)
        if self.world.today >= max(self.world.last_on.values(), default=date.min):
            cash.issue(self.world, which[0], confirmed=True)
        owed = cash.open_balance_of(self.world, which[0])
        if pays and owed.minor > 0:
            cash.pay(self.world, which[0], owed)
        return multiple(*made)

    @rule(which=entries, minutes=st.integers(1, 2400), given=st.sampled_from([0, 0, 30, 9999]))
    def change_work(self, which: Agreement, minutes: int, given: int) -> None:
        deeds.change_work(self.world, which, minutes, given)

    @rule(which=consumes(entries))
    def take_out_work(self, which: Agreement) -> None:
        deeds.take_out_work(self.world, which)

    @rule(which=agreed, days=AGO)
    def hold_calls(self, which: Agreement, days: int) -> None:
        day = self.ago(days)
        for hour in (9, 10, 11):
            at = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001
            deeds.hold_call(
                self.world, Call(which[0], self.world.new_id("c"), at, 60, "Call", retainer_id=which[1])
            )

    @rule(
        account_id=st.sampled_from(ACCOUNTS),
        price=st.integers(1, 90_000),
        tax=st.none() | TAXES,
        off=st.sampled_from([0, 10]),
    )
    def charge(self, account_id: str, price: int, tax: Any, off: int) -> None:
        each = Decimal(price) if self.currency(account_id) == "JPY" else Decimal(price) / 100
        row = OneOffCharge(
            account_id,
            self.world.new_id("x"),
            self.world.today,
            "Extra",
            Decimal("1.5"),
            each,
            Decimal(off),
            tax,
        )
        deeds.charge(self.world, row)

    @rule(account_id=st.sampled_from(ACCOUNTS), minor=st.integers(1, 50_000), markup=st.sampled_from([0, 12]))
    def spend(self, account_id: str, minor: int, markup: int) -> None:
        amount = Money(minor, self.currency(account_id))
        row = Expense(
            account_id, self.world.new_id("e"), self.world.today, amount, "Train", True, Decimal(markup)
        )
        deeds.charge(self.world, row)

    @rule(
        account_id=st.sampled_from(ACCOUNTS),
        data=st.data(),
        days=st.none() | st.sampled_from([0, 20]),
        tax=st.none() | TAXES,
    )
    def agree_deposit(self, account_id: str, data: st.DataObject, days: int | None, tax: Any) -> None:
        since = None if days is None else self.ago(-days)
        amount = data.draw(money(self.currency(account_id)))
        made = Deposit(
            account_id, self.world.new_id("dp"), self.world.today, "Deposit", amount, None, tax, since
        )
        attempt(self.world, lambda: deeds.agree_deposit(self.world, made), None)

    @rule(
        which=agreed, data=st.data(), ends=st.none() | st.integers(1, 90), leftover=st.sampled_from(Leftover),
        opened_by=st.sampled_from(OpenedBy),
    )  # fmt: skip
    def sell_block(
        self, which: Agreement, data: st.DataObject, ends: int | None, leftover: Leftover, opened_by: OpenedBy
    ) -> None:
        unit = self.world.agreed(which).plans[0].unit
        made = Block(
            which[0], self.world.new_id("b"), self.world.today, "Block", unit,
            data.draw(st.integers(1, 5) | st.integers(1, 6000)), data.draw(money(self.currency(which[0]))),
            which[1], None if ends is None else self.ago(-ends), leftover=leftover, opened_by=opened_by,
            hourly_rate=Decimal(150),
        )  # fmt: skip
        attempt(self.world, lambda: deeds.sell_block(self.world, made), None)

    # Closing, overage and late work

    @rule(which=agreed, place=PLACES, choice=st.sampled_from(OverageDecision))
    def decide_overage(self, which: Agreement, place: int, choice: OverageDecision) -> None:
        attempt(self.world, lambda: deeds.decide_overage(self.world, which, place, choice), None)

    @rule(which=agreed, days=st.sampled_from([1, 1, 32, 100]))
    def close(self, which: Agreement, days: int) -> None:
        attempt(self.world, lambda: deeds.close(self.world, which, days), None)

    @rule(which=agreed)
    def reopen(self, which: Agreement) -> None:
        attempt(self.world, lambda: deeds.reopen(self.world, which), None)

    @precondition(lambda self: self.closed)
    @rule(target=entries, data=st.data(), minutes=st.integers(1, 2400), turn=st.none() | PLACES)
    def work_late(self, data: st.DataObject, minutes: int, turn: int | None) -> Agreement:
        """Work in a period that is closed; perhaps decided about at once."""
        which, span = data.draw(st.sampled_from(self.closed))
        on = span.start + timedelta(days=data.draw(st.integers(0, span.days - 1)))
        made = self.enter(which, (self.world.today - on).days, minutes, WorkKind.DELIVERY, which[1])
        if turn is not None:
            self.decide_one(which[0], 0, turn)
        return made

    @precondition(lambda self: self.closed)
    @rule(account_id=st.sampled_from(ACCOUNTS), place=PLACES, turn=PLACES)
    def decide_late(self, account_id: str, place: int, turn: int) -> None:
        self.decide_one(account_id, place, turn)

    def decide_one(self, account_id: str, place: int, turn: int) -> None:
        attempt(self.world, lambda: cash.decide_late(self.world, account_id, place, turn), None)

    # Time

    @rule(days=STEPS)
    def pass_days(self, days: int) -> None:
        deeds.pass_days(self.world, days)

    # What must hold

    @invariant()
    def everything_adds_up(self) -> None:
        for file in self.world.files.values():
            found = list(complaints(file, self.world.today))
            assert not found, "; ".join(found)

    @invariant()
    def what_was_issued_or_closed_stays(self) -> None:
        for file in self.world.files.values():
            for document in file.invoices:
                bare = replace(document, status=InvoiceStatus.ISSUED, voided=None)
                if document.number not in self.documents_seen:
                    assert list(not_whole((document.lines, document.totals))) == []
                assert self.documents_seen.setdefault(document.number, bare) == bare
            for retainer in file.retainers:
                for close in retainer.closes:
                    key = (file.account.id, retainer.id, close.span.start, close.number)
                    kept = replace(close, reopened=None)
                    assert self.closes_seen.setdefault(key, kept) == kept
