"""The options of the commands about blocks, early exits, loose work and goodwill. Imports only argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

Make = Callable[[str, str], argparse.ArgumentParser]
ToDate = Callable[[str], date]


def add_blocks(make: Make, iso_date: ToDate) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("blocks", "list the prepaid blocks with what is left of them")
    parser.add_argument("--account", metavar="ID", help="only this account")
    parser = make("block", "sell a prepaid block, or decide what happens to its rest")
    parser.add_argument("action", choices=["add", "decide"])
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("--id", metavar="ID", help="its short name; needed to decide")
    _add_sale(parser, iso_date)
    parser.add_argument("--leftover", choices=["ask", "expire", "refund", "carry"], help="what of the rest")
    parser.add_argument("--until", metavar="DATE", type=iso_date, help="first day a carried rest is dead")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it was decided so")
    _add_exit(make, iso_date)
    parser = make("unassigned", "list the work charged to no retainer of several, or charge it to one")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("--assign", metavar="RETAINER", help="the retainer to charge it to")
    parser.add_argument("--entry", metavar="ID", action="append", default=[], help="only this entry")
    parser = make("goodwill", "list what was given away: absorbed, out of scope, written down")
    parser.add_argument("--account", metavar="ID", help="only this account")
    parser.add_argument("--pdf", metavar="FILE", help="write the statement of the account to this file")
    parser.add_argument("--from", dest="from_on", metavar="DATE", type=iso_date, help="first day")
    parser.add_argument("--to", dest="to_on", metavar="DATE", type=iso_date, help="first day not covered")


def _add_sale(parser: argparse.ArgumentParser, iso_date: ToDate) -> None:
    holds = parser.add_mutually_exclusive_group()
    holds.add_argument("--minutes", metavar="N", type=int, help="it holds minutes of work")
    holds.add_argument("--money", metavar="AMOUNT", help="it holds money that work draws down")
    holds.add_argument("--sessions", metavar="N", type=int, help="it holds calls")
    parser.add_argument("--price", metavar="AMOUNT", help="what it costs; 0 gives it away")
    parser.add_argument("--name", metavar="TEXT", help="what it is called on the invoice")
    parser.add_argument("--retainer", metavar="ID", help="whose work draws it")
    parser.add_argument("--on", metavar="DATE", type=iso_date, help="the day; default: today")
    parser.add_argument("--expires", metavar="DATE", type=iso_date, help="first day it is dead")
    parser.add_argument("--low-at", metavar="N", help="remind from this rest on, counted as the block is")
    parser.add_argument("--rate", metavar="RATE", help="what an hour of work takes from money")
    parser.add_argument("--opened-by", choices=["payment", "invoice"], default="payment", help="usable once")


def _add_exit(make: Make, iso_date: ToDate) -> None:
    parser = make("exit", "show what ending a retainer early comes to, or apply it")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("retainer", metavar="RETAINER")
    parser.add_argument(
        "--on", metavar="DATE", type=iso_date, required=True, help="the first day without service"
    )
    parser.add_argument("--lots", choices=["none", "rate"], default="none", help="what was carried is worth")
    parser.add_argument(
        "--blocks", choices=["expire", "refund", "carry"], help="what happens to the rest of its blocks"
    )
    parser.add_argument("--apply", action="store_true", help="end it; the next run proposes the lines")
