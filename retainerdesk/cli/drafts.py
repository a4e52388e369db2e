"""The commands drafts and draft."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from retainerdesk.cli import billing_shapes, shapes
from retainerdesk.cli.output import complain, print_json, print_table, progress_line, say
from retainerdesk.domain.draft import Draft, DraftEdit
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKey
from retainerdesk.services import drafts as service
from retainerdesk.services.context import BookContext
from retainerdesk.services.drafts import DraftChange
from retainerdesk.services.invoices import save_draft_pdf, unprintable_drafts
from retainerdesk.services.issue_drafts import DraftView, issue_drafts, list_drafts, view_draft
from retainerdesk.services.issue_invoices import IssueResult
from retainerdesk.services.results import Outcome
from retainerdesk.services.units import UnitOfWork
from retainerdesk.services.views import ParkedRow

Change = Callable[[UnitOfWork, Draft, date], Outcome[DraftChange]]


def show_drafts(book: BookContext, args: argparse.Namespace) -> int:
    """The drafts of the book with what changed since; with --issue they are issued, one by one."""
    today = book.today()
    with book.store.reading() as uow:
        views = list_drafts(uow, today, args.account)
    result = _issued(book, [view.draft for view in views]) if args.issue else IssueResult((), ())
    if args.json:
        print_json(
            {
                "as_of": shapes.day(today),
                "drafts": [draft_shape(view) for view in views],
                "issued": [billing_shapes.issued(each) for each in result.issued],
                "parked": [billing_shapes.parked(each) for each in result.parked],
            }
        )
    elif args.issue:
        _say_issued(result)
    else:
        _say_drafts(views)
    for row in result.parked:
        _say_parked(row)
    return 0


def _say_drafts(views: Sequence[DraftView]) -> None:
    if not views:
        say("There are no drafts. bill --draft makes some.")
        return
    rows = [
        (
            view.draft.id,
            view.account_name,
            str(view.draft.made_on),
            str(len(view.draft.lines)),
            f"{view.state.totals.gross} {view.draft.currency}",
            view.obstacle,
        )
        for view in views
    ]
    print_table(("draft", "account", "made", "lines", "total", "in the way"), rows, right=(3, 4))


def _say_issued(result: IssueResult) -> None:
    for invoice in result.issued:
        say(f"{invoice.number}  {invoice.buyer.name}  {invoice.totals.gross} {invoice.currency}")
    say(f"{len(result.issued)} issued.")


def _say_parked(row: ParkedRow) -> None:
    complain(f"{row.account_name} is parked: {row.reason}.")


def draft(book: BookContext, args: argparse.Namespace) -> int:
    """One draft: shown, changed, issued, or given up."""
    if args.issue:
        return _issue_one(book, args)
    change = _edit(args) or _act(args)
    made = None if change is None else _kept(book, args.id, change)
    if args.json:
        print_json(_answer(book, args.id, made))
    else:
        _say_change(book, args.id, made)
    if args.pdf:
        with book.store.reading() as uow:
            save_draft_pdf(
                uow, view_draft(uow, args.id, book.today()).state, book.files, Path(args.pdf), book.today()
            )
    return 0


def _kept(book: BookContext, draft_id: str, change: Change) -> DraftChange:
    with book.store.writing() as uow:
        made = change(uow, service.get_draft(uow, draft_id), book.today()).value
        uow.commit()
    return made


def _act(args: argparse.Namespace) -> Change | None:
    """What is done with the draft as a whole; None if nothing was asked."""
    acts: tuple[tuple[object, Change], ...] = (
        (
            args.delete is not None,
            lambda uow, draft, today: service.delete_draft(uow, draft.id, args.delete, today),
        ),
        (args.put_back, lambda uow, draft, _today: service.put_back(uow, [draft.id])),
        (args.refresh, lambda uow, draft, today: service.refresh_draft(uow, draft.id, today)),
        (args.merge, lambda uow, draft, _today: service.merge_drafts(uow, [draft.id, *args.merge])),
        (
            args.split,
            lambda uow, draft, _today: service.split_draft(uow, draft.id, _keys(draft, args.split)),
        ),
        (
            args.take_out,
            lambda uow, draft, today: service.take_out(
                uow, draft.id, _keys(draft, args.take_out), today, args.reason
            ),
        ),
    )
    return next((change for asked, change in acts if asked), None)


def _edit(args: argparse.Namespace) -> Change | None:
    """The user's own words, order, note and discount; None if none was given."""
    if not args.text and args.order is None and args.note is None and args.discount is None:
        return None
    if _act(args) is not None:
        raise RuleViolation("draft.one_thing", "Edit a draft first, and do the other thing after that.")

    def change(uow: UnitOfWork, draft: Draft, _today: date) -> Outcome[DraftChange]:
        texts = dict(_numbered(draft, part) for part in args.text)
        order = None if args.order is None else _keys(draft, args.order)
        return service.edit_draft(uow, draft.id, DraftEdit(texts, order, args.note, _percent(args.discount)))

    return change


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        percent = Decimal(text)
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite():
        raise RuleViolation("draft.discount", f"“{text}” is not a percentage like 2.5.", "discount_percent")
    return percent


