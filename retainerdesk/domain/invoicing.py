"""From missing charges to invoices: what one run proposes, what it parks, and the document each becomes.

`propose` is pure and is the dry run; issuing recomputes it inside the transaction that takes the number.
Source: handbook, "Billing".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from retainerdesk.domain.account import Account
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import BillingState, missing_charges
from retainerdesk.domain.deposit_charges import DepositPool, billing_deposits, fitted
from retainerdesk.domain.discount import Discount, discounts
from retainerdesk.domain.draft import in_order_of_making
from retainerdesk.domain.invoice import (
    Charge,
    ChargeKey,
    ChargeKind,
    Totals,
)
from retainerdesk.domain.money import Money, check_size
from retainerdesk.domain.tax import TaxedLines, total

# Charges that have no day of their own: they go onto the next invoice.
_JOINING = (ChargeKind.ONE_OFF, ChargeKind.EXPENSE, ChargeKind.CORRECTION, ChargeKind.BLOCK)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a run does without asking: at most so many charges of one retainer, none older than this."""

    charges_per_retainer: int = 15
    oldest_days: int = 400


@dataclass(frozen=True, slots=True)
class Proposal:
    """One invoice a run would issue: the charges of one account that became billable on one day."""

    account_id: str
    currency: str
    billable_on: date
    charges: tuple[Charge, ...]
    totals: Totals
    discount_percent: Decimal = Decimal(0)

    @property
    def discounts(self) -> tuple[Discount, ...]:
        """What the document takes off its charges, a line for each tax rule; in `totals` already."""
        return tuple(discounts(self.charges, self.discount_percent))

    @property
    def charge_nets(self) -> tuple[Money, ...]:
        """The net of each charge, without tax inside its price; less the discounts they sum to the net."""
        return taxed(self.charges, self.discounts, self.currency).line_nets[: len(self.charges)]

    @property
    def keys(self) -> frozenset[ChargeKey]:
        return frozenset(charge.key for charge in self.charges)


