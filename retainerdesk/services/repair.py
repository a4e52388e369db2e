"""Repair after a copy: what can be made anew is, what cannot is written down beside the book."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.integrity import CheckReport, Step, run_check
from retainerdesk.services.kept_facts import KEPT_KINDS
from retainerdesk.store.chain import verify_chain
from retainerdesk.store.repair import damaged_rows, drop_results, rebuild_indexes
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file

if TYPE_CHECKING:
    from retainerdesk.store.book_store import BookStore

DAMAGED_FORMAT = "retainerdesk-damaged-rows"


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did: `copy` is the book as it was, `done` a sentence each, `rescued` the file of rows.

    `after` is the check of the repaired book.
    """

    copy: Path
    done: tuple[str, ...]
    rescued: Path | None
    rows: int
    after: CheckReport


def repair_book(store: BookStore, files: KeptFiles, today: date, step: Step | None = None) -> RepairReport:
    """Copy the files of the book, then make anew what can be, write damaged rows down, and check again.

    Raises RuleViolation if nothing is wrong with it; EnvironmentProblem, nothing changed, if it is read-only,
    in use elsewhere, or cannot be copied.
    """
    if run_check(store, files, today, step).is_sound:
        raise RuleViolation("repair.sound", "Nothing is wrong with this book, so there is nothing to repair.")
    copy = store.copy_as_it_is()
    done = [*_rebuilt(store)]
    rows, is_chain_whole = _rows(store)
    rescued = _write_down(store.path, rows, is_chain_whole=is_chain_whole) if rows else None
    if rescued is not None:
        done.append(f"{len(rows)} damaged rows were written to {rescued} as they were last written.")
    return RepairReport(copy, tuple(done), rescued, len(rows), run_check(store, files, today, step))


def _rebuilt(store: BookStore) -> list[str]:
    try:
        with store.writing() as uow:
            rebuild_indexes(uow)
            drop_results(uow, KEPT_KINDS)
            uow.commit()
    except (EnvironmentProblem, RuleViolation) as problem:
        return [f"Nothing could be made anew: {problem.message}"]
    return ["The indexes were made anew, and figures kept beside the book were dropped."]


def _rows(store: BookStore) -> tuple[list[tuple[str, str, str, str]], bool]:
    """The damaged rows, and whether the chain they are written down from holds."""
    try:
        with store.reading() as uow:
            return list(damaged_rows(uow)), verify_chain(uow) is None
    except EnvironmentProblem:
        # The chain itself cannot be read, so there is nothing to write down.
        return [], False


def _write_down(book: Path, rows: list[tuple[str, str, str, str]], *, is_chain_whole: bool) -> Path:
    document = {
        "format": DAMAGED_FORMAT,
        "audit_chain_holds": is_chain_whole,
        "rows": [
            {"table": table, "key": key, "name": name, "last_written": _value(text)}
            for table, key, name, text in rows
        ],
    }
    target = _free_name(book)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    replace_file(target, text.encode("utf-8", "surrogatepass"))
    return target


def _value(text: str) -> object:
    """The value of a canonical text; the text itself if its link was damaged too."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _free_name(book: Path) -> Path:
    number = 1
    while (target := book.with_name(f"{book.name}.damaged-rows-{number}.json")).exists():
        number += 1
    return target
