"""Work that names no retainer."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from retainerdesk.domain.work import WorkEntry
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.unit_of_work import UnitOfWork


def work_without_retainer(uow: UnitOfWork, account_id: str, until: date) -> tuple[WorkEntry, ...]:
    """The entries of an account up to `until`, that day included, that name no retainer; by date, then id."""
    table = WORK.table
    query = (
        select(table)
        .where(table.c.account_id == account_id, table.c.retainer_id.is_(None), table.c.on_date <= until)
        .order_by(table.c.on_date, table.c.id)
    )
    return tuple(map(WORK.to_value, uow.execute(query).all()))
