"""A state machine over plain domain values: what people do in years of random agreements, one rule each.

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
    rule,
)

from retainerdesk.domain.block import Block, Leftover, OpenedBy
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.credit import CreditRequest, creditable_gross, creditable_lines
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.domain.period_close import PeriodClose
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.work import Call, Expense, OneOffCharge, WorkEntry, WorkKind
from tests.domain import billing_money as cash
from tests.domain import billing_world as deeds
from tests.domain.billing_draws import STEPS, TAXES, accounts, agreements, money, new_pauses, new_plans
from tests.domain.billing_truths import complaints, not_whole
from tests.domain.billing_world import Agreement, World, attempt
from tests.domain.fees_by_hand import fees_that_differ

ACCOUNTS = ("acme", "borealis")
PERCENTS = st.sampled_from([1, 30, 50, 100, 100])
MINUTES = st.lists(st.integers(1, 2400), min_size=1, max_size=4)
PLACES = st.integers(0, 7)
AGO = st.sampled_from([0, 0, 1, 3, 20, 40, 100, 400])


class BillingMachine(RuleBasedStateMachine):
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
    invoices: Bundle[str] = Bundle("invoices")
    notes: Bundle[str] = Bundle("notes")
    payments: Bundle[Agreement] = Bundle("payments")

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

    @rule(target=entries, which=agreed, minutes=MINUTES, days=st.sampled_from([31, 31, 62, 92]))
    def live_on(self, which: Agreement, minutes: list[int], days: int) -> Any:
        """A month or more of ordinary life: time passes, work is done, everything owed is issued."""
        deeds.pass_days(self.world, days)
        made = self.work_through(which, days, minutes)
        if self.world.today >= max(self.world.last_on.values(), default=date.min):
            cash.issue(self.world, which[0], confirmed=True)
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

    @rule(target=notes, account_id=st.sampled_from(ACCOUNTS), place=PLACES, turn=PLACES)
    def decide_late(self, account_id: str, place: int, turn: int) -> Any:
        number = attempt(self.world, lambda: cash.decide_late(self.world, account_id, place, turn), None)
        return multiple() if number is None else number

    # Runs and drafts

    @rule(target=invoices, account_id=st.sampled_from(ACCOUNTS), confirmed=st.booleans())
    def issue_all(self, account_id: str, confirmed: bool) -> Any:
        """After everything offered is issued, nothing more is; and plain fees are those added up by hand."""
        made = cash.issue(self.world, account_id, confirmed=confirmed)
        file, today = self.world.files[account_id], self.world.today
        assert cash.offered(self.world, account_id, confirmed=confirmed) == ()
        assert confirmed or not made or cash.offered(self.world, account_id) == ()
        if not missing_charges(file, today, today):
            found = list(fees_that_differ(file, today))
            assert not found, "; ".join(found)
        return multiple(*made)

    @rule(target=invoices, account_id=st.sampled_from(ACCOUNTS), mask=st.integers(0, 255))
    def issue_some(self, account_id: str, mask: int) -> Any:
        wanted = lambda place: bool(mask >> place % 8 & 1)  # noqa: E731
        return multiple(*cash.issue(self.world, account_id, confirmed=True, wanted=wanted))

    @rule(account_id=st.sampled_from(ACCOUNTS), place=PLACES)
    def skip(self, account_id: str, place: int) -> None:
        attempt(self.world, lambda: cash.skip(self.world, account_id, place), None)

    @rule(account_id=st.sampled_from(ACCOUNTS))
    def keep_drafts(self, account_id: str) -> None:
        cash.keep_drafts(self.world, account_id)

    @rule(
        target=invoices, account_id=st.sampled_from(ACCOUNTS), how=st.sampled_from(cash.LATER), place=PLACES
    )
    def handle_draft(self, account_id: str, how: str, place: int) -> Any:
        number = attempt(self.world, lambda: cash.handle_draft(self.world, account_id, how, place), None)
        return multiple() if number is None else number

    # Credit, payments and what never comes

    @rule(target=notes, number=invoices, percent=PERCENTS)
    def credit_amount(self, number: str, percent: int) -> Any:
        file = self.world.holder_of(number)
        most = creditable_gross(next(each for each in file.invoices if each.number == number), file.invoices)
        part = None if percent == 100 else Money(most.minor * percent // 100, most.currency)
        request = CreditRequest("agreed", gross=part)
        made = attempt(self.world, lambda: cash.credit(self.world, number, request), "")
        return made or multiple()

    @rule(target=notes, number=invoices, place=PLACES, percent=PERCENTS)
    def credit_line(self, number: str, place: int, percent: int) -> Any:
        file = self.world.holder_of(number)
        document = next(each for each in file.invoices if each.number == number)
        lines = creditable_lines(document, file.invoices)
        line = lines[place % len(lines)]
        part = Money(line.left.minor * percent // 100, line.left.currency)
        request = CreditRequest("agreed", amounts={line.position: part})
        made = attempt(self.world, lambda: cash.credit(self.world, number, request), "")
        return made or multiple()

    @rule(number=st.one_of(invoices, invoices, notes))
    def void(self, number: str) -> None:
        attempt(self.world, lambda: cash.void(self.world, number), None)

    @rule(target=payments, number=invoices, percent=st.sampled_from([1, 30, 50, 100, 100, 130]))
    def pay(self, number: str, percent: int) -> Any:
        account_id = self.world.holder_of(number).account.id
        owed = cash.owed_on(self.world, number)
        amount = Money(max(1, owed.minor * percent // 100), owed.currency)
        made = attempt(self.world, lambda: cash.pay(self.world, account_id, amount), "")
        return (account_id, made) if made else multiple()

    @rule(which=payments)
    def take_payment_back(self, which: Agreement) -> None:
        attempt(self.world, lambda: cash.take_payment_back(self.world, which), None)

    @rule(number=invoices, percent=PERCENTS)
    def write_off(self, number: str, percent: int) -> None:
        attempt(self.world, lambda: cash.write_off(self.world, number, percent), None)

    @rule(account_id=st.sampled_from(ACCOUNTS), percent=PERCENTS)
    def refund_what_is_over(self, account_id: str, percent: int) -> None:
        attempt(self.world, lambda: cash.refund(self.world, account_id, None, percent), None)

    @rule(number=notes, percent=PERCENTS)
    def refund_credit(self, number: str, percent: int) -> None:
        account_id = self.world.holder_of(number).account.id
        attempt(self.world, lambda: cash.refund(self.world, account_id, number, percent), None)

    @rule(account_id=st.sampled_from(ACCOUNTS))
    def use_credit(self, account_id: str) -> None:
        attempt(self.world, lambda: cash.use_credit(self.world, account_id), None)

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
