"""The invoice run as rows: accounts with their charges, what is left for later, skipped, or parked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from retainerdesk.domain.invoice import Charge, ChargeKey
from retainerdesk.domain.invoicing import Proposal, without
from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.services.issue_invoices import RunView
from retainerdesk.services.tax_rates import TaxHint
from retainerdesk.services.views import ParkedRow


class Choice(StrEnum):
    """What is to happen with a charge."""

    CREATE = "create"
    LATER = "later"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A charge that was skipped while the screen was open, with the reason."""

    charge: Charge
    reason: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the run: what its invoices come to, and how many they are, by the choices made.

    `net` is less the discount of the document, which the charges below it do not show.
    """

    account_id: str
    name: str
    net: Money
    invoices: int
    discount_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge in the run with what is to happen with it; `reason` is why it is skipped.

    `net` is its amount on the invoice, where its price includes tax; None: the amount of the charge.
    """

    charge: Charge
    choice: Choice
    reason: str = ""
    net: Money | None = None


RunRow = AccountRow | ChargeRow | ParkedRow | TaxHint


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What was chosen: charges left for later, and those skipped since the screen was opened."""

    later: frozenset[ChargeKey] = frozenset()
    skipped: tuple[Skipped, ...] = ()

    @property
    def skipped_keys(self) -> frozenset[ChargeKey]:
        return frozenset(each.charge.key for each in self.skipped)

    def with_choice(self, keys: Iterable[ChargeKey], choice: Choice) -> RunChoices:
        """The choices with Create or Later for these charges."""
        chosen = frozenset(keys)
        later = self.later | chosen if choice is Choice.LATER else self.later - chosen
        return replace(self, later=later)

    def with_skipped(self, skipped: Iterable[Skipped]) -> RunChoices:
        """The choices with these charges skipped as well."""
        return replace(self, skipped=(*self.skipped, *skipped))

    def without_skipped(self, keys: Iterable[ChargeKey]) -> RunChoices:
        """The choices with these charges no longer skipped."""
        offered = frozenset(keys)
        return replace(self, skipped=tuple(each for each in self.skipped if each.charge.key not in offered))

    def still_valid(self, view: RunView) -> RunChoices:
        """Without skips that were taken back: a view read after that offers their charges again."""
        offered = {charge.key for proposal in view.proposals for charge in proposal.charges}
        return self.without_skipped(offered)


def chosen_proposals(view: RunView, choices: RunChoices) -> tuple[Proposal, ...]:
    """The invoices to be issued: every proposal without the charges left for later or skipped."""
    left_out = choices.later | choices.skipped_keys
    kept = (without(proposal, left_out) for proposal in view.proposals)
    return tuple(proposal for proposal in kept if proposal is not None)


def due_after(view: RunView, today: date) -> frozenset[ChargeKey]:
    """The charges that are not due yet today: they are left for later unless somebody says otherwise."""
    return frozenset(
        charge.key for proposal in view.proposals for charge in proposal.charges if charge.billable_on > today
    )


def run_rows(view: RunView, choices: RunChoices) -> tuple[RunRow, ...]:
    """Accounts by name, each with its charges in order of the day they are due; parked ones at the end."""
    charges = _charges_by_account(view, choices)
    issued = chosen_proposals(view, choices)
    rows: list[RunRow] = []
    for account_id in sorted(charges, key=lambda each: name_order(_name(view, each), each)):
        own = [proposal for proposal in issued if proposal.account_id == account_id]
        zero = Money(0, charges[account_id][0].charge.net.currency)
        net = sum((proposal.totals.net for proposal in own), zero)
        off = max((proposal.discount_percent for proposal in own), default=Decimal(0))
        rows.append(AccountRow(account_id, _name(view, account_id), net, len(own), off))
        rows += [hint for hint in view.tax_hints if own and hint.account_id == account_id]
        of_account = sorted(charges[account_id], key=_place)
        rows += of_account
    return (*rows, *view.parked)


def _charges_by_account(view: RunView, choices: RunChoices) -> dict[str, list[ChargeRow]]:
    found: dict[str, list[ChargeRow]] = {}
    for proposal in view.proposals:
        for charge, net in zip(proposal.charges, proposal.charge_nets, strict=True):
            if charge.key in choices.skipped_keys:
                continue
            choice = Choice.LATER if charge.key in choices.later else Choice.CREATE
            shown = net if charge.tax.included else None
            found.setdefault(proposal.account_id, []).append(ChargeRow(charge, choice, net=shown))
    for each in choices.skipped:
        row = ChargeRow(each.charge, Choice.SKIP, each.reason)
        found.setdefault(each.charge.key.account_id, []).append(row)
    return found


def _place(row: ChargeRow) -> tuple[date, ChargeKey]:
    return row.charge.billable_on, row.charge.key


def _name(view: RunView, account_id: str) -> str:
    return view.account_names.get(account_id, account_id)
