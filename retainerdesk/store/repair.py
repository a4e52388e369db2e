"""What can be repaired without inventing anything: indexes, and results that can be computed again.

Rows, documents and the audit chain are never repaired. A row that was damaged can only be had back from a
backup; what the chain says it last held can be written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, select

from retainerdesk.store.audit import DELETE, SCHEMA
from retainerdesk.store.check import AUDITED, check_rows
from retainerdesk.store.row_names import row_name
from retainerdesk.store.search.soundness import make_anew
from retainerdesk.store.tables.book_state import AUDIT_ROWS, BOOK_STATE_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork

_STATE = BOOK_STATE_ROWS


def rebuild_indexes(uow: UnitOfWork) -> None:
    """Make every index anew from its table, that for searching too.

    Raises EnvironmentProblem if a table cannot be read.
    """
    uow.must_write()
    uow.connection.exec_driver_sql("REINDEX")
    make_anew(uow)


def drop_results(uow: UnitOfWork, kinds: Iterable[str]) -> int:
    """Drop what is kept beside the book under these kinds; returns how many values."""
    uow.must_write()
    return sum(
        uow.execute(delete(_STATE).where(_STATE.c.key >= f"{kind}:", _STATE.c.key < f"{kind};")).rowcount
        for kind in kinds
    )


def damaged_rows(uow: UnitOfWork) -> Iterator[tuple[str, str, str, str]]:
    """Rows that are not as they were written: (table, key, name, canonical text the chain has for it).

    Where a table cannot be read to its end, every row of it that the chain knows. The text is "null" for a
    row that the chain does not know.
    """
    for table in AUDITED:
        found = list(check_rows(uow, table))
        if not found:
            continue
        texts = _last_texts(uow, table)
        is_readable = all(finding.row_key for finding in found)
        for key in [finding.row_key for finding in found] if is_readable else texts:
            yield table, key, row_name(table, key), texts.get(key, "null")


def _last_texts(uow: UnitOfWork, table: str) -> dict[str, str]:
    """Every row of a table as it was last written, without the deleted ones."""
    columns = AUDIT_ROWS.c
    query = select(columns.action, columns.row_key, columns.row)
    query = query.where(columns.table_name == table, columns.action != SCHEMA).order_by(columns.seq)
    last: dict[str, str] = {}
    for action, key, row in uow.connection.execute(query):
        if action == DELETE:
            last.pop(key, None)
        else:
            last[key] = row
    return last
