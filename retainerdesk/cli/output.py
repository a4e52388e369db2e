"""How the command line speaks: JSON documents, plain tables, and sentences on standard error."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import TextIO

from retainerdesk.domain.line_words import duration_words


def print_json(document: object) -> None:
    """One JSON document on standard output, UTF-8 whatever the terminal's locale."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Rows under headings, columns as wide as their content; the columns in `right` are aligned right."""
    cells = [tuple(headings), *[tuple(row) for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]
    for row in cells:
        padded = [
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(padded).rstrip())


def say(text: str, stream: TextIO | None = None) -> None:
    """A line of text; characters the terminal cannot show are replaced, never an error."""
    target = stream or sys.stdout
    encoding = target.encoding or "utf-8"
    target.write(_printable(text).encode(encoding, "replace").decode(encoding) + "\n")


def _printable(text: str) -> str:
    """Text from people without control characters, so that a name cannot drive the terminal.

    Spaces of every kind stay: French parts its figures by one that does not break.
    """
    return "".join(ch if ch.isprintable() or ch in "\n\t" or _is_space(ch) else "\ufffd" for ch in text)


def _is_space(character: str) -> bool:
    return unicodedata.category(character) == "Zs"


def complain(text: str) -> None:
    """A sentence on standard error."""
    say(text, sys.stderr)


def progress_line(what: str) -> Callable[[int, int], bool]:
    """A progress callback that writes one moving line to standard error if that is a terminal."""

    def show(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{what} {done} of {total}{end}")
            sys.stderr.flush()
        return True

    return show


def counted(count: int, noun: str) -> str:
    """1 invoice, 2 invoices: a noun that takes an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def hours(minutes: int) -> str:
    """Minutes as hours and minutes for a table."""
    return duration_words(minutes) if minutes else "–"
