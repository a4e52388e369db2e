"""The commands credit, void, write-off, refund, apply-credit and write-down."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from retainerdesk.cli import billing_shapes, shapes
from retainerdesk.cli.output import print_json, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice, Payment, Settlement
from retainerdesk.domain.money import Money, parse_money
from retainerdesk.services import corrections
from retainerdesk.services.accounts import get_account
from retainerdesk.services.context import BookContext
from retainerdesk.services.invoices import get_invoice
from retainerdesk.services.results import Outcome
from retainerdesk.services.units import UnitOfWork

T = TypeVar("T")


def _correct(
    book: BookContext, args: argparse.Namespace, change: Callable[[UnitOfWork, date], Outcome[T]]
) -> T:
    """Run one correction; with --dry-run it is computed whole and then not kept."""
    with book.store.writing() as uow:
        result = change(uow, book.today()).value
        if not args.dry_run:
            uow.commit()
    return result


def credit(book: BookContext, args: argparse.Namespace) -> int:
    """A credit note on an invoice: whole, by line, or an amount with tax."""

    def change(uow: UnitOfWork, today: date) -> Outcome[corrections.CreditResult]:
        unit = get_invoice(uow, args.number).currency
        amounts = _amounts_of_lines(args.line, unit) if args.line else None
        gross = parse_money(args.amount, unit, "amount") if args.amount else None
        command = corrections.CreditCommand(args.number, args.reason, amounts, gross)
        return corrections.issue_credit_note(uow, command, today)

    result = _correct(book, args, change)
    note, applied = result.note, result.applied
    if args.json:
        print_json(
            {
                "dry_run": args.dry_run,
                "credit_note": _document(note),
                "applied": _settlement(applied) if applied else None,
                "left": str(result.left),
            }
        )
        return 0
    _say_dry_run(args)
    say(f"{note.number}  {note.buyer.name}  {note.totals.gross} {note.currency}, corrects {note.corrects}")
    if applied:
        say(f"  {applied.amount} {note.currency} used for {applied.invoice_number}")
    if result.left:
        say(f"  {result.left} {note.currency} left: apply it with apply-credit, or pay it back with refund")
    return 0


def _amounts_of_lines(parts: list[str], unit: str) -> dict[int, Money]:
    amounts: dict[int, Money] = {}
    for part in parts:
        position, _, amount = part.partition("=")
        if not position.isascii() or not position.isdigit():
            raise RuleViolation(
                "credit.line", f"“{part}” is not a line and its amount, like 2=150.00.", "line"
            )
        if int(position) in amounts:
            raise RuleViolation("credit.line", f"Line {position} is given twice; join its amounts.", "line")
        amounts[int(position)] = parse_money(amount, unit, "line")
    return amounts


def void(book: BookContext, args: argparse.Namespace) -> int:
    """Cancel a document; its number is kept and its charges are due again."""
    result = _correct(
        book, args, lambda uow, today: corrections.void_document(uow, args.number, args.reason, today)
    )
    if args.json:
        print_json({"dry_run": args.dry_run, "void": _document(result)})
        return 0
    _say_dry_run(args)
    say(f"{result.number} is void. Its charges are proposed again by the next run of bill.")
    return 0


def write_off(book: BookContext, args: argparse.Namespace) -> int:
    """Give up what is open of an invoice, or a part of it."""

    def change(uow: UnitOfWork, today: date) -> Outcome[Settlement]:
        amount = _maybe_money(args.amount, get_invoice(uow, args.number).currency)
        return corrections.write_off(uow, args.number, args.reason, today, amount)

    return _say_settlement(args, _correct(book, args, change), "written off")


def refund(book: BookContext, args: argparse.Namespace) -> int:
    """Pay back what is left of a credit note, or of what an account paid."""

    def change(uow: UnitOfWork, today: date) -> Outcome[Settlement]:
        amount = _maybe_money(args.amount, get_account(uow, args.account).currency)
        return corrections.refund(
            uow, args.account, args.reason, today, amount=amount, source_number=args.credit_note
        )

    return _say_settlement(args, _correct(book, args, change), "paid back")


def apply_credit(book: BookContext, args: argparse.Namespace) -> int:
    """Use an account's credit notes and unused money for what it owes, oldest due first."""

    def change(uow: UnitOfWork, today: date) -> Outcome[corrections.CreditUsed]:
        amount = _maybe_money(args.amount, get_account(uow, args.account).currency)
        return corrections.apply_credit(
            uow,
            args.account,
            today,
            source_number=args.credit_note,
            invoice_number=args.invoice,
            amount=amount,
        )

    used = _correct(book, args, change)
    if args.json:
        print_json(
            {
                "dry_run": args.dry_run,
                "applied": [_settlement(each) for each in used.settlements],
                "payments": [_payment(each) for each in used.payments],
            }
        )
        return 0
    _say_dry_run(args)
    for each in used.settlements:
        say(f"{each.amount} {each.amount.currency} of {each.source_number} used for {each.invoice_number}")
    for payment in used.payments:
        parts = ", ".join(f"{part.amount} to {part.invoice_number}" for part in payment.allocations)
        say(f"payment {payment.id} of {payment.on}: {parts}")
    return 0


def write_down(book: BookContext, args: argparse.Namespace) -> int:
    """Give up minutes of a work entry before they are billed; they still cost."""
    entry = _correct(
        book,
        args,
        lambda uow, _: corrections.write_down(uow, args.account, args.entry, args.minutes, args.reason),
    )
    if args.json:
        written = {"account": entry.account_id, "id": entry.id, "minutes": entry.minutes}
        print_json({"dry_run": args.dry_run, **written, "written_down_minutes": entry.written_down_minutes})
        return 0
    _say_dry_run(args)
    say(f"{entry.written_down_minutes} of {entry.minutes} minutes of {entry.on} are written down.")
    return 0


def _maybe_money(text: str | None, unit: str) -> Money | None:
    if text is None:
        return None
    amount = parse_money(text, unit, "amount")
    if amount.minor <= 0:
        raise RuleViolation("settlement.amount", "The amount must be above zero.", "amount")
    return amount


def _say_dry_run(args: argparse.Namespace) -> None:
    if args.dry_run:
        say("Nothing was changed; this is what would be done:")


def _say_settlement(args: argparse.Namespace, made: Settlement, done: str) -> int:
    if args.json:
        print_json({"dry_run": args.dry_run, "settlement": _settlement(made)})
        return 0
    _say_dry_run(args)
    what = made.invoice_number or made.source_number or made.account_id
    say(f"{made.amount} {made.amount.currency} {done} ({what}).")
    return 0


def _document(document: Invoice) -> shapes.Json:
    return {
        **billing_shapes.issued(document),
        "kind": document.kind.value,
        "status": document.status.value,
        "corrects": document.corrects,
        "reason": document.voided.reason if document.voided else document.reason,
        "payable": str(document.payable),
        **billing_shapes.totals(document.totals),
    }


def _settlement(made: Settlement) -> shapes.Json:
    return {
        "id": made.id,
        "account": made.account_id,
        "on": shapes.day(made.on),
        "kind": made.kind.value,
        "amount": str(made.amount),
        "currency": made.amount.currency,
        "invoice": made.invoice_number,
        "credit_note": made.source_number,
        "reason": made.reason,
    }


def _payment(payment: Payment) -> shapes.Json:
    parts = [{"invoice": part.invoice_number, "amount": str(part.amount)} for part in payment.allocations]
    return {"id": payment.id, "on": shapes.day(payment.on), "allocations": parts}
