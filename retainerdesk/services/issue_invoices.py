"""The invoice run: preview what is due, skip with a reason, issue with one transaction an invoice.

A run can be killed between any two statements and started again: what was issued is not offered again, and
what was not is. Source: handbook, "Billing".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.account import Account
from retainerdesk.domain.deposit_charges import is_within
from retainerdesk.domain.deposit_rules import check_skip
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge, ChargeKey, Invoice, Skip
from retainerdesk.domain.invoicing import Parked, Proposal
from retainerdesk.domain.issuing import draw_up, replaced_by
from retainerdesk.domain.numbering import NumberRange
from retainerdesk.services.exchange_rates import rates_to_issue
from retainerdesk.services.number_series import numbers_for, series_of_account, take_slot
from retainerdesk.services.owed import Basis, Office, Owed, OwedInRun, Terms, compute_owed
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.tax_rates import TaxHint, hints_for
from retainerdesk.services.views import ParkedRow
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.queries.changes_since import newest_place
from retainerdesk.store.queries.issue_dates import last_issue_dates
from retainerdesk.store.repositories import invoices, skips
from retainerdesk.store.repositories.accounts import find_account, get_account, list_accounts
from retainerdesk.store.unit_of_work import UnitOfWork

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class RunView:
    """What a run would do now. `last_issued_on` is the newest document of the book, if there is one.

    `numbers` are those the proposals would take if all were issued now, by series; `tax_hints` say what is
    odd about their tax. With the `basis` an issue need not compute again what nobody touched.
    """

    proposals: tuple[Proposal, ...]
    parked: tuple[ParkedRow, ...]
    account_names: Mapping[str, str]
    numbers: tuple[NumberRange, ...] = ()
    last_issued_on: date | None = None
    tax_hints: tuple[TaxHint, ...] = ()
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class IssueCommand:
    """The proposals as they were shown, without the charges left for later, and what was agreed to.

    `basis` is that of the run they were shown in, if it is at hand.
    """

    proposals: tuple[Proposal, ...]
    through: date
    confirmed: frozenset[str] = frozenset()
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What a run did; `cancelled` says that somebody stopped it before the end."""

    issued: tuple[Invoice, ...]
    parked: tuple[ParkedRow, ...]
    cancelled: bool = False


def preview_invoices(
    uow: UnitOfWork,
    through: date,
    today: date,
    *,
    account_id: str | None = None,
    confirmed: frozenset[str] = frozenset(),
) -> RunView:
    """Every charge due up to `through` that is neither issued nor skipped. Writes nothing: the dry run."""
    known = list_accounts(uow) if account_id is None else (get_account(uow, account_id),)
    terms, last = Terms(through, today, confirmed), last_issue_dates(uow)
    proposals: list[Proposal] = []
    parked: list[ParkedRow] = []
    owed: dict[str, Owed] = {}
    for account in known:
        try:
            owed[account.id] = compute_owed(uow, account.id, terms, last)
        except RuleViolation as broken:
            # One account that breaks a rule never stops the others.
            parked.append(ParkedRow(account.id, account.name, "", broken.message, 0, False))
            continue
        run = owed[account.id].run
        proposals += run.proposals
        parked += [_parked_row(each, account.name) for each in run.parked]
    proposals.sort(key=lambda each: (each.billable_on, each.account_id))
    names = {account.id: account.name for account in known}
    numbers = number_range(uow, proposals, today)
    newest = max(last.values(), default=None)
    hints = hints_for(uow, proposals, today)
    basis = Basis(terms, newest_place(uow), last, owed)
    return RunView(tuple(proposals), tuple(parked), names, numbers, newest, hints, basis)


def number_range(uow: UnitOfWork, proposals: Iterable[Proposal], today: date) -> tuple[NumberRange, ...]:
    """The numbers these proposals would take if they were issued today in this order, by series."""
    shown = list(proposals)
    known = {each.id: each for each in list_accounts(uow, {each.account_id for each in shown})}
    return numbers_for(uow, (known[each.account_id] for each in shown), today)


def number_in_run(uow: UnitOfWork, proposals: Iterable[Proposal], today: date) -> str:
    """The number the last of these proposals would take if they were issued today in this order."""
    shown = list(proposals)
    account = get_account(uow, shown[-1].account_id)
    chosen = series_of_account(uow, account).id
    return next(each.last for each in reversed(number_range(uow, shown, today)) if each.series_id == chosen)


