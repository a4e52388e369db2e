"""The main job without a display: bill the sample business into PDFs, with a picture of the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from retainerdesk.cli.output import progress_line, say
from retainerdesk.services.business import is_empty
from retainerdesk.services.context import BookContext, OpenBook
from retainerdesk.services.folders import private_folder
from retainerdesk.services.invoices import list_invoices, pdf_name, save_invoice_pdf
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.upkeep import fill_sample

FOLDER = "retainerdesk-sample"


def bill_the_sample(
    args: argparse.Namespace, open_book: OpenBook, paint: Callable[[BookContext, Path], None]
) -> int:
    """Fill the book with the sample business if it is empty, issue what is due, write everything."""
    folder = private_folder(Path.cwd() / FOLDER)
    place = args.book or str(folder / "sample.retainerdesk")
    say("There is no display here, so RetainerDesk does its main job without a window.")
    book = open_book(place, args.as_of, create=True)
    try:
        _fill_and_issue(book)
        count = _write_documents(book, private_folder(folder / "invoices"))
        paint(book, folder / "window.png")
    finally:
        book.store.close()
    say(f"{count} invoices as PDF are in {folder / 'invoices'}.")
    say(f"A picture of the main window is {folder / 'window.png'}.")
    say(f"The book is {place}. Try:  python3 packaging/dev.py run --book {place} accounts")
    return 0


def _fill_and_issue(book: BookContext) -> None:
    today = book.today()
    with book.store.reading() as uow:
        empty = is_empty(uow)
    if empty:
        accounts = fill_sample(book.store, today).value
        say(f"A sample business with {accounts} accounts and 14 months of work is in the book.")
    with book.store.reading() as uow:
        run = preview_invoices(uow, today, today)
    command = IssueCommand(run.proposals, today, frozenset(), run.basis)
    issued = issue_invoices(book.store, command, today, progress_line("Issuing")).value.issued
    say(f"{len(issued)} invoices were due and are issued.")


def _write_documents(book: BookContext, folder: Path) -> int:
    with book.store.reading() as uow:
        rows = list_invoices(uow, book.today())
        for row in rows:
            save_invoice_pdf(uow, row.number, book.files, folder / pdf_name(row.number))
    return len(rows)
