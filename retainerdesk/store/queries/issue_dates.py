"""When documents were issued and where in their series: numbers follow dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from retainerdesk.store.tables.billing import INVOICE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def last_issue_dates(uow: UnitOfWork) -> Mapping[str, date]:
    """The newest issue date of each series that has documents: nothing of it is issued before that day."""
    last = func.max(INVOICE_ROWS.c.issued_on).label("last")
    newest = select(INVOICE_ROWS.c.series_id, last).group_by(INVOICE_ROWS.c.series_id)
    return {row.series_id: row.last for row in uow.execute(newest)}


def sequences_of(uow: UnitOfWork, series_id: str, year: int | None = None) -> tuple[int, ...]:
    """The sequences of a series that have documents, in order; of one year of it, or (None) of all."""
    query = select(INVOICE_ROWS.c.sequence).where(INVOICE_ROWS.c.series_id == series_id)
    if year is not None:
        query = query.where(INVOICE_ROWS.c.series_year == year)
    return tuple(uow.execute(query.order_by(INVOICE_ROWS.c.series_year, INVOICE_ROWS.c.sequence)).scalars())
