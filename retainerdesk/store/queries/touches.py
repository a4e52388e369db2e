"""On which days somebody was in touch with an account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from retainerdesk.store.tables.history import CALL_ROWS, NOTE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def touch_days(uow: UnitOfWork, account_id: str, until: date) -> tuple[date, ...]:
    """Days with a call, or a note that marks contact, up to and with `until`; each once, in order."""
    calls = select(CALL_ROWS.c.on_date.label("on")).where(
        CALL_ROWS.c.account_id == account_id, CALL_ROWS.c.on_date <= until
    )
    notes = select(NOTE_ROWS.c.on_date).where(
        NOTE_ROWS.c.account_id == account_id, NOTE_ROWS.c.on_date <= until, NOTE_ROWS.c.touch
    )
    return tuple(uow.execute(calls.union(notes).order_by("on")).scalars())
