"""On which days somebody was in touch with an account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from retainerdesk.store.repositories.writing import table_of
from retainerdesk.store.tables.history import CallRow, NoteRow
from retainerdesk.store.unit_of_work import UnitOfWork

_CALLS, _NOTES = table_of(CallRow), table_of(NoteRow)


def touch_days(uow: UnitOfWork, account_id: str, until: date) -> tuple[date, ...]:
    """Days with a call, or a note that marks contact, up to and with `until`; each once, in order."""
    calls = select(_CALLS.c.on_date.label("on")).where(
        _CALLS.c.account_id == account_id, _CALLS.c.on_date <= until
    )
    notes = select(_NOTES.c.on_date).where(
        _NOTES.c.account_id == account_id, _NOTES.c.on_date <= until, _NOTES.c.touch
    )
    return tuple(uow.execute(calls.union(notes).order_by("on")).scalars())
