"""The options and commands of the command line. Nothing here imports more than argparse."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial

from retainerdesk import __version__
from retainerdesk.cli.parser_backups import add_backups
from retainerdesk.cli.parser_blocks import add_blocks
from retainerdesk.cli.parser_closing import add_closing
from retainerdesk.cli.parser_corrections import add_corrections
from retainerdesk.cli.parser_drafts import add_drafts
from retainerdesk.cli.parser_letters import add_letters
from retainerdesk.cli.parser_look import add_look
from retainerdesk.cli.parser_money import add_money
from retainerdesk.cli.parser_search import add_search
from retainerdesk.cli.parser_series import add_series_command
from retainerdesk.cli.parser_tax_rates import add_tax_rates

EXIT_CODES = """exit codes: 0 done · 1 refused by a rule of the business · 2 wrong usage · 3 the environment
(locked, full, read-only, newer schema, corrupt)"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole program. Without a command the window opens."""
    parser = argparse.ArgumentParser(
        prog="retainerdesk",
        description="For people who live on monthly retainers. Without a command it opens the window.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"RetainerDesk {__version__}")
    _common(parser, top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_files(commands)
    _add_accounts(commands)
    add_search(partial(_command, commands))
    _add_billing(commands)
    add_corrections(partial(_command, commands))
    add_series_command(partial(_command, commands))
    add_money(partial(_command, commands), iso_date)
    add_drafts(partial(_command, commands))
    add_tax_rates(partial(_command, commands), iso_date)
    add_blocks(partial(_command, commands), iso_date)
    add_letters(partial(_command, commands), iso_date)
    add_look(partial(_command, commands))
    add_closing(partial(_command, commands), iso_date)
    _add_upkeep(commands)
    return parser


def _common(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """Options that may stand before or after the command; the later one wins."""
    absent = None if top else argparse.SUPPRESS
    parser.add_argument("--book", metavar="PATH", default=absent, help="the book: a file, or a database URL")
    parser.add_argument(
        "--as-of", metavar="DATE", type=iso_date, default=absent, help="the business date to act on"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="one JSON document on standard output, nothing else there",
    )
    if not top:
        parser.add_argument(
            "--phrase-file",
            metavar="FILE",
            help="the book's recovery phrase: a file only you can read, /dev/fd/N, or - for input",
        )


def iso_date(text: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-31") from None


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names the type of subparsers only so


def _command(commands: Commands[argparse.ArgumentParser], name: str, text: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    _common(parser)
    return parser


def _add_files(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "import", "read book files and time exports into the book")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser.add_argument("--update", action="store_true", help="take the file's version where rows differ")
    parser.add_argument(
        "--create",
        action="store_true",
        help="create accounts and people a time export names but the book lacks",
    )
    parser.add_argument(
        "--date-order",
        choices=["day_first", "month_first"],
        help="how a time export writes dates, where the file alone does not tell",
    )
    parser = _command(commands, "export", "write the whole book as one open file")
    parser.add_argument("file", metavar="FILE", help="….json, or ….zip with documents and issued PDFs")


def _add_accounts(commands: Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "accounts", "list the accounts with their verdicts, money and next dates")
    parser = _command(commands, "account", "show everything about one account")
    parser.add_argument("id", metavar="ID")
    parser.add_argument(
        "--language", choices=["en", "de", "fr", "es"], default="en", help="what the agreement is said in"
    )
    parser = _command(commands, "margin", "show the margin by month with its waterfall")
    parser.add_argument("id", metavar="ID", nargs="?")
    parser.add_argument("--from", dest="from_on", metavar="DATE", type=iso_date, help="first day")
    parser.add_argument("--to", dest="to_on", metavar="DATE", type=iso_date, help="first day not covered")
    _command(commands, "due", "list what needs attention")


def _add_billing(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "bill", "propose the missing charges and issue them")
    parser.add_argument("--through", metavar="DATE", type=iso_date, help="bill what is due up to this day")
    parser.add_argument("--account", metavar="ID", help="only this account")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--dry-run", action="store_true", help="propose, issue nothing")
    only.add_argument("--draft", action="store_true", help="keep the proposals as drafts, issue nothing")
    parser.add_argument(
        "--confirm",
        metavar="ID",
        action="append",
        default=[],
        help="issue what the bounds parked for this account (may be given several times)",
    )
    parser = _command(commands, "overage", "list the overage that waits for a decision, or decide")
    parser.add_argument("--all", action="store_true", help="also what is decided already")
    parser.add_argument("--account", metavar="ID", help="only this account")
    parser.add_argument("--retainer", metavar="ID", help="the retainer to decide about")
    parser.add_argument(
        "--period", metavar="DATE", type=iso_date, help="first day of the period to decide about"
    )
    parser.add_argument(
        "--decide", choices=["bill", "absorb", "carry", "ask", "offset"], help="what happens to it"
    )
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; absorbing needs one")
    _command(commands, "invoices", "list the issued invoices")
    parser = _command(commands, "invoice", "show one invoice, or write it as a PDF")
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--pdf", metavar="FILE", help="write the document to this file")


def _add_upkeep(commands: Commands[argparse.ArgumentParser]) -> None:
    add_backups(partial(_command, commands))
    _add_protection(commands)
    parser = _command(commands, "check", "check the file and every rule of the book")
    parser.add_argument(
        "--repair",
        action="store_true",
        help="copy the files, make anew what can be, check again",
    )
    _command(commands, "sample", "fill an empty book with the sample business")


def _add_protection(commands: Commands[argparse.ArgumentParser]) -> None:
    for name, text in (
        ("encrypt", "encrypt the book with a new key and show its recovery phrase once"),
        ("rekey", "give an encrypted book a new key and a new recovery phrase"),
        ("decrypt", "write an encrypted book in clear"),
    ):
        parser = _command(commands, name, text)
        if name != "decrypt":
            parser.add_argument(
                "--write-phrase",
                metavar="FILE",
                help="write the new phrase to a new private file, show nothing",
            )
        if name != "encrypt":
            parser.add_argument(
                "--forget-old-key", action="store_true", help="remove the old key from the keyring afterwards"
            )