@dataclass(frozen=True, slots=True)
class Parked:
    """Charges a run leaves alone because a rule or bound forbids them. `can_confirm`: a yes releases them."""

    account_id: str
    retainer_id: str
    reason: str
    charges: int
    can_confirm: bool


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would do for one account, or for several."""

    proposals: tuple[Proposal, ...]
    parked: tuple[Parked, ...]


def propose(
    file: AccountFile,
    through: date,
    today: date,
    *,
    last_issued_on: date | None = None,
    bounds: Bounds = Bounds(),
    confirmed: bool = False,
    state: BillingState | None = None,
) -> RunPreview:
    """The invoices an account is owed up to `through`, one for each day charges became billable.

    `last_issued_on` is the newest issue date in the book: before it nothing is issued, because numbers follow
    dates. `confirmed` says that somebody agreed to what the bounds would park. A `state` that is at hand need
    not be computed from the file; see `missing_charges`.
    """
    charges = missing_charges(file, through, today, state)
    if not charges:
        return RunPreview((), ())
    parked = _clock_went_back(file.account, charges, today, last_issued_on)
    if parked is None and not confirmed:
        parked = _beyond_bounds(file.account, charges, today, bounds)
    if parked is not None:
        return RunPreview((), (parked,))
    asked_for = billing_deposits(charges)
    others = [each for each in charges if each not in asked_for]
    run = _grouped(file.account, others) if others else RunPreview((), ())
    alone = tuple(_alone(file.account, each) for each in asked_for)
    return replace(run, proposals=(*alone, *_with_deductions(file, run.proposals)))


def _alone(account: Account, charge: Charge) -> Proposal:
    """An invoice for one charge: a deposit is asked for by itself, so that its payment is its own."""
    totals = proposal_totals([charge], account.currency)
    return Proposal(account.id, account.currency, charge.billable_on, (charge,), totals)


def _with_deductions(file: AccountFile, proposals: Iterable[Proposal]) -> Iterable[Proposal]:
    """The proposals in their order, with what is set against each of deposits paid before."""
    pool = DepositPool(file)
    # What drafts take of deposits is not offered a second time.
    for draft in in_order_of_making(file.drafts):
        pool.deductions(draft.billable_on, draft.charges, draft.discount_percent)
    for each in proposals:
        percent = each.discount_percent
        off = pool.deductions(each.billable_on, each.charges, percent)
        charges = (*each.charges, *off)
        yield (
            replace(each, charges=charges, totals=proposal_totals(charges, each.currency, percent))
            if off
            else each
        )


def _clock_went_back(
    account: Account, charges: Sequence[Charge], today: date, last_issued_on: date | None
) -> Parked | None:
    reason = clock_obstacle(today, last_issued_on)
    return Parked(account.id, "", reason, len(charges), can_confirm=False) if reason else None


def clock_obstacle(today: date, last_issued_on: date | None) -> str:
    """Why nothing is issued today, if a document of a later day exists; empty if nothing is in the way."""
    if last_issued_on is None or today >= last_issued_on:
        return ""
    return (
        f"today is {today}, but an invoice was already issued on {last_issued_on}: "
        "check the clock of this computer; invoices are numbered in order of date"
    )


def _beyond_bounds(account: Account, charges: Sequence[Charge], today: date, bounds: Bounds) -> Parked | None:
    counts = Counter(charge.key.retainer_id for charge in charges if charge.key.retainer_id)
    for retainer_id, count in counts.items():
        if count > bounds.charges_per_retainer:
            reason = (
                f"{count} charges at once are more than {bounds.charges_per_retainer}: "
                "confirm them, or say from which day this book has to invoice"
            )
            return Parked(account.id, retainer_id, reason, len(charges), can_confirm=True)
    oldest = min(charges, key=lambda charge: charge.billable_on)
    if oldest.billable_on < today - timedelta(days=bounds.oldest_days):
        reason = (
            f"a charge was due on {oldest.billable_on}, more than {bounds.oldest_days} days ago: "
            "confirm it, or say from which day this book has to invoice"
        )
        return Parked(account.id, oldest.key.retainer_id, reason, len(charges), can_confirm=True)
    return None


def _grouped(account: Account, charges: Sequence[Charge]) -> RunPreview:
    """Charges of one billable day share an invoice; those "for the next invoice" join the next one.

    A group below zero is joined by the next ones, then by those before it, until a credit larger than one
    fee is used up; what stays below zero waits.
    """
    own_days = sorted({charge.billable_on for charge in charges if not _joins(charge)})
    days = own_days or [max(charge.billable_on for charge in charges)]
    groups: dict[date, list[Charge]] = {}
    for charge in charges:
        groups.setdefault(_day_of(charge, days), []).append(charge)
    proposals: list[Proposal] = []
    waiting: list[Charge] = []
    for day in sorted(groups):
        waiting += groups[day]
        totals = proposal_totals(waiting, account.currency, account.document_discount_percent)
        if totals.gross.minor >= 0:
            proposals.append(_proposal(account, day, waiting, totals))
            waiting = []
    return _with_credit(account, proposals, waiting, max(groups))


def _proposal(account: Account, day: date, charges: Iterable[Charge], totals: Totals) -> Proposal:
    percent = account.document_discount_percent
    return Proposal(account.id, account.currency, day, tuple(charges), totals, percent)


def _with_credit(account: Account, proposals: list[Proposal], waiting: list[Charge], day: date) -> RunPreview:
    """Charges below zero put onto the last proposals, as many as it takes; parked if all are not enough."""
    if not waiting:
        return RunPreview(tuple(proposals), ())
    totals = proposal_totals(waiting, account.currency, account.document_discount_percent)
    while totals.gross.minor < 0 and proposals:
        last = proposals.pop()
        waiting = [*last.charges, *waiting]
        totals = proposal_totals(waiting, account.currency, account.document_discount_percent)
        if totals.gross.minor >= 0:
            joined = replace(last, billable_on=day, charges=tuple(waiting), totals=totals)
            return RunPreview((*proposals, joined), ())
    return RunPreview(tuple(proposals), (_waiting_credit(account, waiting, totals),))


def _joins(charge: Charge) -> bool:
    return charge.key.kind in _JOINING


def _day_of(charge: Charge, days: Sequence[date]) -> date:
    """The day of the invoice a charge goes onto: its own; for joining ones the next, or else the last."""
    if not _joins(charge):
        return charge.billable_on
    return next((day for day in days if day >= charge.billable_on), days[-1])


def _waiting_credit(account: Account, charges: Sequence[Charge], totals: Totals) -> Parked:
    reason = (
        f"a credit of {-totals.gross} {account.currency} waits for the next invoice: "
        "an invoice cannot be below zero"
    )
    return Parked(account.id, charges[0].key.retainer_id, reason, len(charges), can_confirm=False)


def proposal_totals(
    charges: Sequence[Charge], currency: str, discount_percent: Decimal = Decimal(0)
) -> Totals:
    """Totals of charges less the discount of the document; see `retainerdesk.domain.tax`.

    Raises RuleViolation for a total that has more digits than an amount can have.
    """
    totals = taxed(charges, discounts(charges, discount_percent), currency).totals
    check_size(totals.net, "An invoice")
    check_size(totals.gross, "An invoice")
    return totals


def taxed(charges: Sequence[Charge], off: Sequence[Discount], currency: str) -> TaxedLines:
    """Totals and line nets of charges, and after them of the discount's lines."""
    parts = [(charge.net, charge.tax) for charge in charges] + [(each.amount, each.tax) for each in off]
    return total(parts, currency)


def without(proposal: Proposal, left_out: Iterable[ChargeKey]) -> Proposal | None:
    """The proposal without some of its charges, or None if nothing is left.

    What is set against it of deposits shrinks to what the others come to.
    """
    dropped = set(left_out)
    rest = [charge for charge in proposal.charges if charge.key not in dropped]
    kept = fitted(rest, proposal.discount_percent)
    if not kept:
        return None
    return replace(
        proposal, charges=kept, totals=proposal_totals(kept, proposal.currency, proposal.discount_percent)
    )
