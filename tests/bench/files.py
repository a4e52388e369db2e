"""Documents and files: PDFs against bare reportlab, books written out and read in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen import canvas as pdfgen

from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.invoices import list_invoices, render_invoice_pdf
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.system.clock import FixedClock
from tests.bench.book import TODAY
from tests.bench.timing import Figure, milliseconds, seconds

_MEGABYTE = 1e6
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def pdf_figures(store: BookStore, folder: Path) -> Iterator[Figure]:
    """One page: ours lays out and draws, the bare one repeats the strokes on a canvas of its own."""
    with store.reading() as uow:
        number = list_invoices(uow, TODAY)[0].number
        with recorded() as calls:
            render_invoice_pdf(uow, number, folder)
        ours = milliseconds(lambda: render_invoice_pdf(uow, number, folder), 15)
    made = calls[0]
    bare = milliseconds(lambda: _draw(calls[1:], made), 15)
    yield Figure("one PDF", ours, "ms", bare, 1.5, "bare reportlab")


def _draw(calls: list[Call], made: Call) -> bytes:
    kept = {name: value for name, value in made[2].items() if name != "filename"}
    out = BytesIO()
    page = pdfgen.Canvas(out, *made[1][1:], **kept)
    for name, positional, named in calls:
        getattr(page, name)(*positional, **named)
    return out.getvalue()


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """What a canvas is told from outside while the block runs."""
    calls: list[Call] = []
    real = pdfgen.Canvas

    class Recording(real):  # type: ignore[misc, valid-type]
        _depth = 1

        def __init__(self, *positional: Any, **named: Any) -> None:
            calls.append(("__init__", positional, named))
            super().__init__(*positional, **named)
            self._depth = 0

        def __getattribute__(self, name: str) -> Any:
            found = super().__getattribute__(name)
            if name.startswith("_") or not callable(found) or self.__dict__.get("_depth", 1):
                return found
            return self._noting(name, found)

        def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
            def call(*positional: Any, **named: Any) -> Any:
                calls.append((name, positional, named))
                self._depth += 1
                try:
                    return method(*positional, **named)
                finally:
                    self._depth -= 1

            return call

    pdfgen.Canvas = Recording
    try:
        yield calls
    finally:
        pdfgen.Canvas = real


def exchange_figures(store: BookStore, folder: Path) -> Iterator[Figure]:
    """Held against copying: a megabyte a second of the written book is the least."""
    target = folder / "book.json"
    written = seconds(lambda: export_book(store, folder, target))
    megabytes = target.stat().st_size / _MEGABYTE
    yield Figure("export a megabyte", 1000 * written / megabytes, "ms", 1000, 1, f"{megabytes:.0f} MB")
    other = open_book(folder / "imported.retainerdesk", FixedClock(TODAY), create=True)
    taken = seconds(lambda: import_files(other, folder, [target], ImportOptions()))
    other.close()
    yield Figure("import a megabyte", 1000 * taken / megabytes, "ms", 1000, 1, f"{megabytes:.0f} MB")
