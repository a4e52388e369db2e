"""Reading the audit chain: its head, its links, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from retainerdesk.store.audit import NEWEST, START, Link, link_hash
from retainerdesk.store.tables.book_state import AUDIT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork

_SHORT = 8


class BadLink(NamedTuple):
    """The first place where the chain does not hold; `reason` is one sentence."""

    seq: int
    table_name: str
    row_key: str
    reason: str


def chain_head(uow: UnitOfWork) -> str:
    """The first 8 hexadecimal digits of the newest link's hash; what an invoice prints as witness."""
    if uow.is_writing:
        return uow.audit.head().hex()[:_SHORT]
    newest = uow.execute(NEWEST).first()
    return (newest.hash if newest else START).hex()[:_SHORT]


def links(uow: UnitOfWork) -> Iterator[Link]:
    """Every link in order of writing, read in portions."""
    in_portions = {"yield_per": 5000}
    query = select(AUDIT_ROWS).order_by(AUDIT_ROWS.c.seq)
    for row in uow.connection.execute(query, execution_options=in_portions):
        yield Link(*row)


def verify_chain(uow: UnitOfWork) -> BadLink | None:
    """The first link that was changed, moved, added or taken out; None if the chain holds."""
    expected, head = 1, START
    for link in links(uow):
        if link.seq != expected:
            return _bad(link, f"link {expected} is missing before link {link.seq}")
        if link.prev_hash != head:
            return _bad(link, f"link {link.seq} does not continue the link before it")
        if link.hash != link_hash(link):
            return _bad(link, f"link {link.seq} was changed after it was written")
        expected, head = expected + 1, link.hash
    return None


def _bad(link: Link, reason: str) -> BadLink:
    return BadLink(link.seq, link.table_name, link.row_key, reason)
