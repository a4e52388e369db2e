"""The commands owed and letters: what accounts owe by age, and what was written to them."""

from __future__ import annotations

import argparse

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.sent_letter import SentLetter, step_words
from retainerdesk.services.context import BookContext
from retainerdesk.services.receivables import OwedReport, OwedRow, load_owed
from retainerdesk.services.sent_letters import get_letter, list_letters, take_back_letter

_HEADS = (
    "account",
    "",
    "open",
    "not due",
    "1-30",
    "31-60",
    "61-90",
    "over 90",
    "credit",
    "days late",
    "next",
)


def show_owed(book: BookContext, args: argparse.Namespace) -> int:
    """One row an account and currency: open money by days past due, and how late it pays."""
    with book.store.reading() as uow:
        report = load_owed(uow, book.today())
    if args.json:
        print_json(_report(report))
        return 0
    if not report.rows:
        say("Nothing is owed.")
        return 0
    say(f"Ageing by due date as of {report.as_of}")
    print_table(_HEADS, [_cells(row) for row in report.rows], right=tuple(range(2, 10)))
    for each in report.totals:
        dso = shapes.ratio(each.dso) or "–"
        currency = each.credit.currency
        say(f"{each.ageing.total} {currency} open, {each.ageing.past_due} past due, DSO {dso} days")
    return 0


def _cells(row: OwedRow) -> tuple[str, ...]:
    amounts = (row.open, *row.ageing.amounts, row.credit)
    late = shapes.ratio(row.average_days_late) or "–"
    return (row.account_id, row.currency, *map(str, amounts), late, _next_words(row))


def _next_words(row: OwedRow) -> str:
    if row.next_letter is None:
        return ""
    when = "now" if row.next_letter.is_due else f"from {row.next_letter.due_on}"
    return f"{step_words(row.next_letter.step.id)} {when}"


def _report(report: OwedReport) -> shapes.Json:
    return {
        "as_of": shapes.day(report.as_of),
        "basis": "due_date",
        "accounts": [_row(row) for row in report.rows],
        "totals": [
            {
                "currency": each.credit.currency,
                "open": str(each.ageing.total),
                "ageing": shapes.ageing(each.ageing),
                "credit": str(each.credit),
                "dso": shapes.ratio(each.dso),
            }
            for each in report.totals
        ],
    }


def _row(row: OwedRow) -> shapes.Json:
    following = row.next_letter
    return {
        "account": row.account_id,
        "name": row.account_name,
        "currency": row.currency,
        "open": str(row.open),
        "ageing": shapes.ageing(row.ageing),
        "credit": str(row.credit),
        "average_days_late": shapes.ratio(row.average_days_late),
        "dso": shapes.ratio(row.dso),
        "next_step": following.step.id if following else None,
        "next_step_on": shapes.day(following.due_on) if following else None,
        "last_letter": letter_json(row.last_letter) if row.last_letter else None,
    }


def show_letters(book: BookContext, args: argparse.Namespace) -> int:
    """What was sent, newest first; one of them can be taken back."""
    if args.take_back:
        return _take_back(book, args)
    with book.store.reading() as uow:
        letters = list_letters(uow, args.id)
    if args.json:
        print_json({"letters": [letter_json(each) for each in letters]})
        return 0
    if not letters:
        say("No letter was sent.")
        return 0
    rows = [
        (
            str(each.on),
            each.account_id,
            each.id,
            step_words(each.step_id or each.kind.value),
            ", ".join(line.number for line in each.lines),
            f"{each.total} {each.total.currency}",
        )
        for each in letters
    ]
    print_table(("sent", "account", "letter", "what", "documents", "asked for"), rows, right=(5,))
    return 0


def _take_back(book: BookContext, args: argparse.Namespace) -> int:
    if args.id is None:
        message = "Say whose letter it is: the account stands before --take-back."
        raise RuleViolation("letter.account", message, "id")
    with book.store.writing() as uow:
        letter = take_back_letter(uow, get_letter(uow, args.id, args.take_back)).value
        uow.commit()
    if args.json:
        print_json({"taken_back": letter_json(letter)})
        return 0
    say(f"The {step_words(letter.step_id or letter.kind.value)} of {letter.on} counts as not sent.")
    return 0


def letter_json(letter: SentLetter) -> shapes.Json:
    """A letter that was sent."""
    return {
        "account": letter.account_id,
        "id": letter.id,
        "on": shapes.day(letter.on),
        "kind": letter.kind.value,
        "step": letter.step_id or None,
        "currency": letter.total.currency,
        "total": str(letter.total),
        "documents": [
            {
                "number": line.number,
                "due_on": shapes.day(line.due_on),
                "amount": str(line.amount),
                "interest": str(line.interest) if line.interest else None,
                "fee": str(line.fee) if line.fee else None,
            }
            for line in letter.lines
        ],
        "sha256": letter.sha256,
    }
