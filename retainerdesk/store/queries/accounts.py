"""The account list: what a line of it needs, without loading the accounts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from retainerdesk.domain.account import AccountStatus
from retainerdesk.domain.names import name_order
from retainerdesk.store.tables.parties import ACCOUNT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """One line of the account list."""

    id: str
    name: str
    status: AccountStatus
    currency: str


def account_summaries(uow: UnitOfWork) -> tuple[AccountSummary, ...]:
    """Every account, by `name_order`."""
    columns = (ACCOUNT_ROWS.c.id, ACCOUNT_ROWS.c.name, ACCOUNT_ROWS.c.status, ACCOUNT_ROWS.c.currency)
    rows = sorted(uow.execute(select(*columns)).all(), key=lambda row: name_order(row.name, row.id))
    return tuple(AccountSummary(row.id, row.name, AccountStatus(row.status), row.currency) for row in rows)


def account_ids(uow: UnitOfWork) -> tuple[str, ...]:
    """The id of every account, in order."""
    return tuple(uow.execute(select(ACCOUNT_ROWS.c.id).order_by(ACCOUNT_ROWS.c.id)).scalars())


def has_accounts(uow: UnitOfWork) -> bool:
    """Whether the book has any account at all."""
    return uow.execute(select(ACCOUNT_ROWS.c.id).limit(1)).first() is not None
