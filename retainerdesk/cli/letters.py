"""The commands statement and dunning: letters about what an account owes."""

from __future__ import annotations

import argparse
from pathlib import Path

from retainerdesk.cli import shapes
from retainerdesk.cli.output import complain, print_json, print_table, say
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.statement import Statement
from retainerdesk.services.context import BookContext
from retainerdesk.services.letters import (
    DueLetter,
    letter_for,
    save_letter_pdf,
    save_statement_pdf,
    statement_of_account,
)


def show_statement(book: BookContext, args: argparse.Namespace) -> int:
    """The statement of an account; by default the last 12 months and the running one."""
    today = book.today()
    to_on = args.to_on or add_months(today.replace(day=1), 1)
    from_on = args.from_on or add_months(to_on, -13)
    with book.store.reading() as uow:
        statement = statement_of_account(uow, args.id, Period(from_on, to_on))
        if args.pdf:
            save_statement_pdf(uow, args.id, statement, book.files, Path(args.pdf), today)
    if args.json:
        print_json(_statement_json(args.id, statement, args.pdf))
        return 0
    rows = [
        (str(each.on), each.kind.value.replace("_", " "), each.reference, str(each.amount), str(each.balance))
        for each in statement.entries
    ]
    say(f"{args.id}, {statement.span.start} to {statement.span.last_day}, {statement.currency}")
    say(f"opening balance {statement.opening}")
    print_table(("date", "what", "reference", "amount", "balance"), rows, right=(3, 4))
    say(f"closing balance {statement.closing}")
    if args.pdf:
        say(f"Written to {args.pdf}.")
    return 0


def _statement_json(account_id: str, statement: Statement, pdf: str | None) -> shapes.Json:
    return {
        "account": account_id,
        "from": shapes.day(statement.span.start),
        "to": shapes.day(statement.span.end),
        "currency": statement.currency,
        "opening": str(statement.opening),
        "entries": [
            {
                "on": shapes.day(each.on),
                "kind": each.kind.value,
                "reference": each.reference,
                "amount": str(each.amount),
                "balance": str(each.balance),
                "due_on": shapes.day(each.due_on),
            }
            for each in statement.entries
        ],
        "closing": str(statement.closing),
        "unapplied": str(statement.unapplied),
        "ageing": shapes.ageing(statement.ageing),
        "pdf": pdf,
    }


def show_dunning(book: BookContext, args: argparse.Namespace) -> int:
    """The letter an account would get about what is past due; with --pdf it is written."""
    today = book.today()
    with book.store.reading() as uow:
        letter = letter_for(uow, args.id, today, args.step)
        if letter is not None and args.pdf:
            save_letter_pdf(uow, letter, book.files, Path(args.pdf), today)
    if letter is not None and letter.refusal:
        complain(f"Without interest: {letter.refusal}")
    if args.json:
        print_json({"account": args.id, "letter": None if letter is None else _letter_json(letter, args.pdf)})
        return 0
    if letter is None:
        say("Nothing is past due long enough for a letter.")
        return 0
    say(f"{letter.step.id.replace('_', ' ')} to {args.id}")
    rows = [(debt.number, str(debt.due_on), str(debt.past_due)) for debt in letter.debts]
    print_table(("invoice", "due", "past due"), rows, right=(2,))
    if args.pdf:
        say(f"Written to {args.pdf}.")
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
                "law": each.law.id,
                "interest": str(each.interest),
                "fee": str(each.fee) if each.fee else None,
            }
            for each in letter.interest
        ],
        "without_interest": letter.refusal or None,
        "pdf": pdf,
    }
