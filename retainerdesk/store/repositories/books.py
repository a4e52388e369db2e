"""Whole account files and whole books, with a fixed number of queries however many accounts there are.

Only `each_account_file` asks again for each account, to hold one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.repositories.accounts import add_account, list_accounts
from retainerdesk.store.repositories.billables import CHARGES, EXPENSES
from retainerdesk.store.repositories.blocks import BLOCKS
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.repositories.deposits import DEPOSITS
from retainerdesk.store.repositories.drafts import add_drafts, drafts_by_account
from retainerdesk.store.repositories.exchange_rates import list_rates, save_rate
from retainerdesk.store.repositories.history import ACTIONS, CALLS, DECISIONS, DOCUMENTS, NOTES, WORK
from retainerdesk.store.repositories.invoices import invoices_by_account, issue
from retainerdesk.store.repositories.letters import LETTERS, list_own_rates, save_own_rate
from retainerdesk.store.repositories.parties import (
    get_business,
    list_people,
    list_series,
    save_business,
    save_person,
    save_series,
)
from retainerdesk.store.repositories.payments import add_payments, payments_by_account
from retainerdesk.store.repositories.retainers import retainers_by_account, save_retainer
from retainerdesk.store.repositories.skips import add_skips, skips_by_account
from retainerdesk.store.repositories.tax_rates import list_tax_rates, save_tax_rate
from retainerdesk.store.repositories.writing import missing
from retainerdesk.store.unit_of_work import UnitOfWork

LISTS: dict[str, AccountList[Any]] = {
    "work": WORK,
    "calls": CALLS,
    "notes": NOTES,
    "actions": ACTIONS,
    "decisions": DECISIONS,
    "documents": DOCUMENTS,
    "charges": CHARGES,
    "expenses": EXPENSES,
    "settlements": SETTLEMENTS,
    "blocks": BLOCKS,
    "letters": LETTERS,
    "deposits": DEPOSITS,
}


def load_account_file(
    uow: UnitOfWork, account_id: str, *, since: date | None = None, without: Collection[str] = ()
) -> AccountFile:
    """Everything about one account, but for the lists named in `without`.

    `since` leaves out work, calls, notes and decisions dated before it.

    Raises RuleViolation if there is no such account.
    """
    files = load_account_files(uow, [account_id], since=since, without=without)
    if not files:
        raise missing("account", account_id)
    return files[0]


def load_account_files(
    uow: UnitOfWork,
    account_ids: Iterable[str] | None = None,
    *,
    since: date | None = None,
    without: Collection[str] = (),
) -> tuple[AccountFile, ...]:
    """The files of these accounts, or of all, by account id; every list in order of date, then id."""
    ids = None if account_ids is None else list(account_ids)
    accounts = list_accounts(uow, ids)
    readers: dict[str, Callable[[], Mapping[str, Any]]] = {
        "retainers": partial(retainers_by_account, uow, ids),
        "payments": partial(payments_by_account, uow, ids),
        "invoices": partial(invoices_by_account, uow, ids),
        "skips": partial(skips_by_account, uow, ids),
        "drafts": partial(drafts_by_account, uow, ids),
        **{field: partial(rows.by_account, uow, ids, since) for field, rows in LISTS.items()},
    }
    parts = {field: read() for field, read in readers.items() if field not in without}
    return tuple(
        AccountFile(account, **{field: tuple(lists.get(account.id, ())) for field, lists in parts.items()})
        for account in accounts
    )


def each_account_file(uow: UnitOfWork) -> Iterator[AccountFile]:
    """Every account, one after the other by id: ten years of an agency need a gigabyte at once."""
    for account in list_accounts(uow):
        yield load_account_file(uow, account.id)


def load_frame(uow: UnitOfWork) -> Book:
    """The book without its accounts."""
    return Book(
        get_business(uow),
        list_people(uow),
        list_series(uow),
        late_interest_rates=list_own_rates(uow),
        exchange_rates=list_rates(uow),
        tax_rates=list_tax_rates(uow),
    )


def load_book(uow: UnitOfWork) -> Book:
    """The whole book, in memory."""
    return replace(load_frame(uow), accounts=load_account_files(uow))


def add_account_file(uow: UnitOfWork, file: AccountFile) -> None:
    """Write a whole new account. Raises RuleViolation for taken ids or references that lead nowhere."""
    add_account(uow, file.account)
    for retainer in file.retainers:
        save_retainer(uow, retainer)
    for field, rows in LISTS.items():
        rows.add(uow, *getattr(file, field))
    add_payments(uow, *file.payments)
    for invoice in file.invoices:
        issue(uow, invoice)
    add_skips(uow, *file.skips)
    add_drafts(uow, *file.drafts)


def add_book(uow: UnitOfWork, book: Book) -> None:
    """Write a whole book into an empty one. Raises RuleViolation as `add_account_file` does."""
    save_business(uow, book.business)
    for person in book.people:
        save_person(uow, person)
    for series in book.series:
        save_series(uow, series)
    for late in book.late_interest_rates:
        save_own_rate(uow, late)
    for rate in book.exchange_rates:
        save_rate(uow, rate)
    for tax_rate in book.tax_rates:
        save_tax_rate(uow, tax_rate)
    for file in book.accounts:
        add_account_file(uow, file)
