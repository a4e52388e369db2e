"""The commands close, reopen and late: lock usage periods, and decide about late work in locked ones."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late import LateEffect, late_words
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import Difference, LateChoice
from retainerdesk.services import closing, late_work
from retainerdesk.services.closing import CloseCommand, ClosingBoard, DecidedRow, PeriodRow
from retainerdesk.services.context import BookContext


def close(book: BookContext, args: argparse.Namespace) -> int:
    """Close every usage period that ended by a day."""
    account_id, retainer_id = args.account, None
    if args.retainer:
        account_id, retainer_id = _retainer(args.retainer)
    command = CloseCommand(args.through, account_id, retainer_id)
    with book.store.writing() as uow:
        rows = closing.close_periods(uow, command, book.today()).value
        if not args.dry_run:
            uow.commit()
    if args.json:
        print_json({"dry_run": args.dry_run, "closed": [_period(row) for row in rows]})
        return 0
    named = [row for row in rows if not row.is_empty or args.retainer]
    if not named:
        say(f"Nothing that ended by {args.through} is left to close.")
        return 0
    if args.dry_run:
        say("Nothing was changed; this is what would be closed:")
    headings = ("account", "retainer", "period", "used", "over", "carried on", "still open")
    print_table(headings, [_period_cells(row) for row in named], right=(3, 4, 5))
    return 0


def reopen(book: BookContext, args: argparse.Namespace) -> int:
    """Open the last closed period of a retainer again."""
    account_id, retainer_id = _retainer(args.retainer)
    with book.store.writing() as uow:
        made = closing.reopen_period(
            uow, account_id, retainer_id, args.period, args.reason, book.today()
        ).value
        uow.commit()
    if args.json:
        print_json({"reopened": {"account": account_id, "retainer": retainer_id, **_span(made.span)}})
        return 0
    say(f"{made.span.start} – {made.span.last_day} is open again and computed from its work.")
    return 0


def late(book: BookContext, args: argparse.Namespace) -> int:
    """List the differences in closed periods, decide about one, or take a decision back."""
    if args.undo:
        _undo(book, args.undo)
    elif any(getattr(args, choice.value) is not None for choice in LateChoice):
        _decide(book, args)
    elif args.id:
        raise RuleViolation(
            "usage", "Say what to do: --correct, --credit, --carry or --absorb, with a reason."
        )
    with book.store.reading() as uow:
        board = closing.closing_board(uow, book.today())
    if args.json:
        shown = [_decided(row) for row in board.decided] if args.all else []
        waiting = [_effect(each) for each in board.waiting]
        print_json({"as_of": shapes.day(book.today()), "late": waiting, "decided": shown})
        return 0
    _say_late(board, with_decided=args.all)
    return 0


def _decide(book: BookContext, args: argparse.Namespace) -> None:
    if not args.id:
        raise RuleViolation("usage", "Say which difference: late ID --correct REASON (ids are in the list).")
    choice = next(each for each in LateChoice if getattr(args, each.value) is not None)
    with book.store.writing() as uow:
        made = late_work.decide_late(uow, args.id, choice, getattr(args, choice.value), book.today()).value
        uow.commit()
    if not args.json:
        issued = f"; credit note {made.invoice_number} is issued" if made.invoice_number else ""
        say(f"{args.id}: {choice.value}, decision {made.id}{issued}.")


def _undo(book: BookContext, decision_id: str) -> None:
    with book.store.writing() as uow:
        rows = closing.closing_board(uow, book.today()).decided
        found = next((row for row in rows if row.decided.id == decision_id), None)
        if found is None:
            raise RuleViolation("late.unknown", f"There is no decision “{decision_id}”.", "undo")
        late_work.take_back_late(uow, found.account_id, found.retainer_id, decision_id)
        uow.commit()


def _retainer(text: str) -> tuple[str, str]:
    account_id, slash, retainer_id = text.rpartition("/")
    if not slash or not account_id or not retainer_id:
        message = f"“{text}” is no retainer; write ACCOUNT/RETAINER, such as acme/advisory."
        raise RuleViolation("usage", message, "retainer")
    return account_id, retainer_id


def _say_late(board: ClosingBoard, *, with_decided: bool) -> None:
    if not board.waiting:
        say("No difference in a closed period waits for a decision.")
    else:
        rows = [
            (
                each.id, late_words(each.difference, each.unit),
                f"{each.difference.price} {each.difference.price.currency}",
                ", ".join(option.choice.value for option in each.options),
            )
            for each in board.waiting
        ]  # fmt: skip
        print_table(("id", "difference", "price", "choices"), rows, right=(2,))
    if with_decided and board.decided:
        print_table(("decision", "period", "choice", "what", "reason"), _decided_cells(board.decided))


def _decided_cells(rows: Sequence[DecidedRow]) -> list[tuple[str, ...]]:
    return [
        (
            row.decided.id, f"{row.account_id}/{row.retainer_id}/{row.close.span.start}",
            row.decided.choice.value, str(row.decided.difference.price), row.decided.reason,
        )
        for row in rows
    ]  # fmt: skip


def _period_cells(row: PeriodRow) -> tuple[str, ...]:
    usage = row.usage
    figures = (usage.used, usage.overage, usage.carried)
    return (
        row.account_id, row.retainer_id, f"{usage.span.start} – {usage.span.last_day}",
        *(used_words(each, usage.unit, row.currency) if each else "–" for each in figures),
        "; ".join(row.open_points),
    )  # fmt: skip


def _span(span: Period) -> shapes.Json:
    return {"from": shapes.day(span.start), "to": shapes.day(span.end)}


def _period(row: PeriodRow) -> shapes.Json:
    usage = row.usage
    return {
        "account": row.account_id,
        "retainer": row.retainer_id,
        **_span(usage.span),
        "unit": usage.unit.value,
        "opening": usage.opening,
        "granted": usage.granted,
        "adjusted": usage.adjusted,
        "used": usage.used,
        "burned": usage.burned,
        "overage": usage.overage,
        "expired": usage.expired,
        "forfeited": usage.forfeited,
        "carried": usage.carried,
        "open_points": list(row.open_points),
    }


def _difference(found: Difference) -> shapes.Json:
    return {
        "used": found.used,
        "overage": found.overage,
        "from_blocks": found.from_blocks,
        "carried": found.carried,
        "price": str(found.price),
        "currency": found.price.currency,
    }


def _effect(each: LateEffect) -> shapes.Json:
    return {
        "id": each.id,
        "account": each.account_id,
        "retainer": each.retainer_id,
        **_span(each.span),
        "closed_on": shapes.day(each.usage.closed_on),
        "unit": each.unit.value,
        **_difference(each.difference),
        "next_open": shapes.day(each.to_on),
        "entries": [
            {"id": entry.entry_id, "on": shapes.day(entry.on), "before": entry.before, "after": entry.after}
            for entry in each.entries
        ],
        "choices": [
            {
                "choice": option.choice.value,
                "net": str(option.net),
                "moved": option.moved,
                "given": option.given,
            }
            for option in each.options
        ],
    }


def _decided(row: DecidedRow) -> shapes.Json:
    decided = row.decided
    return {
        "id": decided.id,
        "account": row.account_id,
        "retainer": row.retainer_id,
        **_span(row.close.span),
        "on": shapes.day(decided.on),
        "choice": decided.choice.value,
        **_difference(decided.difference),
        "moved": decided.moved,
        "given": decided.absorbed,
        "reason": decided.reason,
        "invoice": decided.invoice_number,
    }
