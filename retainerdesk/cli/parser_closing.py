"""The options of the commands that close periods and decide about late work in closed ones."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

Make = Callable[[str, str], argparse.ArgumentParser]


def add_closing(make: Make, iso_date: Callable[[str], date]) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("close", "close and lock usage periods, so that late work shows as a difference")
    parser.add_argument(
        "--through", metavar="DATE", type=iso_date, required=True, help="what ended by this day, included"
    )
    parser.add_argument("--retainer", metavar="ACCOUNT/RETAINER", help="only of this retainer")
    parser.add_argument("--account", metavar="ID", help="only of this account")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser = make("reopen", "open the last closed period of a retainer again")
    parser.add_argument("retainer", metavar="ACCOUNT/RETAINER")
    parser.add_argument("period", metavar="DATE", type=iso_date, help="first day of the period")
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    parser = make("late", "list the differences late work makes in closed periods, or decide about one")
    parser.add_argument("id", metavar="ID", nargs="?", help="account/retainer/first day of the period")
    parser.add_argument("--all", action="store_true", help="also what is decided already")
    choices = parser.add_mutually_exclusive_group()
    choices.add_argument("--correct", metavar="REASON", help="a correction line on the next invoice")
    choices.add_argument("--credit", metavar="REASON", help="a credit note on the invoice that billed it")
    choices.add_argument("--carry", metavar="REASON", help="into the next open period")
    choices.add_argument("--absorb", metavar="REASON", help="given away, or left as it was")
    choices.add_argument("--undo", metavar="DECISION", help="take the decision of that id back")
