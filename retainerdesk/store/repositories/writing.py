"""How repositories change rows: the row and its link of the chain, always together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select, update

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.store.direct import insert_into, run, run_many
from retainerdesk.store.unit_of_work import UnitOfWork

Values = Mapping[str, Any]


def insert_rows(uow: UnitOfWork, table: Table, values: Sequence[Values]) -> None:
    """Insert many rows with one statement; none at all is fine. All have the columns of the first."""
    if values:
        uow.must_write()
        wanted = insert_into(table, tuple(values[0]), uow.connection.dialect)
        run_many(uow.connection, wanted.statement, [wanted.row(each) for each in values])


def insert_row(uow: UnitOfWork, table: Table, values: Values) -> int:
    """Insert one row and return the `pk` that the store gave it."""
    uow.must_write()
    wanted = insert_into(table, tuple(values), uow.connection.dialect)
    ((pk,),) = run(uow.connection, f"{wanted.statement} RETURNING pk", wanted.row(values))
    return int(pk)


def update_row(uow: UnitOfWork, table: Table, key: Values, values: Values) -> bool:
    """Update the row of that key; whether there was one."""
    uow.must_write()
    return uow.execute(update(table).where(*matches(table, key)).values(**values)).rowcount > 0


def delete_rows(uow: UnitOfWork, table: Table, key: Values) -> bool:
    """Delete every row that has those column values; whether there was any."""
    uow.must_write()
    return uow.execute(delete(table).where(*matches(table, key))).rowcount > 0


def exists(uow: UnitOfWork, table: Table, key: Values) -> bool:
    """Whether there is a row with those column values."""
    return uow.execute(select(1).select_from(table).where(*matches(table, key))).first() is not None


def matches(table: Table, key: Values) -> list[ColumnElement[bool]]:
    """The condition that a row has those column values."""
    columns = table.c
    return [columns[name] == value for name, value in key.items()]


def of_accounts(column: Column[str], ids: Iterable[str] | None) -> list[ColumnElement[bool]]:
    """The condition that a row is of one of these accounts; none for all accounts."""
    if ids is None:
        return []
    these = list(ids)
    # One account is the common case, and a plain comparison is prepared in half the time.
    return [column == these[0]] if len(these) == 1 else [column.in_(these)]


def missing(noun: str, name: str) -> RuleViolation:
    """What to raise for an id the book does not have."""
    return RuleViolation(
        f"{noun}.unknown", f"There is no {noun.replace('_', ' ')} “{name}” in this book.", noun
    )


def minor_in(currency: str, amount: Money | None) -> int | None:
    """The minor units of an amount that shares its row's currency; ValueError if it does not."""
    if amount is None:
        return None
    if amount.currency != currency:
        raise ValueError(f"an amount in {amount.currency} cannot be kept in a row of {currency}")
    return amount.minor


def money_or_none(minor: int | None, currency: str) -> Money | None:
    """An amount of a column that may be NULL."""
    return None if minor is None else Money(minor, currency)
