"""The stored exchange rates of a book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.exchange_rate import ExchangeRate, Rates
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.writing import delete_rows, insert_rows, missing, update_row
from retainerdesk.store.tables.exchange_rates import EXCHANGE_RATE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork

_TABLE = "exchange_rates"


def list_rates(uow: UnitOfWork) -> tuple[ExchangeRate, ...]:
    """Every stored rate, by its currencies, then by date."""
    columns = (
        EXCHANGE_RATE_ROWS.c.from_currency,
        EXCHANGE_RATE_ROWS.c.to_currency,
        EXCHANGE_RATE_ROWS.c.on_date,
    )
    return tuple(to_rate(row) for row in uow.execute(select(EXCHANGE_RATE_ROWS).order_by(*columns)).all())


def load_rates(uow: UnitOfWork) -> Rates:
    """Every stored rate, to be asked for the one in force on a day."""
    return Rates(list_rates(uow))


def save_rate(uow: UnitOfWork, rate: ExchangeRate) -> None:
    """Add a rate, or replace the one of the same currencies and day."""
    values = {"rate": rate.rate, "source": rate.source}
    known = update_row(uow, EXCHANGE_RATE_ROWS, _key(rate), values)
    if not known:
        insert_rows(uow, EXCHANGE_RATE_ROWS, [_key(rate) | values])
    uow.audit.record(UPDATE if known else ADD, _TABLE, key_of(*rate.key), rate)


def delete_rate(uow: UnitOfWork, rate: ExchangeRate) -> None:
    """Take a rate out. Raises RuleViolation if there is none of those currencies and that day."""
    if not delete_rows(uow, EXCHANGE_RATE_ROWS, _key(rate)):
        raise missing("exchange_rate", f"{rate.from_currency} to {rate.to_currency} of {rate.on}")
    uow.audit.record(DELETE, _TABLE, key_of(*rate.key), None)


def to_rate(row: Row[Any]) -> ExchangeRate:
    """The rate of a row."""
    return ExchangeRate(row.from_currency, row.to_currency, row.on_date, row.rate, row.source)


def _key(rate: ExchangeRate) -> dict[str, Any]:
    return {"from_currency": rate.from_currency, "to_currency": rate.to_currency, "on_date": rate.on}


def keyed_rates(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((key_of(*rate.key), rate) for rate in list_rates(uow))
