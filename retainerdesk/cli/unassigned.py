"""The command unassigned: work charged to no retainer of an account that has several."""

from __future__ import annotations

import argparse

from retainerdesk.cli import shapes
from retainerdesk.cli.output import hours, print_json, print_table, say
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.context import BookContext
from retainerdesk.services.unassigned import assign_work, list_unassigned


def unassigned(book: BookContext, args: argparse.Namespace) -> int:
    """List what is charged to nobody; with --assign charge it to a retainer first."""
    assigned: tuple[WorkEntry, ...] = ()
    if args.assign:
        assigned = _assign(book, args)
    with book.store.reading() as uow:
        left = list_unassigned(uow, args.account, book.today())
    if args.json:
        entries = {
            "assigned": [_json(each) for each in assigned],
            "unassigned": [_json(each) for each in left],
        }
        print_json({"as_of": shapes.day(book.today()), "account": args.account, **entries})
        return 0
    if assigned:
        say(f"{hours(sum(each.chargeable_minutes for each in assigned))} charged to {args.assign}.")
    if not left:
        say("Every entry is charged to a retainer.")
        return 0
    rows = [(str(each.on), each.id, hours(each.chargeable_minutes), each.text) for each in left]
    print_table(("date", "id", "time", ""), rows, right=(2,))
    return 0


def _assign(book: BookContext, args: argparse.Namespace) -> tuple[WorkEntry, ...]:
    with book.store.writing() as uow:
        names = args.entry or [each.id for each in list_unassigned(uow, args.account, book.today())]
        assigned = assign_work(uow, args.account, names, args.assign).value
        uow.commit()
    return assigned


def _json(entry: WorkEntry) -> shapes.Json:
    return {
        "id": entry.id,
        "on": shapes.day(entry.on),
        "minutes": entry.chargeable_minutes,
        "person": entry.person_id,
        "kind": entry.kind.value,
        "text": entry.text,
    }
