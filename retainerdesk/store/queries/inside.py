"""What is inside a book, in figures: enough to tell one copy from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, func, select

from retainerdesk.store.audit import NEWEST, SCHEMA, START
from retainerdesk.store.tables.billing import INVOICE_ROWS
from retainerdesk.store.tables.book_state import AUDIT_ROWS
from retainerdesk.store.tables.history import WORK_ROWS
from retainerdesk.store.tables.parties import ACCOUNT_ROWS, BUSINESS_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Inside:
    """Counts of a book; `last_number` and `last_issued_on` of the document issued last, if there is one.

    `chain_head` is the hexadecimal hash of the newest audit link, `links` their number: of two copies of one
    book the one with more links is the younger.
    """

    business: str
    accounts: int
    invoices: int
    work_entries: int
    last_number: str | None
    last_issued_on: date | None
    links: int
    chain_head: str


def inside(uow: UnitOfWork) -> Inside:
    """The figures as of the unit's moment."""
    last = uow.execute(
        select(INVOICE_ROWS.c.number, INVOICE_ROWS.c.issued_on)
        .order_by(INVOICE_ROWS.c.issued_on.desc(), INVOICE_ROWS.c.pk.desc())
        .limit(1)
    ).first()
    business = uow.execute(select(BUSINESS_ROWS.c.name)).first()
    return Inside(
        business=business.name if business else "",
        accounts=_count(uow, ACCOUNT_ROWS),
        invoices=_count(uow, INVOICE_ROWS),
        work_entries=_count(uow, WORK_ROWS),
        last_number=last.number if last else None,
        last_issued_on=last.issued_on if last else None,
        links=uow.execute(select(func.max(AUDIT_ROWS.c.seq))).scalar() or 0,
        chain_head=whole_head(uow),
    )


def whole_head(uow: UnitOfWork) -> str:
    """The hash of the newest link, all of it, in hexadecimal digits."""
    newest = uow.execute(NEWEST).first()
    return bytes(newest.hash if newest else START).hex()


def is_untouched(uow: UnitOfWork) -> bool:
    """Whether nothing was entered since the book was made."""
    return not uow.execute(select(AUDIT_ROWS.c.seq).where(AUDIT_ROWS.c.action != SCHEMA).limit(1)).all()


def has_link(uow: UnitOfWork, number: int, head: str) -> bool:
    """Whether link `number` of this book's chain has the hash `head`: the other book is then a part of it."""
    found = uow.execute(select(AUDIT_ROWS.c.hash).where(AUDIT_ROWS.c.seq == number)).first()
    return found is not None and bytes(found.hash).hex() == head


def _count(uow: UnitOfWork, table: Table) -> int:
    return uow.execute(select(func.count()).select_from(table)).scalar() or 0
