"""Driver errors in words a user can act on. Hooked once, into the engine's `handle_error` event.

sqlcipher3's exceptions do not derive from sqlite3.Error; they carry SQLite's code where there is one.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import DamagedBook, EnvironmentProblem, NoBook, RuleViolation
from retainerdesk.store.direct import WORDS_FOR

# SQLite's primary result codes; extended codes carry them in the low byte.
_ERROR = 1
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_TEXTS = {
    "locked": _BUSY,
    "readonly": _READONLY,
    "disk I/O": _IOERR,
    "malformed": _CORRUPT,
    # Every text was UTF-8 when it was written; SQLite's complaint about it may be none either.
    "decode to UTF-8": _CORRUPT,
    "file is not a database": _NOTADB,
    "codec can't decode": _CORRUPT,
    "full": _FULL,
}
# What SQLite says of a name that its schema does not have, the name without the file's.
_UNKNOWN = re.compile(r"no such (?:table|column): (?:main\.)?([\w.]+)")
# SQLite needs this much for its side files alone; without it reading fails too, as an input/output error.
_ROOM_BYTES = 64 * 1024

_WORDS: dict[int, tuple[str, str]] = {
    _BUSY: (
        "The book {path} is in use by another program.",
        "Wait until that program has finished or close it, then try again; nothing was changed.",
    ),
    _READONLY: (
        "The book {path} cannot be written.",
        "Check the permissions of the file and its folder, or copy the book to a folder of your own.",
    ),
    _IOERR: (
        "The disk reported an error while using {path}.",
        "Close RetainerDesk, check the disk or the network drive, and open the book again.",
    ),
    _CORRUPT: ("The book {path} is damaged.", "Restore the last backup; keep this file for rescue."),
    _FULL: ("The disk that holds {folder} is full.", "Free some space and try again; nothing was changed."),
    _CANTOPEN: ("The book {path} cannot be opened.", "Check that the file and its folder can be read."),
    _NOTADB: (
        "{path} is not a RetainerDesk book, or it is damaged or encrypted.",
        "Choose another file or restore a backup; the file was left as it is.",
    ),
}
_WORDS[_LOCKED] = _WORDS[_BUSY]
_KINDS: dict[int, type[EnvironmentProblem]] = {_CORRUPT: DamagedBook, _NOTADB: NoBook}

# The book is one thing, the index for searching another: it is made anew from the rows, and needs no backup.
_INDEX_NAMES = "search_"
_INDEX_WORDS = (
    "The search index of the book {path} is damaged.",
    "Check the book and repair it (File, Check the book; “check --repair”): the index is made anew.",
)

_RULES: tuple[tuple[str, str, str], ...] = (
    (
        "on a draft",
        "charge.drafted",
        "This charge is on a draft: issue that draft, or take the charge out of it first.",
    ),
    ("draft_lines.", "charge.drafted", "This charge is on another draft already."),
    ("charge_key", "charge.twice", "This charge is already invoiced or skipped."),
    ("service_start", "charge.twice", "This charge is already invoiced or skipped."),
    ("number", "invoice.number", "This invoice number is already taken in its series."),
    (
        "invoices.series_year",
        "invoice.number",
        "This invoice number is already taken.",
    ),
    (
        "FOREIGN KEY",
        "row.reference",
        "This row refers to something the book does not have, or is referred to.",
    ),
    ("UNIQUE", "row.id", "There is already a row with this id in its list."),
    ("never change", "issued.fixed", "Issued documents, closed periods and the audit chain never change."),
)


def problem_of(error: BaseException, path: Path, *, keyed: bool = False) -> EnvironmentProblem | None:
    """The problem of the machine behind a driver error, or None if the error is a bug of ours.

    `keyed`: the file was opened with a key that is known to be right, so "no database" means damage.
    """
    code = getattr(error, "sqlite_errorcode", None)
    text = str(error)
    number = (code or 0) & 0xFF
    if number in (0, _ERROR):
        number = _CORRUPT if _is_schema_torn(text) else _number_in(text)
    if keyed and number == _NOTADB:
        number = _CORRUPT
    if number not in _WORDS:
        return None
    if number == _IOERR and _is_full(path.parent):
        number = _FULL
    message, way_out = _WORDS[number]
    kind = _KINDS.get(number, EnvironmentProblem)
    return kind(message.format(path=path, folder=path.parent), way_out)


def _number_in(text: str) -> int:
    return next((number for part, number in _TEXTS.items() if part in text), 0)


def _is_schema_torn(text: str) -> bool:
    """Whether a name is missing that every book of this schema has; any other is a slip in a statement."""
    unknown = _UNKNOWN.search(text)
    if unknown is None:
        return False
    from retainerdesk.store.schema_build import is_name_of_ours

    return is_name_of_ours(unknown[1])


def index_problem_of(error: BaseException, statement: str | None, path: Path) -> EnvironmentProblem | None:
    """The problem of an error that concerns the search index alone; None for any other.

    A trigger of another table names what is lost in the error, not in the statement.
    """
    is_lost = f"no such table: {_INDEX_NAMES}" in str(error).replace("main.", "")
    is_torn = _INDEX_NAMES in (statement or "") and isinstance(problem_of(error, path), DamagedBook)
    if not (is_lost or is_torn):
        return None
    message, way_out = _INDEX_WORDS
    return EnvironmentProblem(message.format(path=path), way_out)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _ROOM_BYTES
    except OSError:
        return False


def violation_of(error: BaseException) -> RuleViolation | None:
    """The rule a constraint or trigger of the schema stands for, or None if it has no words for users."""
    text = str(error)
    for part, rule, message in _RULES:
        if part in text:
            return RuleViolation(rule, message)
    return None


def translate_errors(engine: Engine, path: Path, *, keyed: bool = False) -> None:
    """Make every statement of `engine` raise EnvironmentProblem and RuleViolation where they apply."""

    def words_for(error: BaseException, statement: str | None) -> Exception | None:
        if isinstance(error, dbapi2.IntegrityError):
            return violation_of(error)
        if not isinstance(error, dbapi2.Error):
            return None
        return index_problem_of(error, statement, path) or problem_of(error, path, keyed=keyed)

    @event.listens_for(engine, "handle_error")
    def translated(context: ExceptionContext) -> Exception | None:
        return words_for(context.original_exception, context.statement)

    engine.update_execution_options(**{WORDS_FOR: words_for})
