"""Is this book sound? SQLite's own checks, the audit chain, and every row against its last link.

SQLite's integrity check notices one flipped bit in twenty; comparing rows with the chain notices the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from retainerdesk.store.audit import DELETE, NOTHING, SCHEMA
from retainerdesk.store.chain import verify_chain
from retainerdesk.store.repositories.accounts import keyed_accounts
from retainerdesk.store.repositories.books import LISTS
from retainerdesk.store.repositories.closing import keyed_closes, keyed_reopenings
from retainerdesk.store.repositories.drafts import keyed_drafts
from retainerdesk.store.repositories.exchange_rates import keyed_rates
from retainerdesk.store.repositories.invoices import keyed_invoices
from retainerdesk.store.repositories.letters import keyed_own_rates
from retainerdesk.store.repositories.parties import keyed_business, keyed_people, keyed_series
from retainerdesk.store.repositories.payments import keyed_payments
from retainerdesk.store.repositories.retainers import keyed_retainers
from retainerdesk.store.repositories.skips import keyed_skips
from retainerdesk.store.repositories.tax_rates import keyed_tax_rates
from retainerdesk.store.row_names import place_of_change, row_name
from retainerdesk.store.search.soundness import search_findings
from retainerdesk.store.tables.book_state import AUDIT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import canonical

Keyed = Callable[[UnitOfWork], Iterable[tuple[str, object]]]

# Every audited table, by the name its links carry.
AUDITED: dict[str, Keyed] = {
    "business": keyed_business,
    "people": keyed_people,
    "series": keyed_series,
    "late_interest_rates": keyed_own_rates,
    "exchange_rates": keyed_rates,
    "tax_rates": keyed_tax_rates,
    "accounts": keyed_accounts,
    "retainers": keyed_retainers,
    "period_closes": keyed_closes,
    "period_reopenings": keyed_reopenings,
    **{rows.table_name: rows.keyed for rows in LISTS.values()},
    "payments": keyed_payments,
    "invoices": keyed_invoices,
    "skips": keyed_skips,
    "drafts": keyed_drafts,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: file, reference, chain, row or search; the row concerned; one sentence."""

    kind: str
    table: str
    row_key: str
    text: str


def check_book(uow: UnitOfWork) -> Iterator[Finding]:
    """Everything wrong with the stored book, cheapest checks first; nothing if it is sound.

    The search index is only compared with rows that are sound.
    """
    is_sound = True
    for finding in _check_rows_and_file(uow):
        is_sound = False
        yield finding
    if is_sound:
        yield from check_search(uow)


def _check_rows_and_file(uow: UnitOfWork) -> Iterator[Finding]:
    yield from check_file(uow)
    yield from check_chain(uow)
    for table in AUDITED:
        yield from check_rows(uow, table)


def check_search(uow: UnitOfWork) -> Iterator[Finding]:
    """Whether the search index is whole and knows the rows of the book."""
    for text in search_findings(uow):
        yield Finding("search", "", "", text)


def check_chain(uow: UnitOfWork) -> Iterator[Finding]:
    """The first link of the audit chain that does not hold, if there is one."""
    bad = verify_chain(uow)
    if bad is not None:
        named = row_name(bad.table_name, bad.row_key)
        yield Finding("chain", bad.table_name, bad.row_key, f"audit chain: {bad.reason} ({named})")


def check_file(uow: UnitOfWork) -> Iterator[Finding]:
    """What SQLite says about pages, indexes, constraints and references."""
    yield from check_pages(uow)
    yield from check_references(uow)


def check_pages(uow: UnitOfWork, *, quickly: bool = False) -> Iterator[Finding]:
    """What SQLite says about pages and constraints; indexes are left out if it has to be quick."""
    pragma = "quick_check" if quickly else "integrity_check"
    for (text,) in uow.connection.exec_driver_sql(f"PRAGMA {pragma}"):
        if text != "ok":
            yield Finding("file", "", "", f"SQLite: {text}")


def check_references(uow: UnitOfWork) -> Iterator[Finding]:
    """Rows that refer to rows that are not there."""
    for table, row, parent, _ in uow.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(
            "reference", table, str(row), f"row {row} of {table} refers to a missing row of {parent}"
        )


def check_rows(uow: UnitOfWork, table: str) -> Iterator[Finding]:
    """Rows of one table that are not as the chain says they were last written."""
    expected = _last_links(uow, table)
    try:
        for key, value in AUDITED[table](uow):
            written = expected.pop(key, None)
            if isinstance(value, Exception) or written != _digest(canonical(value)):
                yield _changed(uow, table, key, value if written is not None else None)
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as damaged:
        sentence = f"{row_name(table, '')} cannot be read: {damaged}"
        yield Finding("row", table, "", sentence)
        return
    for key in expected:
        sentence = f"{row_name(table, key)} was removed without a trace in the audit chain"
        yield Finding("row", table, key, sentence)


def _changed(uow: UnitOfWork, table: str, key: str, value: object) -> Finding:
    """`value` is what is stored now; None if the chain does not know the row."""
    named = row_name(table, key)
    if value is None:
        return Finding("row", table, key, f"{named} is unknown to the audit chain")
    place = (
        "" if isinstance(value, Exception) else place_of_change(last_text(uow, table, key), canonical(value))
    )
    sentence = f"{named}{place} was changed outside RetainerDesk or is damaged"
    return Finding("row", table, key, sentence)


def last_text(uow: UnitOfWork, table: str, key: str) -> str:
    """The canonical text of a row as the chain says it was last written; "null" if there is none."""
    columns = AUDIT_ROWS.c
    query = select(columns.row).where(columns.table_name == table, columns.row_key == key)
    found = uow.execute(query.order_by(columns.seq.desc()).limit(1)).scalar()
    return NOTHING if found is None else str(found)


def _last_links(uow: UnitOfWork, table: str) -> dict[str, bytes]:
    """The digest of every row of a table as it was last written, without the deleted ones."""
    query = select(AUDIT_ROWS.c.action, AUDIT_ROWS.c.row_key, AUDIT_ROWS.c.row)
    query = query.where(AUDIT_ROWS.c.table_name == table, AUDIT_ROWS.c.action != SCHEMA).order_by(
        AUDIT_ROWS.c.seq
    )
    last: dict[str, bytes] = {}
    for action, key, row in uow.connection.execute(query, execution_options={"yield_per": 5000}):
        if action == DELETE:
            last.pop(key, None)
        else:
            last[key] = _digest(row)
    return last


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