def _numbered(draft: Draft, part: str) -> tuple[ChargeKey, str]:
    number, sign, text = part.partition("=")
    if not sign or not number.isascii() or not number.isdigit():
        raise RuleViolation("draft.text", f"“{part}” is not a line and its text, like 2=Workshop.", "text")
    return _keys(draft, [int(number)])[0], text


def _keys(draft: Draft, numbers: Sequence[int]) -> list[ChargeKey]:
    """The lines of these numbers, counted from 1."""
    for number in numbers:
        if not 1 <= number <= len(draft.lines):
            message = f"Draft {draft.id} has lines 1 to {len(draft.lines)}, and no line {number}."
            raise RuleViolation("draft.line", message, "lines")
    return [draft.lines[number - 1].key for number in numbers]


def _issued(book: BookContext, shown: Sequence[Draft]) -> IssueResult:
    with book.store.reading() as uow:
        warnings = unprintable_drafts(uow, shown, book.files, book.today())
    for warning in warnings:
        complain(warning)
    return issue_drafts(book.store, shown, book.today(), progress_line("Issuing")).value


def _issue_one(book: BookContext, args: argparse.Namespace) -> int:
    with book.store.reading() as uow:
        shown = service.get_draft(uow, args.id)
    result = _issued(book, [shown])
    for row in result.parked:
        raise RuleViolation("draft.parked", f"{row.account_name} is parked: {row.reason}.")
    if args.json:
        print_json({"issued": [billing_shapes.issued(each) for each in result.issued]})
    else:
        _say_issued(result)
    return 0


def _answer(book: BookContext, draft_id: str, made: DraftChange | None) -> shapes.Json:
    ids = [draft_id] if made is None else [each.id for each in made.after]
    with book.store.reading() as uow:
        views = [view_draft(uow, each, book.today()) for each in ids]
    skipped = [billing_shapes.skip(each) for each in made.skips] if made else []
    return {
        "as_of": shapes.day(book.today()),
        "drafts": [draft_shape(view) for view in views],
        "skipped": skipped,
    }


def _say_change(book: BookContext, draft_id: str, made: DraftChange | None) -> None:
    ids = [draft_id] if made is None else [each.id for each in made.after]
    with book.store.reading() as uow:
        views = [view_draft(uow, each, book.today()) for each in ids]
    for view in views:
        _say_draft(view)
    if made is not None and not views:
        what = "its charges are skipped" if made.skips else "its charges are proposed again"
        say(f"Draft {draft_id} is gone; {what}.")


def _say_draft(view: DraftView) -> None:
    found = view.draft
    say(f"{found.id}  {view.account_name}  made {found.made_on}")
    for number, line in enumerate(found.lines, start=1):
        span = f"{line.key.service.start} – {line.key.service.last_day}"
        say(f"  {number}  {span}  {line.text}  {line.charge.net}")
    totals = view.state.totals
    say(f"  net {totals.net}, gross {totals.gross} {found.currency}")
    if found.note:
        say(f"  note: {found.note}")
    if view.obstacle:
        say(f"  {view.obstacle[:1].upper()}{view.obstacle[1:]}.")


def draft_shape(view: DraftView) -> shapes.Json:
    """One draft as `--json` answers it; `changed` are the differences since it was made."""
    found = view.draft
    return {
        "draft": found.id,
        "account": found.account_id,
        "currency": found.currency,
        "made_on": shapes.day(found.made_on),
        "note": found.note,
        "discount_percent": shapes.number(found.discount_percent),
        "lines": [
            {
                **billing_shapes.charge(each.line.charge),
                "text": each.line.text,
                "now": [str(charge.net) for charge in each.now],
                "changed": each.difference or None,
            }
            for each in view.state.lines
        ],
        **billing_shapes.totals(view.state.totals),
        "obstacle": view.obstacle or None,
    }
