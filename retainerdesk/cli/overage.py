"""The command overage: what is over the allowance, and deciding about it."""

from __future__ import annotations

import argparse

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import UsageDecision
from retainerdesk.services.context import BookContext
from retainerdesk.services.overage import OverageRow, decide_overage, list_overage


def overage(book: BookContext, args: argparse.Namespace) -> int:
    """List the overage of closed periods; with --decide settle one of them."""
    if args.decide:
        if not (args.account and args.retainer and args.period):
            raise RuleViolation("usage", "--decide needs --account, --retainer and --period.")
        _decide(book, args)
    with book.store.reading() as uow:
        rows = list_overage(uow, book.today(), args.account, undecided_only=not args.all)
    if args.json:
        print_json({"as_of": shapes.day(book.today()), "overage": [_json(row) for row in rows]})
        return 0
    if args.decide:
        say(f"Decided for the period from {args.period}: {args.decide}.")
    if not rows:
        say("No overage waits for a decision.")
        return 0
    table = [
        (
            row.account_id,
            row.retainer_id,
            f"{row.span.start} – {row.span.last_day}",
            used_words(row.minutes, row.unit, row.price.currency),
            f"{row.price} {row.price.currency}",
            row.decision.value,
            row.reason,
        )
        for row in rows
    ]
    print_table(("account", "retainer", "period", "over", "price", "decision", "reason"), table, right=(3, 4))
    return 0


def _decide(book: BookContext, args: argparse.Namespace) -> None:
    decision = UsageDecision(args.period, OverageDecision(args.decide), args.reason)
    with book.store.writing() as uow:
        decide_overage(uow, args.account, args.retainer, decision, book.today())
        uow.commit()


def _json(row: OverageRow) -> shapes.Json:
    return {
        "account": row.account_id,
        "retainer": row.retainer_id,
        "from": shapes.day(row.span.start),
        "to": shapes.day(row.span.end),
        "unit": row.unit.value,
        "minutes": row.minutes if row.unit is UsageUnit.MINUTES else None,
        "amount": shapes.in_unit(row.minutes, row.unit, row.price.currency),
        "price": str(row.price),
        "decision": row.decision.value,
        "reason": row.reason,
    }
