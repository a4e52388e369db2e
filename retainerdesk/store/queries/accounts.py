"""The account list: what a line of it needs, without loading the accounts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from retainerdesk.domain.account import AccountStatus
from retainerdesk.store.repositories.writing import table_of
from retainerdesk.store.tables.parties import AccountRow
from retainerdesk.store.unit_of_work import UnitOfWork

_ACCOUNTS = table_of(AccountRow)


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """One line of the account list."""

    id: str
    name: str
    status: AccountStatus
    currency: str


def account_summaries(uow: UnitOfWork) -> tuple[AccountSummary, ...]:
    """Every account, in order of name without regard to case (ASCII), then id."""
    columns = (_ACCOUNTS.c.id, _ACCOUNTS.c.name, _ACCOUNTS.c.status, _ACCOUNTS.c.currency)
    rows = uow.execute(select(*columns).order_by(func.lower(_ACCOUNTS.c.name), _ACCOUNTS.c.id))
    return tuple(AccountSummary(row.id, row.name, AccountStatus(row.status), row.currency) for row in rows)


def account_ids(uow: UnitOfWork) -> tuple[str, ...]:
    """The id of every account, in order."""
    return tuple(uow.execute(select(_ACCOUNTS.c.id).order_by(_ACCOUNTS.c.id)).scalars())


def has_accounts(uow: UnitOfWork) -> bool:
    """Whether the book has any account at all."""
    return uow.execute(select(_ACCOUNTS.c.id).limit(1)).first() is not None
