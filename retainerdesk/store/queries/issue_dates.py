"""When the newest document was issued: numbers follow dates, so nothing is issued before that day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from retainerdesk.store.tables.billing import InvoiceRow
from retainerdesk.store.unit_of_work import UnitOfWork


def last_issued_on(uow: UnitOfWork) -> date | None:
    """The newest issue date of the book, or None before the first document."""
    found: date | None = uow.execute(select(func.max(InvoiceRow.issued_on))).scalar()
    return found
