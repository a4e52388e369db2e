"""The options of the commands about backups. Imports only argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Make = Callable[[str, str], argparse.ArgumentParser]


def add_backups(make: Make) -> None:
    """Add the commands; `make` adds one by name and what it does."""
    parser = make("backup", "write a verified copy of the book")
    parser.add_argument("file", metavar="FILE", nargs="?", help="default: one more in the folder of backups")
    _add_passphrase(parser, "seal a .zip with the passphrase in this file")
    parser = make("restore", "put a backup in the place of the book")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--preview", action="store_true", help="say what is inside, change nothing")
    _add_passphrase(parser, "the passphrase of a sealed backup is in this file")
    parser = make("backups", "list the backups of the book, or look after one")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--pin", metavar="NAME", help="keep this one for good")
    one.add_argument("--unpin", metavar="NAME", help="let this one go with the others again")
    one.add_argument("--verify", metavar="NAME", help="open this one and check all of it")
    one.add_argument("--delete", metavar="NAME", help="remove this one")
    one.add_argument(
        "--keep",
        metavar=("DAYS", "WEEKS", "MONTHS"),
        nargs=3,
        type=int,
        help="of how many days, weeks and months one stays, from the next backup on",
    )


def _add_passphrase(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE", help=f"{text}: only you can read it, or -")
