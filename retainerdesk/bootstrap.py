"""The only composition root: decides the book, the clock and the face of the program."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import date
from pathlib import Path

from retainerdesk.domain.book_key import BookKey
from retainerdesk.services.context import BookContext
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock, SystemClock
from retainerdesk.system.paths import documents_folder, private_folder, user_paths


def open_book_at(place: str, as_of: date | None, *, create: bool, key: BookKey | None = None) -> BookContext:
    """Open the book at a path or URL on a real or a fixed date (see `services.context.OpenBook`)."""
    clock = FixedClock(as_of) if as_of else SystemClock()
    store = open_book(place, clock, create=create, key=key)
    return BookContext(store, clock, documents_folder(store.path))


def book_place(asked: str | None) -> str:
    """The book that was asked for, or the one in the user's data folder, which is made if needed."""
    if asked:
        return asked
    paths = user_paths()
    private_folder(paths.data)
    return str(paths.default_book)


def run_command_line(args: argparse.Namespace) -> int:
    """Run one command without a display; imports no Qt."""
    from retainerdesk.cli.main import run_with_problems_told

    return run_with_problems_told(args, open_book_at, book_place)


def run_window(args: argparse.Namespace) -> int:
    """Open the window; on a machine without a display, do the main job all the same."""
    if not has_display():
        gc.enable()
        from retainerdesk.cli.main import run_sample_job

        return run_sample_job(args, open_book_at, paint_window)
    from retainerdesk.desktop.application import run

    return run(args.book or book_place(None), args.as_of, open_book_at)


def has_display() -> bool:
    """Whether a window can be shown, or Qt was told which platform to use."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def paint_window(book: BookContext, picture: Path) -> None:
    """Write a picture of the main window showing this book, without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from retainerdesk.desktop.picture import paint_main_window

    paint_main_window(book, picture)
