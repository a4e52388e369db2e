"""The key of an encrypted book on the command line: from a file, the keyring, or typed on a terminal.

Never from an argument or a variable: other programs can read those.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from retainerdesk.cli.output import complain
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation
from retainerdesk.services.book_keys import (
    BookKey,
    KeyringProblem,
    Keys,
    keep_key,
    read_phrase,
    read_secret_file,
)
from retainerdesk.services.context import BookContext, OpenBook

T = TypeVar("T")


def open_unlocked(open_book: OpenBook, place: str, args: argparse.Namespace) -> BookContext:
    """Open a book, plain or encrypted. Raises EnvironmentProblem if it is not there or has no key here."""
    try:
        return open_book(place, args.as_of, create=False)
    except KeyNeeded as needed:
        keys = Keys()
        return open_book(place, args.as_of, create=False, key=key_for(needed, keys, args))


def with_keys(args: argparse.Namespace, job: Callable[[Keys], T]) -> T:
    """Do a job that may need several keys, and ask for each that it says it needs."""
    keys = Keys()
    while True:
        try:
            return job(keys)
        except KeyNeeded as needed:
            keys.add(key_for(needed, keys, args))


def key_for(needed: KeyNeeded, keys: Keys, args: argparse.Namespace) -> BookKey:
    """The key with the sign that is needed. Raises EnvironmentProblem if nobody gives it."""
    if args.phrase_file:
        return _read(read_secret_file(args.phrase_file), needed.sign)
    found = keys.find(needed.sign)
    if found is not None:
        return found
    why = (
        f" {keys.trouble.message}" if keys.trouble else " The keyring of this computer does not have its key."
    )
    if not sys.stdin.isatty():
        raise EnvironmentProblem(needed.message + why, "Give its recovery phrase with --phrase-file FILE.")
    complain(needed.message + why)
    key = _read(getpass.getpass("Recovery phrase (24 words, not shown): "), needed.sign)
    if keys.trouble is None:
        _keep_again(key)
    return key


def _keep_again(key: BookKey) -> None:
    try:
        keep_key(key)
    except KeyringProblem as problem:
        complain(f"{problem.message} The phrase will be asked for again.")
    else:
        complain("The key is in the keyring of this computer again.")


def _read(text: str, sign: bytes) -> BookKey:
    try:
        return read_phrase(text, sign)
    except RuleViolation as wrong:
        raise EnvironmentProblem(
            wrong.message, "Check the phrase against your sheet; nothing was opened."
        ) from None
