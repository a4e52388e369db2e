"""Documents and files: PDFs against bare reportlab, books written out and read in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from retainerdesk.exchange.book.json_text import LARGEST_BYTES
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.invoices import list_invoices, render_invoice_pdf
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.kept_files import KeptFiles
from tests.bench.book import TODAY
from tests.bench.strokes import recorded
from tests.bench.timing import Figure, seconds, side_by_side

_MEGABYTE = 1e6


def pdf_figures(store: BookStore, folder: Path) -> Iterator[Figure]:
    """One page: ours lays out and draws, the bare one repeats the strokes on a canvas of its own."""
    with store.reading() as uow:
        number = list_invoices(uow, TODAY)[0].number
        with recorded() as strokes:
            written = render_invoice_pdf(uow, number, KeptFiles(folder))
        assert strokes.draw() == written, "the bare page is another page"
        ours, bare = side_by_side(lambda: render_invoice_pdf(uow, number, KeptFiles(folder)), strokes.draw)
    yield Figure("one PDF", ours, "ms", bare, 1.5, "bare reportlab")


def exchange_figures(store: BookStore, folder: Path) -> Iterator[Figure]:
    """Held against copying: a megabyte a second of the written book is the least."""
    target = folder / "book.json"
    written = seconds(lambda: export_book(store, KeptFiles(folder), target))
    megabytes = target.stat().st_size / _MEGABYTE
    yield Figure("export a megabyte", 1000 * written / megabytes, "ms", 1000, 1, f"{megabytes:.0f} MB")
    if target.stat().st_size > LARGEST_BYTES:
        # Four times ten years: an import refuses it by its size, unread.
        return
    other = open_book(folder / "imported.retainerdesk", FixedClock(TODAY), create=True)
    taken = seconds(lambda: import_files(other, KeptFiles(folder), [target], ImportOptions()))
    other.close()
    yield Figure("import a megabyte", 1000 * taken / megabytes, "ms", 1000, 1, f"{megabytes:.0f} MB")
