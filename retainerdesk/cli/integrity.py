"""The command check, with --repair."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from retainerdesk.cli.output import complain, print_json, say
from retainerdesk.services.integrity import run_check
from retainerdesk.services.repair import repair_book

if TYPE_CHECKING:
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.integrity import CheckReport
    from retainerdesk.services.repair import RepairReport

REFUSED = 1


def check(book: BookContext, args: argparse.Namespace) -> int:
    """Check the file, the chain, attached files and every rule; each finding is one sentence."""
    if args.repair:
        return _repair(book, args)
    report = run_check(book.store, book.files, book.today())
    if args.json:
        print_json(_report_json(report))
    _say_findings(report, is_json=args.json)
    return 0 if report.is_sound else REFUSED


def _repair(book: BookContext, args: argparse.Namespace) -> int:
    done = repair_book(book.store, book.files, book.today())
    if args.json:
        print_json(_report_json(done.after) | {"repair": _repair_json(done)})
    else:
        say(f"The book as it was is kept as {done.copy}.")
        for sentence in done.done:
            say(sentence)
    _say_findings(done.after, is_json=args.json)
    return 0 if done.after.is_sound else REFUSED


def _say_findings(report: CheckReport, *, is_json: bool) -> None:
    if report.is_sound and not is_json:
        say("Everything is in order.")
    for sentence in report.findings:
        complain(sentence)
    if not is_json:
        for sentence in report.advice:
            complain(sentence)


def _report_json(report: CheckReport) -> dict[str, object]:
    return {
        "ok": report.is_sound,
        "findings": list(report.findings),
        "parts": [
            {"name": part.name, "done": part.is_done, "findings": list(part.findings)}
            for part in report.parts
        ],
        "advice": list(report.advice),
    }


def _repair_json(done: RepairReport) -> dict[str, object]:
    return {
        "copy": str(done.copy),
        "done": list(done.done),
        "damaged_rows": done.rows,
        "written_to": str(done.rescued) if done.rescued else None,
    }
