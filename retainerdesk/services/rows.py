"""What happened with an account: add, change and remove work, calls, notes, actions, decisions and files."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoiced_rows import check_not_invoiced
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
)
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.repositories.billables import CHARGES, EXPENSES
from retainerdesk.store.repositories.history import ACTIONS, CALLS, DECISIONS, DOCUMENTS, NOTES, WORK
from retainerdesk.store.repositories.invoices import documents_with_lines
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.content_store import KeepingStopped, KeptFile, Step, check_file, keep_file
from retainerdesk.system.kept_files import KeptFiles

Row = WorkEntry | Call | Note | Action | Decision | DocumentFile | OneOffCharge | Expense

_LISTS: dict[type, AccountList[Any]] = {
    WorkEntry: WORK,
    Call: CALLS,
    Note: NOTES,
    Action: ACTIONS,
    Decision: DECISIONS,
    DocumentFile: DOCUMENTS,
    OneOffCharge: CHARGES,
    Expense: EXPENSES,
}
_LONGEST_DAY_MINUTES = 24 * 60


def new_row_id(prefix: str) -> str:
    """A fresh short name for a row entered by hand."""
    return f"{prefix}-{secrets.token_hex(6)}"


def add_row(uow: UnitOfWork, row: Row) -> Outcome[Row]:
    """Add a row; refuses what cannot be (no text, no minutes, more than a day)."""
    _check(row)
    _LISTS[type(row)].add(uow, row)
    return Outcome(row, _changes(row))


def change_row(uow: UnitOfWork, row: Row) -> Outcome[Row]:
    """Replace the row of that id; refuses to change what an issued invoice charges, but for its text."""
    _check(row)
    _check_invoiced(uow, row, row)
    _LISTS[type(row)].update(uow, row)
    return Outcome(row, _changes(row))


def change_rows(uow: UnitOfWork, rows: Sequence[Row]) -> Outcome[Sequence[Row]]:
    """Replace several rows, all of them or none."""
    changes = Changes()
    for row in rows:
        changes |= change_row(uow, row).changes
    return Outcome(rows, changes)


def remove_row(uow: UnitOfWork, row: Row) -> Outcome[Row]:
    """Take a row out. Invoiced work shows as a difference; refuses an invoiced charge or expense."""
    _check_invoiced(uow, row, None)
    _LISTS[type(row)].delete(uow, row.account_id, row.id)
    return Outcome(row, _changes(row))


def get_row(uow: UnitOfWork, kind: type[Row], account_id: str, row_id: str) -> Row:
    """The row of that id; RuleViolation if there is none."""
    found: Row = _LISTS[kind].get(uow, account_id, row_id)
    return found


def attach_file(
    uow: UnitOfWork,
    source: Path,
    files: KeptFiles,
    document: DocumentFile,
) -> Outcome[Row]:
    """Keep a copy of `source` by its content in `files` and list it as `document`.

    The document's `sha256` and size are filled in from the content.
    """
    return add_row(uow, _listed(document, source, keep_file(source, files)))


def check_attachable(source: Path) -> None:
    """RuleViolation if `source` is no file, or larger than 1 GiB; it is not read."""
    check_file(source)


def keep_content(source: Path, files: KeptFiles, document: DocumentFile, step: Step) -> DocumentFile | None:
    """Keep a copy of `source`, and answer with the document to list, its `sha256` and size filled in.

    Nothing is listed yet. `step` is told how many of how many MiB are done; if it answers False, nothing is
    kept and the answer is None.
    """
    try:
        return _listed(document, source, keep_file(source, files, step))
    except KeepingStopped:
        return None


def _listed(document: DocumentFile, source: Path, kept: KeptFile) -> DocumentFile:
    return DocumentFile(
        document.account_id, document.id, document.on, document.name or source.name,
        kept.sha256, document.retainer_id, kept.size_bytes,
    )  # fmt: skip


def new_document(account_id: str, on: date, name: str, retainer_id: str | None = None) -> DocumentFile:
    """A document about to be attached; its content is not known yet."""
    return DocumentFile(account_id, new_row_id("d"), on, name, "", retainer_id)


def _check(row: Row) -> None:
    if isinstance(row, WorkEntry | Call) and not 0 < row.minutes <= _LONGEST_DAY_MINUTES:
        raise RuleViolation("row.minutes", "The time must be between 1 minute and 24 hours.", "minutes")
    if isinstance(row, WorkEntry) and not 0 <= row.written_down_minutes <= row.minutes:
        message = "Of an entry at most its own minutes are written down."
        raise RuleViolation("row.written_down", message, "written_down_minutes")
    if isinstance(row, Expense) and row.markup_percent < 0:
        raise RuleViolation("expense.markup", "The markup cannot be below zero.", "markup_percent")
    text = row.title if isinstance(row, Call) else row.name if isinstance(row, DocumentFile) else row.text
    if not isinstance(row, WorkEntry) and not text.strip():
        raise RuleViolation("row.text", "Enter a text; it is what you will find this by.", "text")
    if isinstance(row, Expense) and row.amount.minor <= 0:
        raise RuleViolation("expense.amount", "An expense is an amount above zero.", "amount")


def _check_invoiced(uow: UnitOfWork, row: Row, after: Row | None) -> None:
    if isinstance(row, OneOffCharge | Expense):
        before = _LISTS[type(row)].get(uow, row.account_id, row.id)
        assert after is None or isinstance(after, OneOffCharge | Expense)
        check_not_invoiced(before, after, documents_with_lines(uow, row.account_id))


def _changes(row: Row) -> Changes:
    return Changes(
        work=isinstance(row, WorkEntry),
        money=isinstance(row, WorkEntry | OneOffCharge | Expense),
        relationship=not isinstance(row, WorkEntry),
        dates=isinstance(row, Action | Call | Note),
        account_ids=frozenset({row.account_id}),
    )