def _parked_row(parked: Parked, name: str) -> ParkedRow:
    return ParkedRow(
        parked.account_id, name, parked.retainer_id, parked.reason, parked.charges, parked.can_confirm
    )


def skip_charges(
    uow: UnitOfWork, charges: Iterable[Charge], reason: str, today: date
) -> Outcome[tuple[Skip, ...]]:
    """Decide that charges are not invoiced; they are not offered again. A reason is needed."""
    if not reason.strip():
        raise RuleViolation("skip.reason", "Say why it is skipped; the reason is kept.", "reason")
    chosen = tuple(charges)
    check_skip(charge.key for charge in chosen)
    made = tuple(Skip(charge.key, reason.strip(), today, charge.net) for charge in chosen)
    skips.add_skips(uow, *made)
    ids = frozenset(skip.key.account_id for skip in made)
    return Outcome(made, Changes(money=True, dates=True, account_ids=ids))


def take_back_skip(uow: UnitOfWork, key: ChargeKey) -> Outcome[ChargeKey]:
    """Let a skipped charge be offered again."""
    skips.remove_skip(uow, key)
    return Outcome(key, Changes(money=True, dates=True, account_ids=frozenset({key.account_id})))


def issue_invoices(
    store: BookStore, command: IssueCommand, today: date, progress: Progress = lambda *_: True
) -> Outcome[IssueResult]:
    """Issue the proposals, one transaction each; what changed since it was shown is parked, not issued.

    `progress(done, total)` is called before each invoice and may stop the run by returning False.
    """
    issued: list[Invoice] = []
    parked: list[ParkedRow] = []
    total = len(command.proposals)
    cancelled = False
    owed = OwedInRun(Terms(command.through, today, command.confirmed), command.basis)
    for done, shown in enumerate(command.proposals):
        if not progress(done, total):
            cancelled = True
            break
        try:
            result = _issue_one(store, shown, owed, today)
        except RuleViolation as broken:
            # One account that breaks a rule never stops the others.
            result = refused_row(store, shown.account_id, len(shown.charges), broken)
        if isinstance(result, Invoice):
            issued.append(result)
        else:
            parked.append(result)
    progress(total, total)
    ids = frozenset(invoice.account_id for invoice in issued)
    changes = Changes(money=bool(issued), dates=bool(issued), account_ids=ids)
    return Outcome(IssueResult(tuple(issued), tuple(parked), cancelled), changes)


def refused_row(store: BookStore, account_id: str, charges: int, broken: RuleViolation) -> ParkedRow:
    """What a run says of an account that broke a rule; `charges` of it are left. It may be gone by now."""
    with store.reading() as uow:
        account = find_account(uow, account_id)
    return ParkedRow(account_id, account.name if account else account_id, "", broken.message, charges, False)


def _issue_one(store: BookStore, shown: Proposal, owed: OwedInRun, today: date) -> Invoice | ParkedRow:
    with store.writing() as uow:
        now = owed.of(uow, shown.account_id)
        run = now.run
        current = next((each for each in run.proposals if shown.keys <= each.keys), None)
        if current is None or not still_true(shown, current):
            reason = run.parked[0].reason if run.parked else "it changed since it was shown; look again"
            return ParkedRow(shown.account_id, now.account.name, "", reason, len(shown.charges), False)
        invoice = issue_proposal(uow, shown, now.account, now.replaceable, owed.office(uow), today)
        owed.note_issued(uow, current, whole=shown.keys == current.keys)
        uow.commit()
        return invoice


def issue_proposal(
    uow: UnitOfWork,
    proposal: Proposal,
    account: Account,
    documents: Iterable[Invoice],
    office: Office,
    today: date,
    note: str = "",
) -> Invoice:
    """Take the next number and write the document of a proposal that was found to be owed.

    Of the account's `documents` the void ones and those that correct any are enough.
    """
    slot = take_slot(uow, office.series_of(account), today, office.series)
    seller = office.business
    rates, replaced = rates_to_issue(uow, seller, proposal.currency), replaced_by(documents, proposal)
    document = draw_up(proposal, seller, account, slot, replaced, rates)
    return invoices.issue(uow, replace(document, note=note))


def still_true(shown: Proposal, current: Proposal) -> bool:
    """Whether every charge that was shown is still owed with the same amount and discount."""
    owed = {charge.key: charge for charge in current.charges}
    same_terms = shown.discount_percent == current.discount_percent
    return same_terms and all(is_within(charge, owed[charge.key]) for charge in shown.charges)
