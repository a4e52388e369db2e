"""The command statement: what an account was asked for and paid."""

from __future__ import annotations

import argparse
from pathlib import Path

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.statement import Statement
from retainerdesk.services.context import BookContext
from retainerdesk.services.letters import save_statement_pdf, statement_of_account
from retainerdesk.services.sent_letters import mark_statement_sent


def show_statement(book: BookContext, args: argparse.Namespace) -> int:
    """The statement of an account; by default the last 12 months and the running one."""
    today = book.today()
    to_on = args.to_on or add_months(today.replace(day=1), 1)
    from_on = args.from_on or add_months(to_on, -13)
    with book.store.reading() as uow:
        statement = statement_of_account(uow, args.id, Period(from_on, to_on))
        if args.pdf:
            save_statement_pdf(uow, args.id, statement, book.files, Path(args.pdf), today)
    if args.sent:
        with book.store.writing() as uow:
            mark_statement_sent(uow, args.id, statement, book.files, today)
            uow.commit()
    if args.json:
        print_json({**_statement_json(args.id, statement, args.pdf), "sent": args.sent})
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
    if args.sent:
        say("Kept as sent.")
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
