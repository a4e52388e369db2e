"""The command pay: record money received."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.foreign_payment import BookDifference, book_difference, settled_by
from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money, parse_decimal, parse_money
from retainerdesk.services.accounts import get_account
from retainerdesk.services.context import BookContext
from retainerdesk.services.exchange_rates import known_currency, load_rates
from retainerdesk.services.payments import open_invoices, propose_allocations, record_payment
from retainerdesk.services.rows import new_row_id
from retainerdesk.services.units import UnitOfWork


def pay(book: BookContext, args: argparse.Namespace) -> int:
    """Record a payment and say what it settles and what stays as credit."""
    with book.store.writing() as uow:
        payment = record_payment(uow, _payment(uow, args, book)).value
        difference = book_difference(payment, load_rates(uow))
        if not args.dry_run:
            uow.commit()
    rest = payment.amount.minor - sum(part.amount.minor for part in payment.allocations)
    left = Money(rest, payment.amount.currency)
    if args.json:
        document = {"payment": _payment_json(payment), "credit": str(left), "book_rate": _book(difference)}
        print_json({"dry_run": args.dry_run, **document})
    else:
        _say(payment, left, difference, dry_run=args.dry_run)
    return 0


def _payment(uow: UnitOfWork, args: argparse.Namespace, book: BookContext) -> Payment:
    own = get_account(uow, args.account).currency
    currency = known_currency(args.currency.upper()) if args.currency else own
    paid = parse_money(args.amount, currency, "amount")
    rate = parse_decimal(args.rate, "rate") if args.rate else None
    settles = parse_money(args.settles, own, "settles") if args.settles else None
    if currency == own and (rate is not None or settles is not None):
        message = f"{args.account} has invoices in {own}: a payment in it needs no rate."
        raise RuleViolation("payment.rate", message, "rate")
    amount = settled_by(paid, own, rate, settles)
    fee = parse_money(args.fee, currency, "fee") if args.fee else None
    return Payment(
        args.account, new_row_id("pay"), args.on or book.today(), amount,
        tuple(_allocations(uow, args, amount)), fee, args.text.strip(),
        None if currency == own else paid, rate,
    )  # fmt: skip


def _allocations(uow: UnitOfWork, args: argparse.Namespace, amount: Money) -> Sequence[Allocation]:
    if args.unallocated:
        return ()
    if not args.invoice:
        return propose_allocations(uow, args.account, amount)
    open_now = {each.number: each.balance for each in open_invoices(uow, args.account)}
    found, left = [], amount
    for text in args.invoice:
        number, _, part = text.rpartition("=") if "=" in text else (text, "", "")
        whole = min(left, open_now.get(number, left))
        taken = parse_money(part, amount.currency, "invoice") if part else whole
        found.append(Allocation(number, taken))
        left -= taken
    return found


def _say(payment: Payment, left: Money, difference: BookDifference | None, *, dry_run: bool) -> None:
    if dry_run:
        say("Dry run: nothing was changed.")
    unit = payment.amount.currency
    came = f" ({payment.paid} {payment.paid.currency} came)" if payment.received else ""
    say(f"{payment.account_id}: {payment.amount} {unit} on {payment.on}{came}")
    for part in payment.allocations:
        say(f"  {part.amount} {unit} for {part.invoice_number}")
    if left:
        say(f"  {left} {unit} stay as credit")
    if difference is not None:
        more = "more" if difference.difference.minor >= 0 else "less"
        off = Money(abs(difference.difference.minor), unit)
        say(f"  {off} {unit} {more} than by the rate of the book: {difference.rate.words}")


def _payment_json(payment: Payment) -> shapes.Json:
    return {
        "id": payment.id,
        "account": payment.account_id,
        "on": shapes.day(payment.on),
        "amount": str(payment.paid),
        "currency": payment.paid.currency,
        "settles": str(payment.amount),
        "rate": shapes.number(payment.rate) if payment.rate is not None else None,
        "fee": str(payment.fee) if payment.fee is not None else None,
        "allocations": [
            {"invoice": part.invoice_number, "amount": str(part.amount)} for part in payment.allocations
        ],
    }


def _book(difference: BookDifference | None) -> shapes.Json | None:
    if difference is None:
        return None
    by_book = {"settles": str(difference.by_book), "difference": str(difference.difference)}
    return {**shapes.rate(difference.rate.stored), **by_book}
