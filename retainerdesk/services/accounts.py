"""Accounts: the list with what stands out, and adding or changing one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import add_up
from retainerdesk.domain.instalments import check_plan
from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.domain.rounding import check_terms
from retainerdesk.domain.tax import check_rule
from retainerdesk.services.business import get_business
from retainerdesk.services.exchange_rates import load_rates
from retainerdesk.services.kept_facts import are_kept, last_digests, load_digests, load_one_digest
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.views import AccountSummary, BusinessTotals
from retainerdesk.store.repositories import accounts
from retainerdesk.store.unit_of_work import UnitOfWork


def load_account_list(uow: UnitOfWork, today: date) -> tuple[AccountSummary, ...]:
    """One row an account: those that need you first, then by name."""
    return in_list_order(each.summary for each in load_digests(uow, today))


def last_account_list(uow: UnitOfWork) -> tuple[AccountSummary, ...]:
    """The list as it was last computed, maybe yesterday; empty if it never was.

    For the first picture of a window only: `load_account_list` takes its place as soon as it is computed.
    """
    return in_list_order(each.summary for each in last_digests(uow))


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


def get_account(uow: UnitOfWork, account_id: str) -> Account:
    """The account of that id; RuleViolation if there is none."""
    return accounts.get_account(uow, account_id)


def list_accounts(uow: UnitOfWork) -> tuple[Account, ...]:
    """Every account, in the order of the book."""
    return tuple(accounts.list_accounts(uow))


def add_account(uow: UnitOfWork, account: Account) -> Outcome[Account]:
    """Add an account."""
    _check(account)
    accounts.add_account(uow, account)
    return Outcome(account, _changes(account))


def change_account(uow: UnitOfWork, account: Account) -> Outcome[Account]:
    """Change an account. Its currency stays: money was agreed in it."""
    _check(account)
    if accounts.get_account(uow, account.id).currency != account.currency:
        message = "The currency of an account cannot change; add a new account for the other currency."
        raise RuleViolation("account.currency", message, "currency")
    accounts.update_account(uow, account)
    return Outcome(account, _changes(account))


def remove_account(uow: UnitOfWork, account: Account) -> Outcome[Account]:
    """Take out an account that nothing refers to yet."""
    accounts.delete_account(uow, account.id)
    return Outcome(account, _changes(account))


def free_id(name: str, taken: Iterable[str]) -> str:
    """A short name made of `name` that is not taken: "ACME & Söhne" gives acme-soehne."""
    folded = name.lower().replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-") or "account"
    known = set(taken)
    candidates = [short, *(f"{short}-{count}" for count in range(2, len(known) + 3))]
    return next(each for each in candidates if each not in known)


def _check(account: Account) -> None:
    if not account.name.strip():
        raise RuleViolation("account.name", "Enter the account's name.", "name")
    if not re.fullmatch(r"[A-Z]{3}", account.currency):
        message = "The currency is three letters, such as EUR."
        raise RuleViolation("account.currency", message, "currency")
    if account.payment_terms_days < 0:
        message = "The days to pay cannot be below zero."
        raise RuleViolation("account.payment_terms_days", message, "payment_terms_days")
    check_rule(account.tax, "tax")
    withheld = account.withholding.percent if account.withholding else None
    check_terms(withheld, account.cash_rounding_minor, account.document_discount_percent)
    check_plan(account.payment_plan, "payment_plan")


def _changes(account: Account) -> Changes:
    return Changes(accounts=True, money=True, dates=True, account_ids=frozenset({account.id}))
