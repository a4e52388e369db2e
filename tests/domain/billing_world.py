"""Accounts as plain values on a day, and what people do to them; the rules that refuse are the domain's.

Each deed checks what the service of the same name checks, and swaps a frozen account file for another. What a
rule refuses leaves everything as it was. The money is in `billing_money`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from retainerdesk.domain.account import Account
from retainerdesk.domain.block import Block
from retainerdesk.domain.block_rules import check_block
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import (
    check_kept_periods,
    check_reopen,
    check_usage_decision,
    closable,
    closes_of,
)
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.deposit_rules import check_deposit
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import PeriodClose, Reopened
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.retainer import LotAdjustment, Pause, Retainer, UsageDecision, check_retainer
from retainerdesk.domain.usage import usage_of
from retainerdesk.domain.work import Call, Expense, OneOffCharge, WorkEntry

# An account with one of its retainers, work entries or payments.
Agreement = tuple[str, str]
Answer = TypeVar("Answer")
# Until then every clock of the machine stays: ledgers of decades prove no more and take minutes.
LAST_DAY = date(2031, 12, 31)


@dataclass
class World:
    """Every account by its id, the day, the last number and day of each series."""

    today: date
    files: dict[str, AccountFile] = field(default_factory=dict)
    made: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    last_on: dict[str, date] = field(default_factory=dict)

    def new_id(self, stem: str) -> str:
        self.made += 1
        return f"{stem}{self.made:04}"

    def put(self, file: AccountFile) -> None:
        self.files[file.account.id] = file

    def agreed(self, which: Agreement) -> Retainer:
        return self.files[which[0]].retainer(which[1])

    def put_agreed(self, changed: Retainer) -> None:
        file = self.files[changed.account_id]
        own = tuple(changed if each.id == changed.id else each for each in file.retainers)
        self.put(replace(file, retainers=own))

    def holder_of(self, number: str) -> AccountFile:
        """The account that has the document of that number."""
        return next(
            file for file in self.files.values() if any(each.number == number for each in file.invoices)
        )


def attempt(world: World, deed: Callable[[], Answer], refused: Answer) -> Answer:
    """What a deed answers; `refused` if a rule refuses it, with everything as it was before.

    Half of a deed never stays, as half of a transaction never does.
    """
    before = replace(world, files=dict(world.files), numbers=dict(world.numbers), last_on=dict(world.last_on))
    try:
        return deed()
    except RuleViolation:
        world.files, world.numbers, world.last_on = before.files, before.numbers, before.last_on
        return refused


def pass_days(world: World, days: int) -> None:
    """Move the clock, forwards or back; it stays within the years that are looked at."""
    world.today = min(max(world.today + timedelta(days=days), date(2024, 1, 1)), LAST_DAY)


def open_account(world: World, account: Account) -> None:
    world.put(AccountFile(account))


def agree(world: World, retainer: Retainer) -> None:
    check_retainer(retainer)
    file = world.files[retainer.account_id]
    world.put(replace(file, retainers=(*file.retainers, retainer)))


def change(world: World, changed: Retainer) -> None:
    """Other terms; what a closed period stands on stays."""
    check_retainer(changed)
    check_kept_periods(world.agreed((changed.account_id, changed.id)), changed)
    world.put_agreed(changed)


def change_plan(world: World, which: Agreement, plan: Plan, *, keeps_grid: bool) -> None:
    """New terms from a day on, future or past; with `keeps_grid` in the cadence that holds there."""
    agreed = world.agreed(which)
    before = agreed.plan_on(plan.from_on)
    if keeps_grid:
        plan = replace(
            plan, cadence=before.cadence, alignment=before.alignment, billing_day=before.billing_day,
            usage_cadence=before.usage_cadence,
        )  # fmt: skip
    plans = tuple(sorted((*agreed.plans, plan), key=lambda each: each.from_on))
    change(world, replace(agreed, plans=plans))


def pause(world: World, which: Agreement, one: Pause) -> None:
    agreed = world.agreed(which)
    pauses = tuple(sorted((*agreed.pauses, one), key=lambda each: each.span))
    change(world, replace(agreed, pauses=pauses))


def resume(world: World, which: Agreement) -> None:
    """End the last pause today; one that has not begun is taken out."""
    agreed = world.agreed(which)
    if agreed.pauses:
        *others, last = agreed.pauses
        begun = last.span.start < world.today < last.span.end
        kept = (replace(last, span=Period(last.span.start, world.today)),) if begun else ()
        if begun or world.today <= last.span.start:
            change(world, replace(agreed, pauses=(*others, *kept)))


def end(world: World, which: Agreement, on: date | None) -> None:
    """End the service, on a day past or to come, or let it go on after all."""
    agreed = world.agreed(which)
    change(world, replace(agreed, ended_on=None if on is None else max(on, agreed.starts_on)))


def adjust(world: World, which: Agreement, days: int, minutes: int) -> None:
    agreed = world.agreed(which)
    made = LotAdjustment(world.today - timedelta(days=days), minutes, "agreed", world.new_id("a"))
    change(world, replace(agreed, adjustments=(*agreed.adjustments, made)))


def enter_work(world: World, entry: WorkEntry) -> None:
    file = world.files[entry.account_id]
    world.put(replace(file, work=(*file.work, entry)))


def change_work(world: World, which: Agreement, minutes: int, written_down: int) -> None:
    """Other minutes, some of them given up; none at all takes the entry out."""
    file = world.files[which[0]]
    found = next(each for each in file.work if each.id == which[1])
    others = tuple(each for each in file.work if each is not found)
    given = min(written_down, minutes)
    fresh = (replace(found, minutes=minutes, written_down_minutes=given),) if minutes else ()
    world.put(replace(file, work=(*others, *fresh)))


def take_out_work(world: World, which: Agreement) -> None:
    change_work(world, which, 0, 0)


def hold_call(world: World, call: Call) -> None:
    file = world.files[call.account_id]
    world.put(replace(file, calls=(*file.calls, call)))


def charge(world: World, row: OneOffCharge | Expense) -> None:
    file = world.files[row.account_id]
    if isinstance(row, Expense):
        world.put(replace(file, expenses=(*file.expenses, row)))
    else:
        world.put(replace(file, charges=(*file.charges, row)))


def agree_deposit(world: World, deposit: Deposit) -> None:
    file = world.files[deposit.account_id]
    check_deposit(file, deposit)
    world.put(replace(file, deposits=(*file.deposits, deposit)))


def sell_block(world: World, block: Block) -> None:
    file = world.files[block.account_id]
    check_block(file, block)
    world.put(replace(file, blocks=(*file.blocks, block)))


def decide_overage(world: World, which: Agreement, place: int, choice: OverageDecision) -> None:
    """Decide about one of the periods with overage, the first time or anew; a decision is dated today."""
    agreed = world.agreed(which)
    ledger = usage_of(world.files[which[0]], agreed, world.today)
    over = [each for each in ledger if each.closed and each.overage]
    if over:
        usage = over[place % len(over)]
        decided = UsageDecision(usage.span.start, choice, "agreed", world.today)
        check_usage_decision(agreed, decided, usage.decision)
        others = tuple(each for each in agreed.usage_decisions if each.period_on != decided.period_on)
        made = tuple(sorted((*others, decided), key=lambda each: each.period_on))
        world.put_agreed(replace(agreed, usage_decisions=made))


def close(world: World, which: Agreement, days: int) -> None:
    """Close what ended so many days ago or before."""
    file, agreed = world.files[which[0]], world.agreed(which)
    through = world.today - timedelta(days=days)
    over = closable(agreed, usage_of(file, agreed, world.today), through, is_named=True)
    if over:
        _keep_closes(world, agreed, closes_of(file, agreed, over, world.today))


def reopen(world: World, which: Agreement) -> None:
    """Open the last closed period again."""
    agreed = world.agreed(which)
    held = [each for each in agreed.closes if each.reopened is None]
    if held:
        found = check_reopen(world.files[which[0]], agreed, held[-1].span.start, "too early")
        _keep_closes(world, agreed, (replace(found, reopened=Reopened(world.today, "too early")),))


def _keep_closes(world: World, agreed: Retainer, made: Iterable[PeriodClose]) -> None:
    rows = {(each.span.start, each.number): each for each in (*agreed.closes, *made)}
    world.put_agreed(replace(agreed, closes=tuple(rows[key] for key in sorted(rows))))
