"""What has become of a draft: its totals, and what its charges are now beside what they were.

A draft that differs from what is owed is not issued: it is refreshed first, so that what goes out was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import BillingState, owed_charges
from retainerdesk.domain.deposit import is_deduction_key
from retainerdesk.domain.deposit_charges import DepositPool
from retainerdesk.domain.draft import Draft, DraftLine, in_order_of_making
from retainerdesk.domain.draft_claims import claimed
from retainerdesk.domain.invoice import Charge, ChargeKey, Totals
from retainerdesk.domain.invoicing import Proposal, proposal_totals


@dataclass(frozen=True, slots=True)
class DraftedLine:
    """A line of a draft and what it is about now; nothing in `now` means that it is owed no more."""

    line: DraftLine
    now: tuple[Charge, ...]

    @property
    def has_changed(self) -> bool:
        if len(self.now) != 1:
            return True
        return _compared(self.now[0]) != _compared(self.line.charge)

    @property
    def difference(self) -> str:
        """What changed since, in words; empty if nothing did."""
        if not self.has_changed:
            return ""
        before = self.line.charge.net
        if not self.now:
            return f"{self.line.text}: {before} {before.currency} is not owed any more"
        after = sum((charge.net for charge in self.now[1:]), self.now[0].net)
        if after != before:
            return f"{self.line.text}: {before} → {after} {after.currency}"
        if len(self.now) > 1:
            return f"{self.line.text}: it is {len(self.now)} lines now"
        return f"{self.line.text}: its details changed"


def _compared(charge: Charge) -> Charge:
    """Without what changes from day to day and says nothing to the client."""
    return replace(charge, why="", billable_on=date.min)


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft as of a day. `proposal` is what it is issued from: its lines, and deposits set against them."""

    draft: Draft
    lines: tuple[DraftedLine, ...]
    proposal: Proposal

    @property
    def totals(self) -> Totals:
        """What the draft comes to as it stands."""
        return self.proposal.totals

    @property
    def differences(self) -> tuple[str, ...]:
        """What changed since the draft was made, a sentence each."""
        return tuple(line.difference for line in self.lines if line.has_changed)

    @property
    def has_changed(self) -> bool:
        return any(line.has_changed for line in self.lines)

    @property
    def obstacle(self) -> str:
        """Why it cannot be issued as it stands; empty if it can."""
        if self.has_changed:
            return f"it changed since it was drafted ({'; '.join(self.differences)}); refresh the draft"
        if self.totals.gross.minor < 0:
            return (
                f"it comes to {self.totals.gross} {self.draft.currency}, and an invoice cannot be below zero:"
                " merge it with another draft"
            )
        return ""


def draft_states(file: AccountFile, today: date, state: BillingState | None = None) -> tuple[DraftState, ...]:
    """The state of every draft of an account, oldest first; see `owed_charges` for `state`.

    Raises RuleViolation where a rule of the account is broken.
    """
    if not file.drafts:
        return ()
    through = max(today, *(draft.billable_on for draft in file.drafts))
    now = claimed(owed_charges(file, through, today, state), file.drafts)
    pool = DepositPool(file)
    return tuple(_state_of(draft, now, pool) for draft in in_order_of_making(file.drafts))


def _state_of(draft: Draft, now: Mapping[ChargeKey, tuple[Charge, ...]], pool: DepositPool) -> DraftState:
    lines = tuple(DraftedLine(line, now[line.key]) for line in draft.lines)
    off = pool.deductions(draft.billable_on, draft.charges, draft.discount_percent)
    return DraftState(draft, lines, proposal_of(draft, off))


def draft_totals(draft: Draft) -> Totals:
    """What the draft comes to as it stands, before deposits."""
    return proposal_of(draft).totals


def refreshed(state: DraftState) -> Draft | None:
    """The draft with its charges as they are now, own words kept; None if nothing of it is owed any more."""
    lines = [part for each in state.lines for part in _refreshed_line(each)]
    return replace(state.draft, lines=tuple(lines)) if lines else None


def _refreshed_line(drafted: DraftedLine) -> Sequence[DraftLine]:
    own = drafted.line.own_text
    if len(drafted.now) == 1:
        return [DraftLine(drafted.now[0], own)]
    # Own words said one thing about one charge; of several each says its own.
    return [DraftLine(charge) for charge in drafted.now]


def proposal_of(draft: Draft, deductions: Sequence[Charge] = ()) -> Proposal:
    """The draft as the proposal it is issued from, with the lines that set deposits against it."""
    charges = (*draft.charges, *deductions)
    totals = proposal_totals(charges, draft.currency, draft.discount_percent)
    return Proposal(
        draft.account_id, draft.currency, draft.billable_on, charges, totals, draft.discount_percent
    )


def draft_from(proposal: Proposal, draft_id: str, today: date) -> Draft:
    """A proposal set aside. What is set against it of deposits is computed anew while it waits."""
    lines = tuple(DraftLine(each) for each in proposal.charges if not is_deduction_key(each.key))
    return Draft(proposal.account_id, draft_id, today, lines, discount_percent=proposal.discount_percent)
