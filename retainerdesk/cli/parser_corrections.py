"""The options of the commands that correct what was issued. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Make = Callable[[str, str], argparse.ArgumentParser]


def add_corrections(make: Make) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("credit", "issue a credit note on an invoice, whole or in part")
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument(
        "--line",
        metavar="N=AMOUNT",
        action="append",
        default=[],
        help="take this much of a line back (may be given several times)",
    )
    parser.add_argument("--amount", metavar="GROSS", help="take this much back, tax included")
    _reason_and_dry_run(parser)
    parser = make("void", "cancel a document nothing stands on; its number is kept")
    parser.add_argument("number", metavar="NUMBER")
    _reason_and_dry_run(parser)
    parser = make("write-off", "give up what will never be paid of an invoice")
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--amount", metavar="AMOUNT", help="a part of it; default: all that is open")
    _reason_and_dry_run(parser)
    _add_credit_uses(make)
    parser = make("write-down", "give up minutes of a work entry before they are billed")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("entry", metavar="ENTRY", help="the id of the work entry")
    parser.add_argument("--minutes", metavar="N", type=int, required=True, help="how many; 0 takes it back")
    _reason_and_dry_run(parser)


def _add_credit_uses(make: Make) -> None:
    parser = make("refund", "pay back a credit note, or money an account paid and no invoice took")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("--amount", metavar="AMOUNT", help="default: all that is left")
    parser.add_argument("--credit-note", metavar="NUMBER", help="of this credit note")
    _reason_and_dry_run(parser)
    parser = make("apply-credit", "use an account's credit for what it owes, oldest due first")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("--credit-note", metavar="NUMBER", help="only this credit note")
    parser.add_argument("--invoice", metavar="NUMBER", help="only for this invoice")
    parser.add_argument("--amount", metavar="AMOUNT", help="at most this much")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")


def _reason_and_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
