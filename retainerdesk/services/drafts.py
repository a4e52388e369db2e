"""Drafts: set proposals aside, put them into one's own words, merge, split, and give up.

Each function is one unit of work whose caller commits, and answers with what was there before and after, so
that `undo_change` can take it back. Making drafts of a run has a transaction a draft and can be stopped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.draft import Draft, DraftEdit, edited, merged, skips_of, split, without_lines
from retainerdesk.domain.draft_state import draft_from, draft_states, refreshed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKey, Skip
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.services.issue_invoices import IssueCommand, Progress, refused_row, still_true
from retainerdesk.services.owed import OwedInRun, Terms, load_billing
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.views import ParkedRow
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories import drafts, skips
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DraftChange:
    """Drafts as they were and as they are, and the skip records that were left."""

    before: tuple[Draft, ...]
    after: tuple[Draft, ...]
    skips: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftRunResult:
    """What making drafts of a run did; `cancelled` says that somebody stopped it before the end."""

    drafts: tuple[Draft, ...]
    parked: tuple[ParkedRow, ...]
    cancelled: bool = False

    @property
    def change(self) -> DraftChange:
        """The change that undo takes back."""
        return DraftChange((), self.drafts)


def create_drafts(
    store: BookStore, command: IssueCommand, today: date, progress: Progress = lambda *_: True
) -> Outcome[DraftRunResult]:
    """Set the proposals aside, one transaction each; what changed since it was shown is parked.

    `progress(done, total)` is called before each draft and may stop the run by returning False.
    """
    made: list[Draft] = []
    parked: list[ParkedRow] = []
    total, cancelled = len(command.proposals), False
    owed = OwedInRun(Terms(command.through, today, command.confirmed), command.basis)
    for done, shown in enumerate(command.proposals):
        if not progress(done, total):
            cancelled = True
            break
        try:
            result = _create_one(store, shown, owed, today)
        except RuleViolation as broken:
            result = refused_row(store, shown.account_id, len(shown.charges), broken)
        if isinstance(result, Draft):
            made.append(result)
        else:
            parked.append(result)
    progress(total, total)
    return Outcome(DraftRunResult(tuple(made), tuple(parked), cancelled), _changes(*made))


def _create_one(store: BookStore, shown: Proposal, owed: OwedInRun, today: date) -> Draft | ParkedRow:
    with store.writing() as uow:
        now = owed.of(uow, shown.account_id)
        current = next((each for each in now.run.proposals if shown.keys <= each.keys), None)
        if current is None or not still_true(shown, current):
            reason = (
                now.run.parked[0].reason if now.run.parked else "it changed since it was shown; look again"
            )
            name = now.account.name
            return ParkedRow(shown.account_id, name, "", reason, len(shown.charges), can_confirm=False)
        draft = draft_from(shown, _new_id(uow), today)
        drafts.add_drafts(uow, draft)
        uow.commit()
        return draft


def _new_id(uow: UnitOfWork) -> str:
    """A short name no draft had before: the chain only grows. An imported draft may have it already."""
    number = uow.audit.place()[0] + 1
    while drafts.is_draft_id(uow, f"d{number}"):
        number += 1
    return f"d{number}"


def get_draft(uow: UnitOfWork, draft_id: str) -> Draft:
    """The draft of that id; RuleViolation if there is none (any more)."""
    return drafts.get_draft(uow, draft_id)


def edit_draft(uow: UnitOfWork, draft_id: str, edit: DraftEdit) -> Outcome[DraftChange]:
    """Change texts, order, note or discount of a draft; amounts that follow from rules stay."""
    draft = drafts.get_draft(uow, draft_id)
    return _changed(uow, DraftChange((draft,), (edited(draft, edit),)))


def merge_drafts(uow: UnitOfWork, draft_ids: Sequence[str]) -> Outcome[DraftChange]:
    """Put all lines onto the first of several drafts of one account and currency."""
    found = tuple(drafts.get_draft(uow, each) for each in dict.fromkeys(draft_ids))
    return _changed(uow, DraftChange(found, (merged(found),)))


def split_draft(uow: UnitOfWork, draft_id: str, keys: Collection[ChargeKey]) -> Outcome[DraftChange]:
    """Put some lines of a draft onto a new one."""
    draft = drafts.get_draft(uow, draft_id)
    return _changed(uow, DraftChange((draft,), split(draft, keys, _new_id(uow))))


def take_out(
    uow: UnitOfWork, draft_id: str, keys: Collection[ChargeKey], today: date, reason: str | None = None
) -> Outcome[DraftChange]:
    """Take lines out of a draft: back to the run, which proposes them again, or skipped with a `reason`.

    A draft without a line is gone.
    """
    draft = drafts.get_draft(uow, draft_id)
    rest = without_lines(draft, keys)
    given_up = () if reason is None else skips_of(draft, keys, reason, today)
    return _changed(uow, DraftChange((draft,), () if rest is None else (rest,), given_up))


def delete_draft(uow: UnitOfWork, draft_id: str, reason: str, today: date) -> Outcome[DraftChange]:
    """Give a draft up: every charge of it leaves a skip record with the reason, and is not proposed again."""
    draft = drafts.get_draft(uow, draft_id)
    return _changed(uow, DraftChange((draft,), (), skips_of(draft, draft.keys, reason, today)))


def put_back(uow: UnitOfWork, draft_ids: Sequence[str]) -> Outcome[DraftChange]:
    """Dissolve drafts without skipping anything: the next run proposes their charges again."""
    found = tuple(drafts.get_draft(uow, each) for each in dict.fromkeys(draft_ids))
    return _changed(uow, DraftChange(found, ()))


def refresh_draft(uow: UnitOfWork, draft_id: str, today: date) -> Outcome[DraftChange]:
    """Take over what the charges of a draft are now; own words, order and note stay.

    What is not owed any more is taken out; a draft of which nothing is owed is gone.
    """
    draft = drafts.get_draft(uow, draft_id)
    file, billing = load_billing(uow, draft.account_id, today)
    state = next(each for each in draft_states(file, today, billing) if each.draft.id == draft_id)
    now = refreshed(state)
    return _changed(uow, DraftChange((draft,), () if now is None else (now,)))


def undo_change(uow: UnitOfWork, change: DraftChange) -> Outcome[DraftChange]:
    """Take a change back. Raises RuleViolation if one of its drafts was changed or issued since."""
    _check_untouched(uow, change.after)
    for skip in change.skips:
        skips.remove_skip(uow, skip.key)
    return _changed(uow, DraftChange(change.after, change.before))


def redo_change(uow: UnitOfWork, change: DraftChange) -> Outcome[DraftChange]:
    """Do a change that was taken back once more. Raises RuleViolation as `undo_change` does."""
    _check_untouched(uow, change.before)
    return _changed(uow, change)


def _check_untouched(uow: UnitOfWork, known: Sequence[Draft]) -> None:
    for draft in known:
        if not drafts.is_draft_id(uow, draft.id) or drafts.get_draft(uow, draft.id) != draft:
            message = f"Draft {draft.id} was changed or issued since; look at it again."
            raise RuleViolation("draft.changed", message)


def _changed(uow: UnitOfWork, change: DraftChange) -> Outcome[DraftChange]:
    """Write the change. Drafts that go are deleted first, so that their charges can be elsewhere."""
    if change.before != change.after:
        if len(change.before) == 1 and [each.id for each in change.after] == [change.before[0].id]:
            drafts.update_draft(uow, change.after[0])
        else:
            for draft in change.before:
                drafts.delete_draft(uow, draft.account_id, draft.id)
            drafts.add_drafts(uow, *change.after)
        skips.add_skips(uow, *change.skips)
    return Outcome(change, _changes(*change.before, *change.after))


def _changes(*concerned: Draft) -> Changes:
    ids = frozenset(draft.account_id for draft in concerned)
    return Changes(money=bool(concerned), dates=bool(concerned), account_ids=ids)
