"""What the whole book needs of one account: its row of the list, and what waits for attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from retainerdesk.domain.charging import BillingState, issued_lines
from retainerdesk.domain.due import DueFacts, due_items
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import InvoiceLine
from retainerdesk.domain.invoicing import RunPreview, propose
from retainerdesk.domain.open_overage import undecided_in
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.verdict import Severity, VerdictKind
from retainerdesk.services.facts import AccountFacts, IsBusinessDay, account_facts
from retainerdesk.services.known_account import Issuer, load_known
from retainerdesk.services.summaries import AccountDigest, AccountSummary
from retainerdesk.store.repositories.invoices import documents_with_lines
from retainerdesk.store.unit_of_work import UnitOfWork

_SOON_DAYS = 30
_SPEAKS = frozenset(
    {DueKind.INVOICE_OVERDUE, DueKind.NOTICE_DEADLINE, DueKind.OVERAGE_TO_DECIDE, DueKind.LATE_WORK}
)


def load_digest(
    uow: UnitOfWork, account_id: str, today: date, issuer: Issuer, is_business_day: IsBusinessDay
) -> tuple[AccountDigest, AccountFacts]:
    """The digest of one account with the facts it was made of; RuleViolation if there is no such account."""
    facts = account_facts(load_known(uow, account_id, today), issuer, is_business_day)
    documents = documents_with_lines(uow, account_id)
    return digest_of(facts, issued_lines(replace(facts.known.file, invoices=documents)), issuer), facts


def digest_of(facts: AccountFacts, lines: Sequence[InvoiceLine], issuer: Issuer) -> AccountDigest:
    """The digest of facts; `lines` are those of every document that is not void, in order of issue."""
    due = _due(facts, lines, issuer.business.lead_days)
    return AccountDigest(_summary(facts, due), due)


def _due(facts: AccountFacts, lines: Sequence[InvoiceLine], lead_days: int) -> tuple[DueItem, ...]:
    file, today = facts.known.file, facts.today
    silent = next((each for each in facts.verdicts if each.kind is VerdictKind.QUIET), None)
    undecided = (
        each for name, ledger in facts.ledgers.items() for each in undecided_in(file.account.id, name, ledger)
    )
    found = DueFacts(
        _owed(facts, lines, today + timedelta(days=lead_days)),
        facts.balances,
        tuple((each.retainer, each.term) for each in facts.retainers if each.term is not None),
        tuple(undecided),
        facts.quiet.amber_on if silent else None,
        silent.words if silent else "",
        facts.blocks,
        facts.late,
    )
    return tuple(due_items(file, found, today))


def _owed(facts: AccountFacts, lines: Sequence[InvoiceLine], through: date) -> RunPreview:
    """The missing charges; an account that breaks a rule has none (the invoice run names the rule)."""
    state = BillingState(lines, facts.ledgers, facts.blocks)
    try:
        return propose(facts.known.file, through, facts.today, state=state)
    except RuleViolation:
        return RunPreview((), ())


def _summary(facts: AccountFacts, due: Sequence[DueItem]) -> AccountSummary:
    account = facts.known.file.account
    running = [each.running for each in facts.retainers if each.running and _is_in_minutes(each.running)]
    dated = [(item.on, item.text) for item in due if item.on >= facts.today]
    deadlines = [day for each in facts.terms for day in (each.notice_deadline, each.price_announcement)]
    dated += [(day, "speak by") for day in deadlines if day is not None and day >= facts.today]
    next_on, next_text = min(dated, default=(None, ""))
    return AccountSummary(
        account.id, account.name, account.status, account.currency, facts.mrr, facts.balance, facts.overdue,
        sum(each.used + each.carried_in for each in running),
        sum(max(0, each.opening + each.granted + each.adjusted) for each in running),
        facts.verdicts, next_on, next_text, _needs_you(facts, due),
        tuple(contact.name for contact in account.contacts), facts.average_days_late, facts.dso,
    )  # fmt: skip


def _is_in_minutes(usage: UsagePeriod) -> bool:
    return usage.unit is UsageUnit.MINUTES


def _needs_you(facts: AccountFacts, due: Sequence[DueItem]) -> bool:
    """Whether something is bad, late, or waits for a word from us soon."""
    last = facts.today + timedelta(days=_SOON_DAYS)
    soon = any(item.kind in _SPEAKS and item.on <= last for item in due)
    return soon or any(verdict.severity is Severity.BAD for verdict in facts.verdicts)
