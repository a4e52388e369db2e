"""Run one command and answer with its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from retainerdesk.cli.output import complain
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.context import BookContext, OpenBook

REFUSED, ENVIRONMENT = 1, 3

# Commands a book can begin with; `restore` is the third way.
_BEGINNINGS = frozenset({"import", "sample"})

Paint = Callable[[BookContext, Path], None]
Command = Callable[[BookContext, argparse.Namespace], int]


def run_with_problems_told(
    args: argparse.Namespace, open_book: OpenBook, place_of: Callable[[str | None], str]
) -> int:
    """Run `args.command` on the book asked for; every expected failure becomes a sentence and a code."""
    return _told(lambda: _run(args, open_book, place_of(args.book)))


def run_sample_job(args: argparse.Namespace, open_book: OpenBook, paint: Paint) -> int:
    """The main job on a machine without a display (see `retainerdesk.cli.sample_job`)."""
    from retainerdesk.cli.sample_job import bill_the_sample

    return _told(lambda: bill_the_sample(args, open_book, paint))


def _told(job: Callable[[], int]) -> int:
    try:
        return job()
    except RuleViolation as refusal:
        for sentence in refusal.message.split("\n"):
            complain(sentence)
        return REFUSED
    except EnvironmentProblem as problem:
        complain(str(problem))
        return ENVIRONMENT
    except BrokenPipeError:
        # Whoever read our output has seen enough (`… | head`); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        complain(f"The machine refused: {problem.strerror or problem}{where}.")
        return ENVIRONMENT
    except KeyboardInterrupt:
        complain("Stopped. What was finished is kept.")
        return ENVIRONMENT


def _run(args: argparse.Namespace, open_book: OpenBook, place: str) -> int:
    if args.command == "restore":
        from retainerdesk.cli.backups import restore_from

        return restore_from(place, args)
    if not Path(place).exists():
        from retainerdesk.services.new_book import is_missing

        if is_missing(place):
            return _begin(args, open_book, place)
    from retainerdesk.cli.unlock import open_unlocked

    book = open_unlocked(open_book, place, args)
    try:
        return _command(args.command)(book, args)
    finally:
        book.store.close()


def _begin(args: argparse.Namespace, open_book: OpenBook, place: str) -> int:
    """Begin a book with a command that can; where nothing comes into it there is none afterwards.

    Raises EnvironmentProblem, nothing made, for any other command and for a dry run: what was there is said.
    """
    from retainerdesk.services.book_trouble import lost_words, refuse_missing
    from retainerdesk.services.new_book import begun, is_missing, refuse_unknown_files

    if args.command not in _BEGINNINGS or getattr(args, "dry_run", False):
        refuse_missing(place)
    if args.command == "import":
        refuse_unknown_files(Path(name) for name in args.files)
    if words := lost_words(place):
        complain(f"{words} A new book begins in its place.")
    book = open_book(place, args.as_of, create=True)
    try:
        with begun(book):
            return _command(args.command)(book, args)
    finally:
        if is_missing(place):
            complain("Nothing came into the new book, so none was made.")


# The module of each command and its function there; a module is imported only when it is asked for.
COMMANDS = {
    "import": ("files", "import_into"),
    "export": ("files", "export_to"),
    "backup": ("backups", "back_up"),
    "backups": ("backups", "show_backups"),
    "check": ("integrity", "check"),
    "encrypt": ("protection", "encrypt"),
    "rekey": ("protection", "rekey"),
    "decrypt": ("protection", "decrypt"),
    "sample": ("files", "sample"),
    "accounts": ("accounts", "show_accounts"),
    "account": ("accounts", "show_account"),
    "due": ("accounts", "show_due"),
    "search": ("search", "search"),
    "margin": ("accounts", "show_margin"),
    "bill": ("billing", "bill"),
    "invoices": ("billing", "show_invoices"),
    "invoice": ("billing", "show_invoice"),
    "drafts": ("drafts", "show_drafts"),
    "draft": ("drafts", "draft"),
    "overage": ("overage", "overage"),
    "close": ("closing", "close"),
    "reopen": ("closing", "reopen"),
    "late": ("closing", "late"),
    "statement": ("letters", "show_statement"),
    "dunning": ("dunning", "show_dunning"),
    "owed": ("owed", "show_owed"),
    "letters": ("owed", "show_letters"),
    "late-interest": ("late_interest", "late_interest"),
    "blocks": ("blocks", "show_blocks"),
    "block": ("blocks", "change_block"),
    "exit": ("blocks", "settle_exit"),
    "goodwill": ("blocks", "show_goodwill"),
    "look": ("look", "show_look"),
    "credit": ("corrections", "credit"),
    "void": ("corrections", "void"),
    "write-off": ("corrections", "write_off"),
    "refund": ("corrections", "refund"),
    "apply-credit": ("corrections", "apply_credit"),
    "write-down": ("corrections", "write_down"),
    "unassigned": ("unassigned", "unassigned"),
    "series": ("series", "series"),
    "pay": ("payments", "pay"),
    "rates": ("rates", "rates"),
    "deposits": ("deposits", "show_deposits"),
    "deposit": ("deposits", "change_deposits"),
    "tax-rates": ("tax_rates", "tax_rates"),
}


def _command(name: str) -> Command:
    module, function = COMMANDS[name]
    found: Command = getattr(import_module(f"retainerdesk.cli.{module}"), function)
    return found
