"""Who has worked."""

from __future__ import annotations

from sqlalchemy import select

from retainerdesk.store.tables.history import WORK_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def has_work(uow: UnitOfWork, person_id: str) -> bool:
    """Whether a person recorded any work."""
    table = WORK_ROWS
    query = select(table.c.id).where(table.c.person_id == person_id).limit(1)
    return uow.execute(query).first() is not None
