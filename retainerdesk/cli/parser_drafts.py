"""The options of the commands about drafts. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Make = Callable[[str, str], argparse.ArgumentParser]


def add_drafts(make: Make) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("drafts", "list the drafts, or issue all of them")
    parser.add_argument("--account", metavar="ID", help="only this account")
    parser.add_argument("--issue", action="store_true", help="issue those that did not change since")
    parser = make("draft", "show one draft, put it into your own words, or do one thing with it")
    parser.add_argument("id", metavar="ID")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--issue", action="store_true", help="issue it")
    act.add_argument("--delete", metavar="REASON", help="give it up; its charges are skipped with the reason")
    act.add_argument("--put-back", action="store_true", help="dissolve it; its charges are proposed again")
    act.add_argument("--refresh", action="store_true", help="take over what its charges are now")
    act.add_argument("--merge", metavar="ID", nargs="+", help="put the lines of these drafts onto it")
    act.add_argument("--split", metavar="N", nargs="+", type=int, help="put these lines onto a new draft")
    act.add_argument("--take-out", metavar="N", nargs="+", type=int, help="take these lines out of it")
    parser.add_argument("--reason", metavar="TEXT", help="skip the lines taken out, for this reason")
    parser.add_argument(
        "--text",
        metavar="N=TEXT",
        action="append",
        default=[],
        help="what a line says; without TEXT the words of the rule (may be given several times)",
    )
    parser.add_argument("--order", metavar="N", nargs="+", type=int, help="the lines in their new order")
    parser.add_argument("--note", metavar="TEXT", help="printed on the document")
    parser.add_argument("--discount", metavar="PERCENT", help="taken off the document")
    parser.add_argument("--pdf", metavar="FILE", help="write its page, marked as a draft, to this file")
