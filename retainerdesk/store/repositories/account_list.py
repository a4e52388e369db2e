"""One kind of rows of an account (work, calls, notes, …): all of them are kept the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Row, Table, select

from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.writing import (
    delete_rows,
    insert_rows,
    missing,
    of_accounts,
    update_row,
)
from retainerdesk.store.unit_of_work import UnitOfWork


class OfAccount(Protocol):
    """A value with an id of its own in one list of an account."""

    @property
    def account_id(self) -> str: ...

    @property
    def id(self) -> str: ...


V = TypeVar("V", bound=OfAccount)


@dataclass(frozen=True)
class AccountList(Generic[V]):
    """Reads and writes the values of one table.

    `date_column` orders the list, then the id; rows without a date come last. `since` bounds it where the
    list is `history` that rules do not need whole.
    """

    noun: str
    table: Table
    to_value: Callable[[Row[Any]], V]
    from_value: Callable[[V], dict[str, Any]]
    date_column: str = "on_date"
    history: bool = False

    @property
    def table_name(self) -> str:
        return self.table.name

    def add(self, uow: UnitOfWork, *values: V) -> None:
        """Insert new rows. Raises RuleViolation for an id that is taken or a reference that leads nowhere."""
        insert_rows(uow, self.table, [self.from_value(value) for value in values])
        for value in values:
            uow.audit.record(ADD, self.table_name, self.key(value), value)

    def update(self, uow: UnitOfWork, value: V) -> None:
        """Replace the row with the value's id. Raises RuleViolation if there is none."""
        if not update_row(uow, self.table, _place(value.account_id, value.id), self.from_value(value)):
            raise missing(self.noun, value.id)
        uow.audit.record(UPDATE, self.table_name, self.key(value), value)

    def delete(self, uow: UnitOfWork, account_id: str, value_id: str) -> None:
        """Delete one row. Raises RuleViolation if there is none."""
        if not delete_rows(uow, self.table, _place(account_id, value_id)):
            raise missing(self.noun, value_id)
        uow.audit.record(DELETE, self.table_name, key_of(account_id, value_id), None)

    def find(self, uow: UnitOfWork, account_id: str, value_id: str) -> V | None:
        table = self.table
        query = select(table).where(table.c.account_id == account_id, table.c.id == value_id)
        row = uow.execute(query).first()
        return None if row is None else self.to_value(row)

    def get(self, uow: UnitOfWork, account_id: str, value_id: str) -> V:
        """The value of that id. Raises RuleViolation if there is none."""
        found = self.find(uow, account_id, value_id)
        if found is None:
            raise missing(self.noun, value_id)
        return found

    def of_account(self, uow: UnitOfWork, account_id: str, since: date | None = None) -> tuple[V, ...]:
        """The account's list in order of date, then id; with `since`, rows dated that day or later."""
        table = self.table
        bounds = [] if since is None else [table.c[self.date_column] >= since]
        return tuple(self._read(uow, [table.c.account_id == account_id, *bounds]))

    def by_account(
        self, uow: UnitOfWork, account_ids: Iterable[str] | None = None, since: date | None = None
    ) -> dict[str, list[V]]:
        """The lists of these accounts, or of all, with one query."""
        table = self.table
        where = of_accounts(table.c.account_id, account_ids)
        if since is not None and self.history:
            where.append(table.c[self.date_column] >= since)
        lists: dict[str, list[V]] = defaultdict(list)
        for value in self._read(uow, where):
            lists[value.account_id].append(value)
        return lists

    def keyed(self, uow: UnitOfWork) -> Iterator[tuple[str, object]]:
        """Every row as (key of the chain, value or the exception that reading it raised)."""
        for row in uow.connection.execute(select(self.table), execution_options={"yield_per": 5000}):
            try:
                yield key_of(row.account_id, row.id), self.to_value(row)
            except (ValueError, KeyError, TypeError, ArithmeticError) as damaged:
                yield key_of(row.account_id, row.id), damaged

    def key(self, value: V) -> str:
        return key_of(value.account_id, value.id)

    def _read(self, uow: UnitOfWork, where: list[ColumnElement[bool]]) -> Iterator[V]:
        table = self.table
        dated = table.c[self.date_column]
        query = select(table).where(*where).order_by(dated.is_(None), dated, table.c.id)
        return map(self.to_value, uow.execute(query).all())


def _place(account_id: str, value_id: str) -> dict[str, str]:
    return {"account_id": account_id, "id": value_id}
