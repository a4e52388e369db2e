"""The options of the commands about money received and exchange rates. Imports only argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

Make = Callable[[str, str], argparse.ArgumentParser]
ToDate = Callable[[str], date]


def add_money(make: Make, iso_date: ToDate) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("pay", "record money received, also in another currency")
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("amount", metavar="AMOUNT", help="what arrived, in the currency it came in")
    parser.add_argument("--on", metavar="DATE", type=iso_date, help="the day; default: today")
    parser.add_argument(
        "--invoice",
        metavar="NUMBER[=AMOUNT]",
        action="append",
        default=[],
        help="what it settles (may be given several times); default: oldest due first",
    )
    parser.add_argument("--unallocated", action="store_true", help="keep all of it as credit")
    parser.add_argument("--currency", metavar="CODE", help="default: the account's")
    states = parser.add_mutually_exclusive_group()
    states.add_argument("--rate", metavar="RATE", help="what one unit of it is in the account's currency")
    states.add_argument("--settles", metavar="AMOUNT", help="what it comes to in the account's currency")
    parser.add_argument("--fee", metavar="AMOUNT", help="what bank or card kept, in the payment's currency")
    parser.add_argument("--text", metavar="TEXT", default="", help="what stands on the statement")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    _add_rates(make, iso_date)
    _add_deposits(make, iso_date)


def _add_deposits(make: Make, iso_date: ToDate) -> None:
    parser = make("deposits", "list the deposits with what is left of them")
    parser.add_argument("--account", metavar="ID", help="only this account")
    parser = make("deposit", "agree a deposit, say when it is used, or take it out")
    parser.add_argument("action", choices=["add", "use", "hold", "remove"])
    parser.add_argument("account", metavar="ACCOUNT")
    parser.add_argument("--id", metavar="ID", help="its short name; needed but to add")
    parser.add_argument("--amount", metavar="AMOUNT", help="how much, as every price of the account")
    parser.add_argument("--text", metavar="TEXT", help="what stands on the invoice")
    parser.add_argument("--on", metavar="DATE", type=iso_date, help="the day it is billed; default: today")
    parser.add_argument("--retainer", metavar="ID", help="set it against this retainer's charges only")
    parser.add_argument(
        "--from", dest="use_from", metavar="DATE", type=iso_date, help="set it against what is billable from"
    )
    parser.add_argument("--hold", action="store_true", help="keep it until “deposit use” names a day")


def _add_rates(make: Make, iso_date: ToDate) -> None:
    parser = make("rates", "list, add, remove or import exchange rates")
    parser.add_argument("action", nargs="?", choices=["list", "add", "remove", "import"], default="list")
    parser.add_argument("file", nargs="?", metavar="FILE", help="a table date,from,to,rate to import")
    parser.add_argument("--from", dest="from_currency", metavar="CODE", help="one unit of this currency")
    parser.add_argument("--to", dest="to_currency", metavar="CODE", help="is so many of this one")
    parser.add_argument("--on", metavar="DATE", type=iso_date, help="from this day; default: today")
    parser.add_argument("--rate", metavar="RATE", help="how many, such as 1.1712")
    parser.add_argument("--source", metavar="TEXT", default="", help="who says so")
