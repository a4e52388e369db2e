"""What needs attention as of a day: money to ask for, dates to speak before, decisions left open.

Pure: the inputs are an account and what the other rules found about it. An item's key never changes while
the thing it names is the same, so that it is announced once, can be snoozed, and never rolls on by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retainerdesk.domain.block_due import block_reminders
from retainerdesk.domain.block_ledger import BlockLedger
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.draft_state import draft_totals
from retainerdesk.domain.due_item import DueItem, DueKind, in_order
from retainerdesk.domain.instalments import asked_for
from retainerdesk.domain.invoicing import RunPreview
from retainerdesk.domain.late import late_words
from retainerdesk.domain.line_words import duration_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import ReminderState, TermFacts
from retainerdesk.domain.open_overage import OpenOverage
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period_close import Difference
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Renewal, Retainer
from retainerdesk.domain.unassigned import unassigned_work
from retainerdesk.domain.usage_period import UsagePeriod

_SPEAK_DAYS_BEFORE = 90


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What other rules found about one account on the day.

    `balances` are open amounts by invoice number, `terms` the dates of each running retainer, `quiet_since`
    the last touch of an account that is quiet, `blocks` the ledgers of its blocks, `late` the differences in
    closed periods that wait, with the id of their retainer.
    """

    preview: RunPreview
    balances: Mapping[str, Money]
    terms: tuple[tuple[Retainer, TermFacts], ...]
    undecided: tuple[OpenOverage, ...]
    quiet_since: date | None = None
    quiet_text: str = ""
    blocks: tuple[BlockLedger, ...] = ()
    late: tuple[tuple[str, UsagePeriod, Difference], ...] = ()


def due_items(file: AccountFile, facts: DueFacts, today: date) -> list[DueItem]:
    """Everything about one account that needs attention on `today`, in order of date, then kind."""
    items = [
        *_to_issue(file, facts, today),
        *_overdue(file, facts, today),
        *_of_terms(file, facts.terms, today),
        *_undecided(file, facts.undecided),
        *_late(file, facts.late),
        *_blocks(file, facts.blocks, today),
        *_unassigned(file, today),
        *_actions(file, today),
        *_quiet(file, facts),
    ]
    return in_order(items)


def _item(file: AccountFile, kind: DueKind, name: str, on: date, text: str) -> DueItem:
    account = file.account
    return DueItem(f"{kind.value}/{account.id}/{name}", kind, account.id, account.name, on, text)


def _to_issue(file: AccountFile, facts: DueFacts, today: date) -> Iterable[DueItem]:
    for proposal in facts.preview.proposals:
        amount = f"{proposal.totals.gross} {proposal.currency}"
        text = f"{amount} to invoice"
        yield _item(file, DueKind.INVOICE_TO_ISSUE, str(proposal.billable_on), proposal.billable_on, text)
    for draft in file.drafts:
        # Its oldest charge has waited longest; the name stays while the draft does.
        on = min(line.charge.billable_on for line in draft.lines)
        text = f"{draft_totals(draft).gross} {draft.currency} waits on draft {draft.id}"
        yield _item(file, DueKind.INVOICE_TO_ISSUE, f"draft/{draft.id}", on, text)
    for parked in facts.preview.parked:
        yield _item(file, DueKind.INVOICE_TO_ISSUE, f"parked/{parked.retainer_id}", today, parked.reason)


def _overdue(file: AccountFile, facts: DueFacts, today: date) -> Iterable[DueItem]:
    for invoice in file.invoices:
        balance = facts.balances.get(invoice.number)
        if balance is None or balance.minor <= 0:
            continue
        due_on, owed = asked_for(invoice, balance, today)
        late_days = (today - due_on).days
        if late_days > file.account.grace_days:
            text = f"{invoice.number}: {owed} {owed.currency} open, {_days(late_days)} late"
            yield _item(file, DueKind.INVOICE_OVERDUE, invoice.number, due_on, text)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _of_terms(
    file: AccountFile, terms: Iterable[tuple[Retainer, TermFacts]], today: date
) -> Iterable[DueItem]:
    for retainer, facts in terms:
        name = f"{retainer.id}/{facts.number}"
        if facts.act_by is not None and facts.end is not None:
            yield from _deadlines(file, retainer, facts, name, today)
        if facts.end is not None and _renews_soon(facts, today):
            follows = "renews" if _goes_on(facts) else "ends"
            yield _item(file, DueKind.RENEWAL, name, facts.end, f"{retainer.name} {follows} on {facts.end}")


