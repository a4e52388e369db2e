"""Which accounts a stretch of the audit chain touched: what was computed before it need not hold any more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.store.audit import NEWEST, START
from retainerdesk.store.tables.book_state import AUDIT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork

# More links than this are not looked through: computing everything again is then the smaller work.
_LONGEST = 2000
_OF_ACCOUNTS = frozenset(
    {
        "accounts", "retainers", "work_entries", "calls", "notes", "actions", "decisions", "documents",
        "charges", "expenses", "payments", "settlements", "blocks", "letters", "deposits", "period_closes",
        "period_reopenings", "drafts",
    }
)  # fmt: skip
_OF_NOBODY = frozenset({"series", "late_interest_rates"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the chain: the number of a link (0: before the first) and its hash in hexadecimal."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Touched:
    """The accounts that changed; `everything` where that cannot be said, or a change concerns all of them."""

    accounts: frozenset[str] = frozenset()
    everything: bool = False


def newest_place(uow: UnitOfWork) -> Place:
    """The end of the chain as this unit of work sees it, what it wrote itself included."""
    if uow.is_writing:
        seq, head = uow.audit.place()
        return Place(seq, head.hex())
    newest = uow.execute(NEWEST).first()
    return Place(newest.seq, newest.hash.hex()) if newest else Place(0, START.hex())


def touched_since(uow: UnitOfWork, place: Place) -> Touched:
    """What the links behind `place` changed. A chain that does not hold that link is another history."""
    columns = (
        AUDIT_ROWS.c.seq,
        AUDIT_ROWS.c.hash,
        AUDIT_ROWS.c.table_name,
        AUDIT_ROWS.c.row_key,
        AUDIT_ROWS.c.row,
    )
    query = (
        select(*columns).where(AUDIT_ROWS.c.seq >= place.seq).order_by(AUDIT_ROWS.c.seq).limit(_LONGEST + 1)
    )
    found = uow.execute(query).all()
    if not found or (found[0].seq, found[0].hash.hex()) != (place.seq, place.hash) or len(found) > _LONGEST:
        return Touched(everything=True)
    names: set[str] = set()
    for row in found[1:]:
        if row.table_name not in _OF_NOBODY:
            account_id = _account_of(row)
            if account_id is None:
                return Touched(everything=True)
            names.add(account_id)
    return Touched(frozenset(names))


def is_in_chain(uow: UnitOfWork, place: Place) -> bool:
    """Whether the chain holds that link; where it does not, the place is one of another history."""
    query = select(AUDIT_ROWS.c.hash).where(AUDIT_ROWS.c.seq == place.seq)
    found = uow.execute(query).scalar()
    return found is not None and found.hex() == place.hash


def _account_of(row: Row[Any]) -> str | None:
    """The account of a link; None where the link does not say."""
    if row.table_name in _OF_ACCOUNTS:
        first: str = row.row_key.partition("/")[0]
        return first.replace("~1", "/").replace("~0", "~")
    value = json.loads(row.row)
    found = value.get("account_id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None
