"""The commands blocks, block, exit and goodwill."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from retainerdesk.cli import billing_shapes, shapes
from retainerdesk.cli.output import hours, print_json, print_table, say
from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exit_settlement import ExitCommand, ExitSettlement, LotValue
from retainerdesk.domain.money import Money, parse_decimal, parse_money
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period import add_months
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.services.accounts import get_account
from retainerdesk.services.blocks import BlockLine, add_block, decide_leftover, list_blocks
from retainerdesk.services.context import BookContext
from retainerdesk.services.exits import apply_exit, preview_exit
from retainerdesk.services.goodwill import GoodwillReport, goodwill_reports, save_goodwill_pdf
from retainerdesk.services.rows import new_row_id
from retainerdesk.services.units import UnitOfWork


def show_blocks(book: BookContext, args: argparse.Namespace) -> int:
    """Every block with what is left of it."""
    today = book.today()
    with book.store.reading() as uow:
        lines = list_blocks(uow, today, args.account)
    if args.json:
        print_json({"as_of": shapes.day(today), "blocks": [_line_json(each) for each in lines]})
        return 0
    if not lines:
        say("No blocks were sold.")
        return 0
    rows = [
        (
            each.account_id, each.block.id, each.block.name, _words(each, each.block.amount),
            _words(each, each.ledger.remaining), str(each.block.ends_on or ""),
            each.ledger.state.value.replace("_", " "),
        )
        for each in lines
    ]  # fmt: skip
    print_table(("account", "id", "block", "sold", "left", "ends", "state"), rows, right=(3, 4))
    return 0


def _words(line: BlockLine, amount: int) -> str:
    return used_words(amount, line.block.unit, line.block.price.currency)


def _line_json(line: BlockLine) -> shapes.Json:
    block, ledger = line.block, line.ledger
    figures = {
        name: shapes.in_unit(getattr(ledger, name), block.unit, block.price.currency)
        for name in ("granted", "burned", "expired", "refunded", "remaining")
    }
    return {
        "account": line.account_id,
        "id": block.id,
        "retainer": block.retainer_id,
        "name": block.name,
        "on": shapes.day(block.on),
        "unit": block.unit.value,
        "amount": shapes.in_unit(block.amount, block.unit, block.price.currency),
        "price": str(block.price),
        "state": ledger.state.value,
        "opened_on": shapes.day(ledger.opened_on),
        "ends_on": shapes.day(block.ends_on),
        "leftover": block.fate.value,
        "invoice": line.sold_by,
        **figures,
        "rest_of_price": str(line.refund),
        "burns": [
            {
                "on": shapes.day(burn.on),
                "source": burn.source_id or None,
                "amount": shapes.in_unit(burn.amount, block.unit, block.price.currency),
            }
            for burn in ledger.burns
        ],
    }


def change_block(book: BookContext, args: argparse.Namespace) -> int:
    """Sell a block, or decide about the rest of one."""
    today = book.today()
    with book.store.writing() as uow:
        if args.action == "add":
            currency = get_account(uow, args.account).currency
            block = add_block(uow, _block(args, currency, today)).value
        else:
            if not (args.id and args.leftover):
                raise RuleViolation("usage", "Deciding needs --id and --leftover.")
            decision = LeftoverDecision(args.on or today, Leftover(args.leftover), args.reason, args.until)
            block = decide_leftover(uow, args.account, args.id, decision, today).value
        uow.commit()
    with book.store.reading() as uow:
        line = next(each for each in list_blocks(uow, today, args.account) if each.block.id == block.id)
    if args.json:
        print_json({"as_of": shapes.day(today), "block": _line_json(line)})
    else:
        state = line.ledger.state.value.replace("_", " ")
        say(f"{block.name} ({block.id}): {_words(line, block.amount)}, {state}")
    return 0


def _block(args: argparse.Namespace, currency: str, today: date) -> Block:
    unit, amount = _amount(args, currency)
    if args.price is None or not args.name:
        raise RuleViolation("usage", "Selling a block needs --name and --price.")
    rate: Decimal | None = None if args.rate is None else parse_decimal(args.rate, "rate")
    return Block(
        args.account, args.id or new_row_id("block"), args.on or today, args.name, unit, amount,
        parse_money(args.price, currency, "price"), args.retainer, args.expires,
        None if args.low_at is None else _in_unit(args.low_at, unit, currency),
        Leftover(args.leftover or Leftover.ASK), OpenedBy(args.opened_by), rate,
    )  # fmt: skip


def _amount(args: argparse.Namespace, currency: str) -> tuple[UsageUnit, int]:
    if args.money is not None:
        return UsageUnit.MONEY, parse_money(args.money, currency, "money").minor
    if args.minutes is not None:
        return UsageUnit.MINUTES, args.minutes
    if args.sessions is not None:
        return UsageUnit.SESSIONS, args.sessions
    raise RuleViolation("usage", "Say what it holds: --minutes, --money or --sessions.")


def _in_unit(text: str, unit: UsageUnit, currency: str) -> int:
    if unit is UsageUnit.MONEY:
        return parse_money(text, currency, "low_at").minor
    if not text.isdigit():
        raise RuleViolation("usage", f"“{text}” is not a whole number.", "low_at")
    return int(text)


def settle_exit(book: BookContext, args: argparse.Namespace) -> int:
    """Show what ending a retainer comes to; with --apply end it."""
    today = book.today()
    blocks = None if args.blocks is None else Leftover(args.blocks)
    command = ExitCommand(args.account, args.retainer, args.on, LotValue(args.lots), blocks)
    if args.apply:
        with book.store.writing() as uow:
            settlement = apply_exit(uow, command, today).value
            uow.commit()
    else:
        with book.store.reading() as uow:
            settlement = preview_exit(uow, command, today)
    if args.json:
        print_json({"as_of": shapes.day(today), "applied": args.apply, **_exit_json(settlement)})
    else:
        _say_exit(settlement, applied=args.apply)
    return 0


def _exit_json(settlement: ExitSettlement) -> shapes.Json:
    plan, command = settlement.retainer.plans[-1], settlement.command
    return {
        "account": command.account_id,
        "retainer": command.retainer_id,
        "on": shapes.day(command.on),
        "lines": [billing_shapes.charge(each) for each in settlement.lines],
        "total": str(settlement.total),
        "currency": settlement.total.currency,
        "lots_left": shapes.in_unit(settlement.lots_left, plan.unit, plan.fee.currency),
        "unit": plan.unit.value,
        "blocks": [each.id for each in settlement.blocks],
        "notes": list(settlement.notes),
    }


def _say_exit(settlement: ExitSettlement, *, applied: bool) -> None:
    rows = [
        (f"{each.key.service.start} – {each.key.service.last_day}", each.text, each.why, str(each.net))
        for each in settlement.lines
    ]
    if rows:
        print_table(("days", "line", "why", "net"), rows, right=(3,))
    say(f"Total {settlement.total} {settlement.total.currency} without tax.")
    for note in settlement.notes:
        say(note)
    done = "Ended; the next run proposes these lines." if applied else "Nothing was changed; --apply ends it."
    say(done)


def show_goodwill(book: BookContext, args: argparse.Namespace) -> int:
    """What was given away; by default in the last 12 full months and the running one."""
    today = book.today()
    to_on = args.to_on or add_months(today.replace(day=1), 1)
    from_on = args.from_on or add_months(to_on.replace(day=1), -12)
    with book.store.reading() as uow:
        reports = goodwill_reports(uow, args.account, from_on, to_on, today)
        if args.pdf:
            _write_goodwill(uow, reports, book, args)
    if args.json:
        span = {"from": shapes.day(from_on), "to": shapes.day(to_on)}
        print_json({**span, "accounts": [_goodwill_json(each) for each in reports]})
        return 0
    for report in reports:
        say(f"\n{report.account_name}: {hours(report.minutes)}, worth {_money(report.value)}")
        rows = [
            (str(each.span.last_day), each.kind.value.replace("_", " "), hours(each.minutes),
             "" if each.value is None else str(each.value), each.reason or each.text)
            for each in report.given
        ]  # fmt: skip
        print_table(("date", "what", "time", "worth", ""), rows, right=(2, 3))
    return 0


def _write_goodwill(
    uow: UnitOfWork, reports: Sequence[GoodwillReport], book: BookContext, args: argparse.Namespace
) -> None:
    if args.account is None:
        message = "A statement is for one account; name it with --account."
        raise RuleViolation("goodwill.account", message, "account")
    save_goodwill_pdf(uow, reports[0], book.files, Path(args.pdf), book.today())


def _money(amount: Money) -> str:
    return f"{amount} {amount.currency}"


def _goodwill_json(report: GoodwillReport) -> shapes.Json:
    return {
        "account": report.account_id,
        "currency": report.value.currency,
        "minutes": report.minutes,
        "value": str(report.value),
        "given": [
            {
                "retainer": each.retainer_id or None,
                "kind": each.kind.value,
                "from": shapes.day(each.span.start),
                "to": shapes.day(each.span.end),
                "minutes": each.minutes,
                "value": None if each.value is None else str(each.value),
                "text": each.text,
                "reason": each.reason,
            }
            for each in report.given
        ],
    }