def _deadlines(
    file: AccountFile, retainer: Retainer, facts: TermFacts, name: str, today: date
) -> Iterable[DueItem]:
    if not any(each.state in (ReminderState.DUE, ReminderState.OVERDUE) for each in facts.reminders):
        return
    if facts.notice_deadline is not None:
        said = "was" if facts.notice_deadline < today else "is"
        text = f"the last day to give notice on {retainer.name} {said} {facts.notice_deadline}"
        yield _item(file, DueKind.NOTICE_DEADLINE, name, facts.notice_deadline, text)
    if facts.price_announcement is not None:
        text = f"the price rise of {retainer.name} must be announced by {facts.price_announcement}"
        yield _item(file, DueKind.PRICE_ANNOUNCEMENT, name, facts.price_announcement, text)


def _goes_on(facts: TermFacts) -> bool:
    return facts.ends_on is None and facts.renewal is not Renewal.FIXED


def _renews_soon(facts: TermFacts, today: date) -> bool:
    """Near its end, and no earlier deadline left to speak before."""
    if facts.end is None or facts.end - timedelta(days=_SPEAK_DAYS_BEFORE) > today:
        return False
    return facts.act_by is None or facts.act_by < today


def _undecided(file: AccountFile, undecided: Iterable[OpenOverage]) -> Iterable[DueItem]:
    for each in undecided:
        over = used_words(each.minutes, each.unit, file.account.currency)
        over = f"{over} sessions" if each.unit is UsageUnit.SESSIONS else over
        text = f"{over} over the allowance: bill, absorb or carry?"
        name = f"{each.retainer_id}/{each.period_on}"
        yield _item(file, DueKind.OVERAGE_TO_DECIDE, name, each.period_on, text)


def _late(file: AccountFile, late: Iterable[tuple[str, UsagePeriod, Difference]]) -> Iterable[DueItem]:
    for retainer_id, usage, found in late:
        start, last = usage.span.start, usage.span.last_day
        text = (
            f"{late_words(found, usage.unit)} in the closed period {start} – {last}: bill, carry or absorb?"
        )
        yield _item(file, DueKind.LATE_WORK, f"{retainer_id}/{start}", start, text)


def _blocks(file: AccountFile, ledgers: Sequence[BlockLedger], today: date) -> Iterable[DueItem]:
    for each in block_reminders(ledgers, today):
        yield _item(file, DueKind.LOW_BALANCE, each.name, each.on, each.text)


def _unassigned(file: AccountFile, today: date) -> Iterable[DueItem]:
    entries = unassigned_work(file, today)
    if entries:
        worked = duration_words(sum(entry.chargeable_minutes for entry in entries))
        text = f"{worked} of work is charged to no retainer"
        yield _item(file, DueKind.WORK_TO_ASSIGN, "work", entries[0].on, text)


def _actions(file: AccountFile, today: date) -> Iterable[DueItem]:
    for action in file.actions:
        hidden = action.snoozed_until is not None and action.snoozed_until > today
        if action.done_on is None and action.due_on is not None and action.due_on <= today and not hidden:
            yield _item(file, DueKind.ACTION_DUE, action.id, action.due_on, action.text)


def _quiet(file: AccountFile, facts: DueFacts) -> Iterable[DueItem]:
    if facts.quiet_since is not None:
        name = str(facts.quiet_since)
        yield _item(file, DueKind.QUIET, name, facts.quiet_since, facts.quiet_text)
