"""The commands deposits and deposit."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import parse_money
from retainerdesk.services import deposits
from retainerdesk.services.accounts import get_account
from retainerdesk.services.context import BookContext
from retainerdesk.services.rows import new_row_id
from retainerdesk.services.units import UnitOfWork


def show_deposits(book: BookContext, args: argparse.Namespace) -> int:
    """Every deposit with what is left of it."""
    with book.store.reading() as uow:
        lines = deposits.list_deposits(uow, args.account)
    if args.json:
        print_json({"deposits": [_json(each) for each in lines]})
    elif not lines:
        say("No deposits were agreed.")
    else:
        rows = [
            (
                each.account_id, each.deposit.id, str(each.deposit.on), each.deposit.text,
                f"{each.deposit.amount} {each.deposit.amount.currency}", str(each.ledger.deducted),
                str(each.ledger.left), each.ledger.state.value,
            )
            for each in lines
        ]  # fmt: skip
        print_table(
            ("account", "id", "on", "deposit", "amount", "used", "left", "state"), rows, right=(4, 5, 6)
        )
    return 0


def change_deposits(book: BookContext, args: argparse.Namespace) -> int:
    """Agree a deposit, say when it is used, or take it out."""
    actions = {"add": _add, "use": _use, "hold": _hold, "remove": _remove}
    with book.store.writing() as uow:
        deposit = actions[args.action](uow, args, book.today())
        uow.commit()
    with book.store.reading() as uow:
        known = deposits.list_deposits(uow, args.account)
    line = next((each for each in known if each.deposit.id == deposit.id), None)
    if args.json:
        print_json({"deposit": _json(line) if line else None})
    elif line is None:
        say(f"{deposit.text} ({deposit.id}) was taken out.")
    else:
        amount = f"{deposit.amount} {deposit.amount.currency}"
        say(f"{deposit.text} ({deposit.id}): {amount}, {line.ledger.state.value}")
    return 0


def _add(uow: UnitOfWork, args: argparse.Namespace, today: date) -> Deposit:
    if not (args.amount and args.text):
        raise RuleViolation("usage", "Agreeing a deposit needs --amount and --text.")
    on = args.on or today
    deposit = Deposit(
        args.account, args.id or new_row_id("deposit"), on, args.text,
        parse_money(args.amount, get_account(uow, args.account).currency, "amount"),
        args.retainer, deduct_from=None if args.hold else args.use_from or on,
    )  # fmt: skip
    return deposits.add_deposit(uow, deposit).value


def _use(uow: UnitOfWork, args: argparse.Namespace, today: date) -> Deposit:
    known = _known(uow, args)
    return deposits.change_deposit(uow, replace(known, deduct_from=args.use_from or today)).value


def _hold(uow: UnitOfWork, args: argparse.Namespace, today: date) -> Deposit:  # noqa: ARG001
    return deposits.change_deposit(uow, replace(_known(uow, args), deduct_from=None)).value


def _remove(uow: UnitOfWork, args: argparse.Namespace, today: date) -> Deposit:  # noqa: ARG001
    return deposits.remove_deposit(uow, _known(uow, args)).value


def _known(uow: UnitOfWork, args: argparse.Namespace) -> Deposit:
    if not args.id:
        raise RuleViolation("usage", "Say which deposit: --id (“deposits” lists them).")
    return deposits.get_deposit(uow, args.account, args.id)


def _json(line: deposits.DepositLine) -> shapes.Json:
    deposit, ledger = line.deposit, line.ledger
    return {
        "account": line.account_id,
        "id": deposit.id,
        "on": shapes.day(deposit.on),
        "text": deposit.text,
        "amount": str(deposit.amount),
        "currency": deposit.amount.currency,
        "retainer": deposit.retainer_id,
        "deduct_from": shapes.day(deposit.deduct_from),
        "state": ledger.state.value,
        "invoice": ledger.invoice.number if ledger.invoice is not None else None,
        "billed": str(ledger.billed),
        "credited": str(ledger.credited),
        "paid": str(ledger.paid),
        "deducted": str(ledger.deducted),
        "left": str(ledger.left),
        "available": str(ledger.available),
        "uses": [
            {"invoice": use.number, "on": shapes.day(use.on), "amount": str(use.amount)}
            for use in ledger.uses
        ],
    }
