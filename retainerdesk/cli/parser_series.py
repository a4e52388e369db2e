"""The options of the command for number series. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Make = Callable[[str, str], argparse.ArgumentParser]


def add_series_command(make: Make) -> None:
    """Add the command; `make` adds one by name and what it does."""
    parser = make("series", "list the number series, add or change one, or leave numbers out")
    parser.add_argument(
        "do", metavar="DO", nargs="?", default="list", choices=["list", "add", "change", "gap", "use"],
        help="list (default), add, change, gap, or use for an account",
    )  # fmt: skip
    parser.add_argument("id", metavar="ID", nargs="?", help="the series, such as invoice")
    parser.add_argument("--account", metavar="ID", help="use: the account whose invoices it numbers")
    parser.add_argument("--name", metavar="TEXT", help="what people read")
    parser.add_argument("--format", metavar="FORMAT", help="such as {year}-{number:04}")
    parser.add_argument("--purpose", choices=["invoice", "credit_note"], help="what it numbers")
    parser.add_argument("--reset", choices=["never", "yearly"], help="when it begins at 1 again")
    parser.add_argument(
        "--year-starts-in", metavar="MONTH", type=int, help="first month of the fiscal year, 1 to 12"
    )
    parser.add_argument("--default", action="store_true", help="use it where no account chose another")
    parser.add_argument("--next", metavar="N", type=int, help="the next number; raising it needs --reason")
    parser.add_argument("--from", dest="first", metavar="N", type=int, help="gap: the first number left out")
    parser.add_argument("--to", dest="last", metavar="N", type=int, help="gap: the last number left out")
    parser.add_argument("--year", metavar="YEAR", type=int, default=0, help="gap: the year they belong to")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why numbers are left out; it is kept")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
