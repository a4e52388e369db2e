"""Who has worked."""

from __future__ import annotations

from sqlalchemy import select

from retainerdesk.store.repositories.writing import table_of
from retainerdesk.store.tables.history import WorkRow
from retainerdesk.store.unit_of_work import UnitOfWork


def has_work(uow: UnitOfWork, person_id: str) -> bool:
    """Whether a person recorded any work."""
    table = table_of(WorkRow)
    query = select(table.c.id).where(table.c.person_id == person_id).limit(1)
    return uow.execute(query).first() is not None
