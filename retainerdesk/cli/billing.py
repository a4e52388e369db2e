"""The commands bill, invoices and invoice."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from retainerdesk.cli import billing_shapes, shapes
from retainerdesk.cli.output import complain, counted, print_json, print_table, progress_line, say
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.invoice import Invoice
from retainerdesk.services.business import get_business
from retainerdesk.services.context import BookContext
from retainerdesk.services.drafts import create_drafts
from retainerdesk.services.invoices import get_invoice_row, list_invoices, save_invoice_pdf, unprintable_in
from retainerdesk.services.issue_invoices import (
    IssueCommand,
    RunView,
    issue_invoices,
    preview_invoices,
)
from retainerdesk.services.views import ParkedRow

_NAMED = 3


def bill(book: BookContext, args: argparse.Namespace) -> int:
    """Propose the missing charges; without --dry-run issue them, one transaction an invoice."""
    today, confirmed = book.today(), frozenset(args.confirm)
    with book.store.reading() as uow:
        through = args.through or today + timedelta(days=get_business(uow).lead_days)
        run = preview_invoices(uow, through, today, account_id=args.account, confirmed=confirmed)
        warnings = unprintable_in(uow, run.proposals, book.files, today)
    for warning in warnings:
        complain(warning)
    issued: tuple[Invoice, ...] = ()
    drafted: tuple[Draft, ...] = ()
    parked = run.parked
    command = IssueCommand(run.proposals, through, confirmed, run.basis)
    if args.draft:
        made = create_drafts(book.store, command, today, progress_line("Drafting")).value
        drafted, parked = made.drafts, run.parked + made.parked
    elif not args.dry_run:
        result = issue_invoices(book.store, command, today, progress_line("Issuing")).value
        issued, parked = result.issued, run.parked + result.parked
    if args.json:
        print_json(
            {
                "as_of": shapes.day(today),
                "through": shapes.day(through),
                "proposed": [billing_shapes.proposal(each) for each in run.proposals],
                "parked": [billing_shapes.parked(each) for each in parked],
                "drafted": [each.id for each in drafted],
                "hints": [{"account": each.account_id, "text": each.text} for each in run.tax_hints],
                "issued": [billing_shapes.issued(each) for each in issued],
            }
        )
    else:
        _say_run(run)
        _say_result(args, len(run.proposals), drafted, issued)
    _say_parked(parked)
    for hint in run.tax_hints:
        complain(f"{run.account_names[hint.account_id]}: {hint.text}")
    return 0


def _say_run(run: RunView) -> None:
    rows = [
        (
            run.account_names[proposal.account_id],
            f"{charge.key.service.start} – {charge.key.service.last_day}",
            charge.text,
            charge.why,
            f"{net} {proposal.currency}",
        )
        for proposal in run.proposals
        for charge, net in zip(proposal.charges, proposal.charge_nets, strict=True)
    ]
    if rows:
        print_table(("account", "service", "charge", "why now", "net"), rows, right=(4,))


def _say_result(
    args: argparse.Namespace, proposed: int, drafted: tuple[Draft, ...], issued: tuple[Invoice, ...]
) -> None:
    if args.dry_run:
        say(f"{counted(proposed, 'invoice')} would be issued.")
        return
    if args.draft:
        for draft in drafted:
            say(f"{draft.id}  {draft.account_id}  {counted(len(draft.lines), 'line')}")
        say(f"{counted(len(drafted), 'draft')} kept; nothing is issued. See them with drafts.")
        return
    for invoice in issued:
        say(f"{invoice.number}  {invoice.buyer.name}  {invoice.totals.gross} {invoice.currency}")
    say(f"{len(issued)} issued.")


def _say_parked(parked: tuple[ParkedRow, ...]) -> None:
    """A sentence for each reason; what one reason parks is named together unless each needs its own yes."""
    together: dict[str, list[str]] = {}
    for row in parked:
        if row.can_confirm:
            hint = f"Release it with --confirm {row.account_id}."
            complain(f"{row.account_name} is parked: {row.reason}. {hint}")
        elif row.account_name not in (names := together.setdefault(row.reason, [])):
            names.append(row.account_name)
    for reason, names in together.items():
        complain(f"{_named(names)} parked: {reason}.")


def _named(names: list[str]) -> str:
    """ACME is · 12 accounts (ACME, Beta, Cora and 9 more) are."""
    if len(names) == 1:
        return f"{names[0]} is"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{len(names)} accounts ({', '.join(names[:_NAMED])}{more}) are"


def show_invoices(book: BookContext, args: argparse.Namespace) -> int:
    """The register of issued invoices."""
    with book.store.reading() as uow:
        rows = list_invoices(uow, book.today())
    if args.json:
        documents = [
            {
                "number": row.number,
                "account": row.account_id,
                "issued_on": shapes.day(row.issued_on),
                "due_on": shapes.day(row.due_on),
                "currency": row.gross.currency,
                "net": str(row.net),
                "gross": str(row.gross),
                "balance": str(row.balance),
                "state": row.state.value,
                "kind": row.kind.value,
                "corrects": row.corrects,
            }
            for row in rows
        ]
        print_json({"as_of": shapes.day(book.today()), "invoices": documents})
        return 0
    table = [
        (
            row.number,
            row.account_name,
            str(row.issued_on),
            str(row.due_on),
            f"{row.gross} {row.gross.currency}",
            str(row.balance),
            row.state.value.replace("_", " "),
        )
        for row in rows
    ]
    print_table(("number", "account", "issued", "due", "total", "open", "state"), table, right=(4, 5))
    return 0


def show_invoice(book: BookContext, args: argparse.Namespace) -> int:
    """One invoice; with --pdf the document is written, whole or not at all."""
    with book.store.reading() as uow:
        invoice, balance = get_invoice_row(uow, args.number)
        if args.pdf:
            save_invoice_pdf(uow, args.number, book.files, Path(args.pdf))
    if args.json:
        print_json({**billing_shapes.invoice_whole(invoice, balance), "pdf": args.pdf})
        return 0
    say(f"{invoice.number}  {invoice.buyer.name}  issued {invoice.issued_on}, due {invoice.due_on}")
    for line in invoice.lines:
        say(f"  {line.key.service.start} – {line.key.service.last_day}  {line.text}  {line.net}")
    for each in invoice.totals.tax:
        say(f"  tax {each.rate_percent.normalize():f} % on {each.base}: {each.amount}")
    say(f"  net {invoice.totals.net}, gross {invoice.totals.gross} {invoice.currency}")
    if invoice.withholding is not None:
        say(f"  less {invoice.withholding.amount} withheld")
    if invoice.rounding:
        say(f"  cash rounding {invoice.rounding}")
    say(f"  open {balance}")
    if args.pdf:
        say(f"Written to {args.pdf}.")
    return 0
