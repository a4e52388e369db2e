"""What the program remembers about this book's use. No business facts, so the audit chain leaves them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from retainerdesk.store.repositories.writing import delete_rows, insert_rows, update_row
from retainerdesk.store.tables.book_state import BOOK_STATE_ROWS, NOTIFIED_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Notified:
    """A due item, by its stable key, the user was told about; it rests until `snoozed_until`."""

    key: str
    first_notified_on: date
    snoozed_until: date | None = None


def get_state(uow: UnitOfWork, key: str) -> Any:  # noqa: ANN401
    """The JSON value kept under `key`, or None."""
    return uow.execute(select(BOOK_STATE_ROWS.c.value).where(BOOK_STATE_ROWS.c.key == key)).scalar()


def set_state(uow: UnitOfWork, key: str, value: Any) -> None:  # noqa: ANN401
    """Keep a JSON value under `key`."""
    if not update_row(uow, BOOK_STATE_ROWS, {"key": key}, {"value": value}):
        insert_rows(uow, BOOK_STATE_ROWS, [{"key": key, "value": value}])


def list_notified(uow: UnitOfWork) -> dict[str, Notified]:
    """Every item the user was told about, by key."""
    rows = uow.execute(select(NOTIFIED_ROWS).order_by(NOTIFIED_ROWS.c.key))
    return {row.key: Notified(row.key, row.first_notified_on, row.snoozed_until) for row in rows}


def mark_notified(uow: UnitOfWork, keys: Iterable[str], on: date) -> None:
    """Remember that the user was told on `on`; an item already known keeps its first day."""
    known = set(uow.execute(select(NOTIFIED_ROWS.c.key)).scalars())
    rows = [{"key": key, "first_notified_on": on, "snoozed_until": None} for key in sorted(set(keys) - known)]
    insert_rows(uow, NOTIFIED_ROWS, rows)


def snooze(uow: UnitOfWork, key: str, until: date, today: date) -> None:
    """Let an item rest until a day (that day it shows again)."""
    if not update_row(uow, NOTIFIED_ROWS, {"key": key}, {"snoozed_until": until}):
        insert_rows(uow, NOTIFIED_ROWS, [{"key": key, "first_notified_on": today, "snoozed_until": until}])


def forget_notified(uow: UnitOfWork, key: str) -> None:
    """Drop an item that is settled; nothing happens if it is not there."""
    delete_rows(uow, NOTIFIED_ROWS, {"key": key})
