"""The overage inbox: closed periods with more work than lots, and what is decided about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import check_usage_decision
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import priced_overage, used_words
from retainerdesk.domain.period import Period
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.usage import usage_of
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import retainers
from retainerdesk.store.repositories.books import load_account_file, load_account_files
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OverageRow:
    """The overage of one closed period: minutes, its price at the plan's rate, and the decision in force.

    Where the plan counts money or sessions, so do the `minutes`, as `unit` says.
    `is_open` says that nobody decided yet; `reason` is why it was decided so.
    """

    account_id: str
    account_name: str
    retainer_id: str
    retainer_name: str
    span: Period
    minutes: int
    price: Money
    decision: OverageDecision
    reason: str
    unit: UsageUnit = UsageUnit.MINUTES

    @property
    def is_open(self) -> bool:
        return self.decision is OverageDecision.ASK


def list_overage(
    uow: UnitOfWork, today: date, account_id: str | None = None, *, undecided_only: bool = True
) -> tuple[OverageRow, ...]:
    """The overage of closed periods, oldest first; by default only what waits for a decision."""
    files = load_account_files(uow) if account_id is None else (load_account_file(uow, account_id),)
    rows = [row for file in files for row in _rows(file, today)]
    shown = [row for row in rows if row.is_open or not undecided_only]
    return tuple(sorted(shown, key=lambda row: (row.span, row.account_id, row.retainer_id)))


def _rows(file: AccountFile, today: date) -> Iterable[OverageRow]:
    for retainer in file.retainers:
        for usage in usage_of(file, retainer, today):
            if usage.closed and (usage.overage or usage.offset):
                yield _row(file, retainer, usage)


def _row(file: AccountFile, retainer: Retainer, usage: UsagePeriod) -> OverageRow:
    over = usage.overage or usage.offset
    price = priced_overage(replace(usage, overage=over), file.account.currency)
    return OverageRow(
        file.account.id, file.account.name, retainer.id, retainer.name, usage.span, over, price,
        usage.decision or OverageDecision.ASK, usage.reason, usage.unit,
    )  # fmt: skip


def decide_overage(
    uow: UnitOfWork, account_id: str, retainer_id: str, decision: UsageDecision, today: date
) -> Outcome[Retainer]:
    """Decide what happens to the overage of a closed period; absorbing it needs a reason.

    A decision may change later: what was invoiced by then comes as a correction of the difference. To offset
    it, the prepaid blocks open on the day of the decision must hold all of it.
    """
    file = load_account_file(uow, account_id)
    retainer = retainers.get_retainer(uow, account_id, retainer_id)
    ledger = usage_of(file, retainer, today)
    usage = next((each for each in ledger if each.span.start == decision.period_on and each.closed), None)
    if usage is None or not (usage.overage or usage.offset):
        message = f"{retainer.name} has no closed period from {decision.period_on} with overage."
        raise RuleViolation("overage.period", message, "period")
    if decision.decision is OverageDecision.ABSORB and not decision.reason.strip():
        raise RuleViolation("overage.reason", "Say why the time is given away; the reason is kept.", "reason")
    check_usage_decision(retainer, decision, usage.decision)
    others = tuple(each for each in retainer.usage_decisions if each.period_on != decision.period_on)
    dated = replace(decision, decided_on=decision.decided_on or today)
    decided = tuple(sorted((*others, dated), key=lambda each: each.period_on))
    changed = replace(retainer, usage_decisions=decided)
    if dated.decision is OverageDecision.OFFSET:
        _check_offset(file, changed, usage, today)
    retainers.save_retainer(uow, changed)
    return Outcome(
        changed, Changes(agreement=True, money=True, dates=True, account_ids=frozenset({account_id}))
    )


def _check_offset(file: AccountFile, changed: Retainer, before: UsagePeriod, today: date) -> None:
    """Refuse to offset what blocks do not hold."""
    start = before.span.start
    after = next(each for each in usage_of(file, changed, today) if each.span.start == start)
    if after.overage:
        over = used_words(before.overage + before.offset, after.unit, file.account.currency)
        held = used_words(after.offset, after.unit, file.account.currency)
        found = (
            f"The prepaid blocks of {changed.name} hold {held}"
            if after.offset
            else "No prepaid block holds any"
        )
        message = f"{found} of the {over} over. Sell a block, or bill, absorb or carry it."
        raise RuleViolation("overage.offset", message, "decision")
