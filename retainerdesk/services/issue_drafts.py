"""Drafts as they are now, and issuing them: one transaction a document, recomputed inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import BillingState
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.draft_state import (
    DraftedLine,
    DraftState,
    draft_states,
    proposal_of,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice
from retainerdesk.domain.invoicing import clock_obstacle
from retainerdesk.domain.names import name_order
from retainerdesk.services.issue_invoices import IssueResult, Progress, issue_proposal, refused_row
from retainerdesk.services.number_series import series_of_account
from retainerdesk.services.owed import load_billing, read_office
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.views import ParkedRow
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.queries.issue_dates import last_issue_dates
from retainerdesk.store.repositories import drafts
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as of a day. `obstacle` says why it cannot be issued as it stands; empty if it can."""

    state: DraftState
    account_name: str
    obstacle: str

    @property
    def draft(self) -> Draft:
        return self.state.draft


def list_drafts(uow: UnitOfWork, today: date, account_id: str | None = None) -> tuple[DraftView, ...]:
    """The drafts of an account, or of all, by name of the account, then the day they were made, then id."""
    known = drafts.drafts_by_account(uow, None if account_id is None else [account_id])
    views = [view for name in known for view in _views(uow, *load_billing(uow, name, today), today)]
    views.sort(key=lambda view: name_order(view.account_name, view.draft.account_id))
    return tuple(views)


def view_draft(uow: UnitOfWork, draft_id: str, today: date) -> DraftView:
    """One draft; RuleViolation if there is none of that id (any more)."""
    draft = drafts.get_draft(uow, draft_id)
    found = list_drafts(uow, today, draft.account_id)
    return next(view for view in found if view.draft.id == draft_id)


def _views(
    uow: UnitOfWork, file: AccountFile, billing: BillingState | None, today: date
) -> tuple[DraftView, ...]:
    try:
        states = draft_states(file, today, billing)
        last = last_issue_dates(uow).get(series_of_account(uow, file.account).id)
    except RuleViolation as broken:
        # One account that breaks a rule never hides the drafts of the others.
        return tuple(_unknown(draft, file, broken.message) for draft in file.drafts)
    clock = clock_obstacle(today, last)
    return tuple(DraftView(each, file.account.name, each.obstacle or clock) for each in states)


def _unknown(draft: Draft, file: AccountFile, obstacle: str) -> DraftView:
    """A draft of which cannot be said what it is now."""
    lines = tuple(DraftedLine(line, (line.charge,)) for line in draft.lines)
    return DraftView(DraftState(draft, lines, proposal_of(draft)), file.account.name, obstacle)


def issue_drafts(
    store: BookStore,
    shown: Sequence[Draft],
    today: date,
    progress: Progress = lambda *_: True,
) -> Outcome[IssueResult]:
    """Issue drafts as they were shown, one transaction each, in the order given.

    What changed since is parked with the difference named, to be refreshed. `progress(done, total)` is
    called before each draft and may stop the run by returning False.
    """
    issued: list[Invoice] = []
    parked: list[ParkedRow] = []
    cancelled = False
    for done, draft in enumerate(shown):
        if not progress(done, len(shown)):
            cancelled = True
            break
        try:
            result = _issue_one(store, draft, today)
        except RuleViolation as broken:
            result = refused_row(store, draft.account_id, len(draft.lines), broken)
        if isinstance(result, Invoice):
            issued.append(result)
        else:
            parked.append(result)
    progress(len(shown), len(shown))
    ids = frozenset(invoice.account_id for invoice in issued)
    changes = Changes(money=bool(issued), dates=bool(issued), account_ids=ids)
    return Outcome(IssueResult(tuple(issued), tuple(parked), cancelled), changes)


def _issue_one(store: BookStore, shown: Draft, today: date) -> Invoice | ParkedRow:
    with store.writing() as uow:
        file, billing = load_billing(uow, shown.account_id, today)
        views = _views(uow, file, billing, today)
        view = next((each for each in views if each.draft.id == shown.id), None)
        reason = _reason_to_park(shown, view)
        if view is None or reason:
            name = file.account.name
            return ParkedRow(shown.account_id, name, "", reason, len(shown.lines), can_confirm=False)
        drafts.delete_draft(uow, shown.account_id, shown.id)
        office = read_office(uow)
        invoice = issue_proposal(
            uow, view.state.proposal, file.account, file.invoices, office, today, shown.note
        )
        uow.commit()
        return invoice


def _reason_to_park(shown: Draft, view: DraftView | None) -> str:
    if view is None:
        return f"draft {shown.id} is gone: it was issued, deleted or merged since"
    if view.draft != shown:
        return f"draft {shown.id} was changed since it was shown; look at it again"
    return f"draft {shown.id}: {view.obstacle}" if view.obstacle else ""
