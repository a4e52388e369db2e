"""The options of the command for tax rates. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

Make = Callable[[str, str], argparse.ArgumentParser]


def add_tax_rates(make: Make, iso_date: Callable[[str], date]) -> None:
    """Add the command; `make` adds one by name and what it does, `iso_date` reads a day."""
    parser = make("tax-rates", "list the tax rates of a country with their source, add one, or end one")
    parser.add_argument(
        "do", metavar="DO", nargs="?", default="list", choices=["list", "set", "end", "remove"],
        help="list (default), set, end or remove",
    )  # fmt: skip
    parser.add_argument("--country", metavar="CODE", help="two letters; default: that of the business")
    parser.add_argument("--on", metavar="DATE", type=iso_date, help="the day; default: today")
    parser.add_argument("--all", action="store_true", help="list: every row, also what is not in force")
    parser.add_argument(
        "--category", choices=["standard", "reduced"], default="standard", help="default: standard"
    )
    parser.add_argument("--name", metavar="TEXT", help="such as Standard; default: that of the category")
    parser.add_argument("--percent", metavar="PERCENT", help="set: such as 19 or 5.5")
    parser.add_argument(
        "--from", dest="from_on", metavar="DATE", type=iso_date, help="set: first day in force"
    )
    parser.add_argument("--until", metavar="DATE", type=iso_date, help="first day no longer in force")
    parser.add_argument("--source", metavar="TEXT", default="", help="set: where the rate is published")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
