"""The command dunning: the letter to one account, or all letters that are due."""

from __future__ import annotations

import argparse
from pathlib import Path

from retainerdesk.cli import shapes
from retainerdesk.cli.output import complain, print_json, print_table, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late_interest import AgreedRate, InterestBasis, LateInterestLaw
from retainerdesk.domain.sent_letter import step_words
from retainerdesk.services.context import BookContext
from retainerdesk.services.dunning_run import DunningResult, propose_dunning, send_letters
from retainerdesk.services.letters import DueLetter, LetterChoice, letter_for, save_letter_pdf
from retainerdesk.services.sent_letters import mark_letter_sent


def show_dunning(book: BookContext, args: argparse.Namespace) -> int:
    """The letter an account would get about what is past due; without an account all that are due."""
    if args.id is None:
        return _run(book, args)
    letter = _write(book, args)
    if letter is not None and letter.refusal:
        complain(f"Without interest: {letter.refusal}")
    if args.json:
        told = None if letter is None else _letter_json(letter, args.pdf)
        print_json({"account": args.id, "letter": told, "sent": letter is not None and args.sent})
        return 0
    if letter is None:
        say("Nothing is past due long enough for the next letter.")
        return 0
    say(f"{step_words(letter.step.id)} to {args.id}")
    rows = [(debt.number, str(debt.due_on), str(debt.past_due)) for debt in letter.debts]
    print_table(("invoice", "due", "past due"), rows, right=(2,))
    if args.pdf:
        say(f"Written to {args.pdf}.")
    if args.sent:
        say("Kept as sent.")
    return 0


def _write(book: BookContext, args: argparse.Namespace) -> DueLetter | None:
    """The letter; with --pdf it is written first, so that nothing counts as sent that is not there."""
    today = book.today()
    choice = LetterChoice(args.step, with_interest=False if args.no_interest else None)
    with book.store.reading() as uow:
        letter = letter_for(uow, args.id, today, choice)
        if letter is not None and args.pdf:
            save_letter_pdf(uow, letter, book.files, Path(args.pdf), today)
    if letter is not None and args.sent:
        with book.store.writing() as uow:
            mark_letter_sent(uow, letter, book.files, today)
            uow.commit()
    return letter


def _run(book: BookContext, args: argparse.Namespace) -> int:
    """All letters that are due; with a folder they are written there and kept as sent."""
    if args.step or args.pdf or args.sent or args.no_interest:
        message = "Name an account; the run over all accounts writes the next letter of each with --folder."
        raise RuleViolation("dunning.account", message, "id")
    today = book.today()
    with book.store.reading() as uow:
        proposed = propose_dunning(uow, today)
    done = DunningResult(())
    if args.folder:
        folder = Path(args.folder)
        folder.mkdir(parents=True, exist_ok=True)
        done = send_letters(book.store, proposed, book.files, folder, today).value
    for name, reason in done.parked:
        complain(f"{name}: {reason}")
    if args.json:
        letters = [{"account": each.letter.account_id} | _letter_json(each.letter, None) for each in proposed]
        parked = [{"account": name, "reason": reason} for name, reason in done.parked]
        print_json({"letters": letters, "sent": len(done.sent), "parked": parked, "folder": args.folder})
        return 0
    if not proposed:
        say("No letter is due.")
        return 0
    rows = [
        (each.account_name, step_words(each.letter.step.id), f"{each.letter.total} {each.letter.currency}")
        for each in proposed
    ]
    print_table(("account", "step", "asks for"), rows, right=(2,))
    if args.folder:
        say(f"{len(done.sent)} written to {args.folder} and kept as sent.")
    return 0


def _letter_json(letter: DueLetter, pdf: str | None) -> shapes.Json:
    return {
        "step": letter.step.id,
        "debts": [
            {"number": debt.number, "due_on": shapes.day(debt.due_on), "past_due": str(debt.past_due)}
            for debt in letter.debts
        ],
        "interest": [
            {
                "number": each.number,
                "law": law.id if (law := _law_of(each.basis)) else None,
                "agreed_percent": _agreed_of(each.basis),
                "interest": str(each.interest),
                "fee": str(each.fee) if each.fee else None,
            }
            for each in letter.interest
        ],
        "total": str(letter.total),
        "without_interest": letter.refusal or None,
        "pdf": pdf,
    }


def _law_of(basis: InterestBasis) -> LateInterestLaw | None:
    return basis.law if isinstance(basis, AgreedRate) else basis


def _agreed_of(basis: InterestBasis) -> str | None:
    return shapes.number(basis.percent) if isinstance(basis, AgreedRate) else None
