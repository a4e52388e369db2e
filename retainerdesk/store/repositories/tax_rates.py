"""Tax rates users added."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.writing import delete_rows, insert_rows, missing, update_row
from retainerdesk.store.tables.tax_rates import TAX_RATE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def list_tax_rates(uow: UnitOfWork) -> tuple[TaxRate, ...]:
    """The rates users added, by country, category, name and day."""
    order = (TAX_RATE_ROWS.c.country, TAX_RATE_ROWS.c.category, TAX_RATE_ROWS.c.name, TAX_RATE_ROWS.c.from_on)
    return tuple(
        TaxRate(
            row.country,
            TaxCategory(row.category),
            row.name,
            row.percent,
            row.from_on,
            row.until,
            row.source,
            is_own=True,
        )
        for row in uow.execute(select(TAX_RATE_ROWS).order_by(*order))
    )


def save_tax_rate(uow: UnitOfWork, rate: TaxRate) -> None:
    """Add a rate, or replace that of the same country, category, name and first day."""
    values = {"percent": rate.percent, "until": rate.until, "source": rate.source}
    known = update_row(uow, TAX_RATE_ROWS, _place(rate), values)
    if not known:
        insert_rows(uow, TAX_RATE_ROWS, [_place(rate) | values])
    uow.audit.record(UPDATE if known else ADD, "tax_rates", _key(rate), rate)


def delete_tax_rate(uow: UnitOfWork, rate: TaxRate) -> None:
    """Take a rate out. Raises RuleViolation if there is none."""
    if not delete_rows(uow, TAX_RATE_ROWS, _place(rate)):
        raise missing("tax rate", rate.id)
    uow.audit.record(DELETE, "tax_rates", _key(rate), None)


def keyed_tax_rates(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((_key(rate), rate) for rate in list_tax_rates(uow))


def _place(rate: TaxRate) -> dict[str, object]:
    return {
        "country": rate.country,
        "category": rate.category.value,
        "name": rate.name,
        "from_on": rate.from_on,
    }


def _key(rate: TaxRate) -> str:
    return key_of(rate.country, rate.category.value, rate.name, rate.from_on.isoformat())
