"""Measure the promised speeds at a tenth of ten years' work and at the whole, and print the worst first.

`python3 packaging/dev.py bench [--size 1] [--only reading] [--keep-history]`
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from retainerdesk.services.kept_facts import refresh_facts
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock
from tests.bench.book import TODAY, BenchBook, bench_book
from tests.bench.files import exchange_figures, pdf_figures
from tests.bench.issuing import issuing_figures
from tests.bench.reading import reading_figures
from tests.bench.starting import starting_figures
from tests.bench.table import add_to_history, table
from tests.bench.timing import Figure, machine

Measure = Callable[[BenchBook, Path], Iterator[Figure]]


def _copy(book: BenchBook, folder: Path) -> Path:
    copy = folder / "copy.retainerdesk"
    if not copy.exists():
        shutil.copy(book.path, copy)
    return copy


def _reading(book: BenchBook, folder: Path) -> Iterator[Figure]:
    store = open_book(_copy(book, folder), FixedClock(TODAY))
    yield from reading_figures(store)
    store.close()


def _starting(book: BenchBook, folder: Path) -> Iterator[Figure]:
    store = open_book(_copy(book, folder), FixedClock(TODAY))
    refresh_facts(store, TODAY)
    store.close()
    home = folder / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    yield from starting_figures(_copy(book, folder), home)


def _pdf(book: BenchBook, folder: Path) -> Iterator[Figure]:
    store = book.open()
    yield from pdf_figures(store, folder)
    store.close()


def _exchange(book: BenchBook, folder: Path) -> Iterator[Figure]:
    store = book.open()
    yield from exchange_figures(store, folder)
    store.close()


MEASURES: dict[str, Measure] = {
    "reading": _reading,
    "starting": _starting,
    "issuing": issuing_figures,
    "pdf": _pdf,
    "exchange": _exchange,
}


def main() -> None:
    """Measure, print, and keep the table if asked."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--size", type=Fraction, action="append", help="1 is ten years; default: 0.1 and 1")
    parser.add_argument("--only", choices=MEASURES, action="append", help="some of the measurements")
    parser.add_argument("--keep-history", action="store_true", help="add the table to tests/bench/HISTORY.md")
    asked = parser.parse_args()
    sizes = asked.size or [Fraction(1, 10), Fraction(1)]
    found = {size: list(_measured(size, asked.only or list(MEASURES))) for size in sizes}
    text = f"{table(found)}\n\n{machine()}"
    print(text)
    if asked.keep_history:
        add_to_history(text)


def _measured(size: Fraction, names: list[str]) -> Iterator[Figure]:
    book = bench_book(size)
    with tempfile.TemporaryDirectory(prefix="retainerdesk-bench-") as folder:
        for name in names:
            print(f"… {name} at size {float(size):g}", flush=True)
            yield from MEASURES[name](book, Path(folder))


if __name__ == "__main__":
    main()
