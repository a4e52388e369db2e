"""The options of the command about the look of documents. Imports only argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Make = Callable[[str, str], argparse.ArgumentParser]


def add_look(make: Make) -> None:
    """Add the command; `make` adds one by name and what it does."""
    parser = make("look", "show or change how documents look")
    parser.add_argument("--accent", metavar="COLOUR", help="the colour of the brand, as #2f5bea")
    logo = parser.add_mutually_exclusive_group()
    logo.add_argument("--logo", metavar="FILE", help="a picture in PNG or JPEG")
    logo.add_argument("--no-logo", action="store_true", help="print documents without a logo")
    parser.add_argument(
        "--window",
        choices=["auto", "din5008", "us", "uk", "right"],
        help="where envelopes show the address",
    )
    parser.add_argument(
        "--columns",
        nargs="*",
        choices=["quantity", "price"],
        help="which of these the lines show",
    )
    parser.add_argument(
        "--payment-code",
        choices=["auto", "epc", "none"],
        help="auto: Swiss where it can be, else EPC",
    )
    parser.add_argument("--amount-in-words", choices=["yes", "no"], help="whether the sum is in words too")
    parser.add_argument(
        "--text", choices=["title", "intro", "terms", "closing", "footer"], help="the text to replace"
    )
    parser.add_argument(
        "--language",
        choices=["en", "de", "fr", "es"],
        help="of the text (default: every one) and the sample",
    )
    parser.add_argument("--says", metavar="TEXT", help="the text; empty brings the usual words back")
    parser.add_argument("--sample", metavar="FILE", help="write a sample invoice to this file")
