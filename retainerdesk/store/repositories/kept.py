"""Results kept beside the book so that they need not be computed again: no facts, and safe to delete.

They lie in `book_state`, outside the audit chain, under "<kind>:<name>".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from retainerdesk.store.tables.book_state import BOOK_STATE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork

_COLON, _BEHIND_COLON = ":", ";"


def read_kept(uow: UnitOfWork, kind: str, name: str) -> Any:  # noqa: ANN401
    """The JSON value kept under a kind and name, or None."""
    return uow.execute(
        select(BOOK_STATE_ROWS.c.value).where(BOOK_STATE_ROWS.c.key == f"{kind}{_COLON}{name}")
    ).scalar()


def read_all_kept(uow: UnitOfWork, kind: str) -> dict[str, Any]:
    """Every JSON value of a kind by its name."""
    after, before = f"{kind}{_COLON}", f"{kind}{_BEHIND_COLON}"
    query = select(BOOK_STATE_ROWS.c.key, BOOK_STATE_ROWS.c.value).where(
        BOOK_STATE_ROWS.c.key >= after, BOOK_STATE_ROWS.c.key < before
    )
    return {row.key.removeprefix(after): row.value for row in uow.execute(query).all()}


def kept_names(uow: UnitOfWork, kind: str) -> frozenset[str]:
    """The names under which values of a kind are kept."""
    after, before = f"{kind}{_COLON}", f"{kind}{_BEHIND_COLON}"
    keys = uow.execute(
        select(BOOK_STATE_ROWS.c.key).where(BOOK_STATE_ROWS.c.key >= after, BOOK_STATE_ROWS.c.key < before)
    ).scalars()
    return frozenset(key.removeprefix(after) for key in keys)


def keep(uow: UnitOfWork, kind: str, values: Mapping[str, Any]) -> None:
    """Keep JSON values by name; those already kept are replaced."""
    uow.must_write()
    forget(uow, kind, values)
    rows = [{"key": f"{kind}{_COLON}{name}", "value": value} for name, value in values.items()]
    if rows:
        uow.execute(insert(BOOK_STATE_ROWS), rows)


def forget(uow: UnitOfWork, kind: str, names: Iterable[str]) -> None:
    """Drop the values of these names; those that are not there are no error."""
    uow.must_write()
    keys = [f"{kind}{_COLON}{name}" for name in names]
    if keys:
        uow.execute(delete(BOOK_STATE_ROWS).where(BOOK_STATE_ROWS.c.key.in_(keys)))
