"""The arguments of the command search."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_MOST = 500


def add_search(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = command("search", "look for words in everything the book holds")
    parser.add_argument("words", nargs="+", metavar="WORD", help="a word, or how one begins")
    parser.add_argument("--account", metavar="ID", help="only of this account")
    parser.add_argument(
        "--kind", metavar="KIND", action="append", default=[],
        help="only rows of this kind, such as work, note, invoice (may be given several times)",
    )  # fmt: skip
    parser.add_argument("--limit", metavar="N", type=_count, default=30, help="at most so many rows; 30")
    parser.add_argument("--after", metavar="PLACE", type=int, help="go on where a page said there is more")


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number <= _MOST:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 to {_MOST}")
    return number
