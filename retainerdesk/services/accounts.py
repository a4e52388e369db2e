"""Accounts: reading, adding, changing and removing one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from retainerdesk.domain.account import Account
from retainerdesk.domain.agreed_interest import check_agreed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import check_plan
from retainerdesk.domain.rounding import check_terms
from retainerdesk.domain.tax import check_rule
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import accounts
from retainerdesk.store.unit_of_work import UnitOfWork


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
    check_agreed(account.late_interest_bps)


def _changes(account: Account) -> Changes:
    return Changes(accounts=True, money=True, dates=True, account_ids=frozenset({account.id}))
