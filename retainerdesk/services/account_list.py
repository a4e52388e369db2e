"""The list of accounts with what stands out in each, and its sums. The first picture of a window needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.services.business import get_business
from retainerdesk.services.kept_facts import are_kept, load_digests, load_earlier, load_one_digest
from retainerdesk.services.summaries import AccountSummary, BusinessTotals
from retainerdesk.store.queries.accounts import account_summaries
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EarlierList:
    """The list with the figures last added up: to be looked at and never to be decided or billed from.

    `day` is the oldest these figures are of; if `is_mixed` some are newer. Names are those of now.
    """

    rows: tuple[AccountSummary, ...]
    day: date
    is_mixed: bool


def load_account_list(uow: UnitOfWork, today: date) -> tuple[AccountSummary, ...]:
    """One row an account: those that need you first, then by name."""
    return in_list_order(each.summary for each in load_digests(uow, today))


def load_earlier_list(uow: UnitOfWork, today: date) -> EarlierList | None:
    """What can be shown while the list of today is added up; None if nothing fit for that is kept."""
    earlier = load_earlier(uow, today)
    if earlier is None:
        return None
    digests, day, is_mixed = earlier
    names = dict(account_names(uow))
    rows = (replace(each.summary, name=names[each.summary.id]) for each in digests)
    return EarlierList(in_list_order(rows), day, is_mixed)


def account_names(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """Id and name of every account, by name; never computes anything."""
    return tuple((each.id, each.name) for each in account_summaries(uow))


def list_is_at_hand(uow: UnitOfWork, today: date) -> bool:
    """Whether `load_account_list` only reads; otherwise it computes, at ten years of work for seconds."""
    return are_kept(uow, today)


def load_account_row(uow: UnitOfWork, account_id: str, today: date) -> AccountSummary:
    """The row of one account, after a change that concerned no other; RuleViolation if it is gone."""
    return load_one_digest(uow, account_id, today).summary


def in_list_order(rows: Iterable[AccountSummary]) -> tuple[AccountSummary, ...]:
    """Those that need you first, then by name."""
    return tuple(sorted(rows, key=lambda row: (not row.needs_you, name_order(row.name, row.id))))


def business_totals(uow: UnitOfWork, today: date) -> BusinessTotals:
    """Recurring, open and overdue money of the whole book, each per currency."""
    return totals_of(uow, (each.summary for each in load_digests(uow, today)), today)


def totals_of(uow: UnitOfWork, rows: Iterable[AccountSummary], today: date) -> BusinessTotals:
    """The totals of rows that are at hand already."""
    # The list is painted before the sums at the foot are.
    from retainerdesk.domain.exchange_rate import add_up
    from retainerdesk.services.exchange_rates import load_rates

    known = tuple(rows)
    recurring = _per_currency(each.mrr for each in known)
    return BusinessTotals(
        recurring,
        _per_currency(each.balance for each in known),
        _per_currency(each.overdue for each in known),
        add_up(recurring, get_business(uow).currency, load_rates(uow), today),
    )


def _per_currency(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Money(0, amount.currency)) + amount
    return tuple(total for total in sums.values() if total)
