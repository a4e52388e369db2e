"""The commands encrypt, rekey and decrypt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from retainerdesk.cli.output import complain, print_json, say
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.backups import Reason, backup_if_changed
from retainerdesk.services.book_keys import (
    BookKey,
    KeyChange,
    decrypt_book,
    encrypt_book,
    new_key,
    phrase_of,
    places_to_check,
    write_phrase,
    wrong_places,
)
from retainerdesk.services.context import BookContext

_WORDS_IN_A_ROW = 4
_TRIES = 3


def encrypt(book: BookContext, args: argparse.Namespace) -> int:
    """Encrypt the book with a new key, whose recovery phrase is shown once and checked."""
    if book.store.is_encrypted:
        raise RuleViolation("book.encrypted", f"{book.path} is encrypted already; rekey gives it a new key.")
    return _give_key(book, args, forget_old=False)


def rekey(book: BookContext, args: argparse.Namespace) -> int:
    """Give an encrypted book a new key and a new recovery phrase."""
    _must_be_encrypted(book)
    return _give_key(book, args, forget_old=args.forget_old_key)


def decrypt(book: BookContext, args: argparse.Namespace) -> int:
    """Write an encrypted book in clear."""
    _must_be_encrypted(book)
    backup_if_changed(book, Reason.BEFORE_KEY_CHANGE)
    change = decrypt_book(book.store, forget_old=args.forget_old_key)
    if args.json:
        print_json({"encrypted": False, "still_sealed": _texts(change.still_sealed)})
    else:
        say(f"{book.path} is in clear now: whoever can read the file can read the book.")
        _tell_left(change)
    return 0


def _must_be_encrypted(book: BookContext) -> None:
    if not book.store.is_encrypted:
        raise RuleViolation("book.plain", f"{book.path} is not encrypted.")


def _give_key(book: BookContext, args: argparse.Namespace, *, forget_old: bool) -> int:
    key = new_key()
    if args.write_phrase:
        write_phrase(key, Path(args.write_phrase))
    else:
        _show_and_check(key)
    backup_if_changed(book, Reason.BEFORE_KEY_CHANGE)
    change = encrypt_book(book.store, key, forget_old=forget_old)
    if args.json:
        print_json(
            {"encrypted": True, "in_keyring": change.is_in_keyring, "in_clear": _texts(change.in_clear),
             "still_sealed": _texts(change.still_sealed)}
        )  # fmt: skip
    else:
        _tell(book, change)
    return 0


def _tell(book: BookContext, change: KeyChange) -> None:
    say(f"{book.path} is encrypted.")
    if change.is_in_keyring:
        say("Its key is in the keyring of this computer; elsewhere the recovery phrase opens it.")
    else:
        say(f"{change.note} The recovery phrase is asked for each time the book is opened.")
    for path in change.in_clear:
        say(f"Still in clear: {path}")
    _tell_left(change)
    say("Exports and PDFs are in clear, and so are backups made while the book was.")


def _tell_left(change: KeyChange) -> None:
    for path in change.still_sealed:
        say(f"Still sealed with the key of before, which therefore stays in the keyring: {path}")


def _texts(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths]


def _show_and_check(key: BookKey) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise EnvironmentProblem(
            "The recovery phrase is shown once, and this is no terminal.",
            "Use a terminal, or --write-phrase FILE; nothing was changed.",
        )
    words = phrase_of(key)
    complain("Write these 24 words down, in order. They open the book when the keyring is lost:\n")
    for start in range(0, len(words), _WORDS_IN_A_ROW):
        row = enumerate(words[start : start + _WORDS_IN_A_ROW], start=start + 1)
        complain("  ".join(f"{number:2} {word:9}" for number, word in row))
    complain("")
    for _ in range(_TRIES):
        places = places_to_check()
        typed = [input(f"Word {place + 1}: ") for place in places]
        wrong = wrong_places([words[place] for place in places], typed)
        if not wrong:
            return
        complain(f"{_numbers(places[each] + 1 for each in wrong)} not as shown. Look at your sheet again.")
    raise EnvironmentProblem("The words were not typed back.", "Nothing was changed; start again.")


def _numbers(places: Iterable[int]) -> str:
    numbers = [str(place) for place in places]
    return f"Word {numbers[0]} is" if len(numbers) == 1 else f"Words {' and '.join(numbers)} are"
