"""When documents were issued and where in their series: numbers follow dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from retainerdesk.store.tables.billing import InvoiceRow
from retainerdesk.store.unit_of_work import UnitOfWork


def last_issue_dates(uow: UnitOfWork) -> Mapping[str, date]:
    """The newest issue date of each series that has documents: nothing of it is issued before that day."""
    last = func.max(InvoiceRow.issued_on).label("last")
    newest = select(InvoiceRow.series_id, last).group_by(InvoiceRow.series_id)
    return {row.series_id: row.last for row in uow.execute(newest)}


def sequences_of(uow: UnitOfWork, series_id: str, year: int | None = None) -> tuple[int, ...]:
    """The sequences of a series that have documents, in order; of one year of it, or (None) of all."""
    query = select(InvoiceRow.sequence).where(InvoiceRow.series_id == series_id)
    if year is not None:
        query = query.where(InvoiceRow.series_year == year)
    return tuple(uow.execute(query.order_by(InvoiceRow.series_year, InvoiceRow.sequence)).scalars())
