"""The commands import, export and sample."""

from __future__ import annotations

import argparse
from pathlib import Path

from retainerdesk.cli.output import complain, print_json, say
from retainerdesk.services.backups import Reason, warned_backup
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.context import BookContext
from retainerdesk.services.upkeep import fill_sample

REFUSED = 1


def import_into(book: BookContext, args: argparse.Namespace) -> int:
    """Import files; refused rows are named on standard error and make the exit code 1."""
    options = ImportOptions(
        dry_run=args.dry_run,
        update=args.update,
        create=args.create,
        date_order=args.date_order,
        today=book.today(),
    )
    paths = tuple(Path(name) for name in args.files)
    if not args.dry_run and (warning := warned_backup(book, Reason.BEFORE_IMPORT)):
        complain(warning)
    report = import_files(book.store, book.files, paths, options).value
    if args.json:
        print_json(
            {
                "dry_run": args.dry_run,
                "added": report.added,
                "changed": report.changed,
                "left": report.left,
                "refused": list(report.refused),
                "notes": list(report.notes),
            }
        )
    else:
        for note in report.notes:
            say(note)
        verb = "would be " if args.dry_run else ""
        say(f"{report.added} {verb}added, {report.changed} {verb}changed, {report.left} already there.")
    for sentence in report.refused:
        complain(sentence)
    return REFUSED if report.refused else 0


def export_to(book: BookContext, args: argparse.Namespace) -> int:
    """Write the whole book to a .json or .zip file."""
    export_book(book.store, book.files, Path(args.file))
    if args.json:
        print_json({"written": args.file})
    else:
        say(f"The whole book is in {args.file}.")
        if book.store.is_encrypted:
            say("That file is in clear: your book is encrypted, an export is not.")
    return 0


def sample(book: BookContext, args: argparse.Namespace) -> int:
    """Fill an empty book with the sample business."""
    accounts = fill_sample(book.store, book.today()).value
    if args.json:
        print_json({"accounts": accounts})
    else:
        say(f"The sample business is in: {accounts} accounts.")
    return 0
