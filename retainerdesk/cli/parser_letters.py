"""The options of the commands about what accounts owe. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

Make = Callable[[str, str], argparse.ArgumentParser]
ReadDate = Callable[[str], date]


def add_letters(make: Make, iso_date: ReadDate) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    make("owed", "list what accounts owe by age, how late they pay, and their next letters")
    _add_statement(make, iso_date)
    _add_dunning(make)
    parser = make("letters", "list the letters that were sent, or take one back")
    parser.add_argument("id", metavar="ID", nargs="?", help="only this account")
    parser.add_argument("--take-back", metavar="LETTER", help="forget that this letter of ID was sent")
    parser = make("late-interest", "list the rates of late interest, add a half-year, keep an agreed rate")
    parser.add_argument("--add", metavar="REFERENCE", help="ecb, bundesbank or boe")
    parser.add_argument("--remove", metavar="REFERENCE", help="take a half-year out that was added")
    parser.add_argument("--from", dest="from_on", metavar="DATE", type=iso_date, help="its first day")
    parser.add_argument("--percent", metavar="RATE", help="a year, such as 2.15")
    parser.add_argument("--source", metavar="TEXT", default="", help="where it was read; kept with it")
    parser.add_argument("--agreed", metavar="ID", help="keep --percent as the rate agreed with this account")
    parser.add_argument("--by-law", metavar="ID", help="forget the rate agreed with this account")


def _add_statement(make: Make, iso_date: ReadDate) -> None:
    parser = make("statement", "show what an account was asked for and paid, or write it as a PDF")
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--from", dest="from_on", metavar="DATE", type=iso_date, help="first day")
    parser.add_argument("--to", dest="to_on", metavar="DATE", type=iso_date, help="first day not covered")
    parser.add_argument("--pdf", metavar="FILE", help="write the statement to this file")
    parser.add_argument("--sent", action="store_true", help="keep it as sent today")


def _add_dunning(make: Make) -> None:
    parser = make("dunning", "show the letters about what is past due, write them, keep them as sent")
    parser.add_argument("id", metavar="ID", nargs="?", help="the account; without one: all letters due")
    parser.add_argument("--step", metavar="STEP", help="reminder, first_notice, second_notice, final_notice")
    parser.add_argument("--no-interest", action="store_true", help="without interest and fixed sum")
    parser.add_argument("--pdf", metavar="FILE", help="write the letter to this file")
    parser.add_argument("--sent", action="store_true", help="keep it as sent today: its step is not repeated")
    parser.add_argument("--folder", metavar="DIR", help="without ID: write all that are due")
