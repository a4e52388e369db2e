"""The command rates: list, add, remove and import exchange rates."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from retainerdesk.cli import shapes
from retainerdesk.cli.output import complain, print_json, print_table, say
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.money import parse_decimal
from retainerdesk.services import exchange_rates
from retainerdesk.services.context import BookContext
from retainerdesk.services.exchange_rates import known_currency


def rates(book: BookContext, args: argparse.Namespace) -> int:
    """Do what was asked with the stored rates."""
    actions = {"list": _list, "add": _add, "remove": _remove, "import": _import}
    return actions[args.action](book, args)


def _list(book: BookContext, args: argparse.Namespace) -> int:
    with book.store.reading() as uow:
        known = exchange_rates.list_rates(uow)
    if args.json:
        print_json({"rates": [shapes.rate(each) for each in known]})
    elif not known:
        say("No exchange rates are stored. Add one: rates add --from GBP --to EUR --rate 1.17")
    else:
        rows = [
            (str(each.on), each.from_currency, each.to_currency, shapes.number(each.rate), each.source)
            for each in known
        ]
        print_table(("from day", "1", "is", "rate", "source"), rows, right=(3,))
    return 0


def _add(book: BookContext, args: argparse.Namespace) -> int:
    if not args.rate:
        raise RuleViolation("usage", "Adding a rate needs --from, --to and --rate.")
    rate = ExchangeRate(*_pair(args), _day(book, args), parse_decimal(args.rate, "rate"), args.source)
    with book.store.writing() as uow:
        exchange_rates.add_rate(uow, rate)
        uow.commit()
    return _say(args, rate, "Stored")


def _remove(book: BookContext, args: argparse.Namespace) -> int:
    key = (*_pair(args), _day(book, args))
    with book.store.writing() as uow:
        known = next((each for each in exchange_rates.list_rates(uow) if each.key == key), None)
        if known is None:
            message = f"There is no rate from {key[0]} to {key[1]} of {key[2]}; “rates list” shows them."
            raise RuleViolation("rate.unknown", message, "on")
        exchange_rates.remove_rate(uow, known)
        uow.commit()
    return _say(args, known, "Removed")


def _import(book: BookContext, args: argparse.Namespace) -> int:
    if not args.file:
        raise RuleViolation("usage", "Say which file: rates import FILE.")
    text = exchange_rates.read_rate_file(Path(args.file))
    with book.store.writing() as uow:
        result = exchange_rates.import_rates(uow, text).value
        uow.commit()
    if result.refused:
        for sentence in result.refused:
            complain(f"{args.file}: {sentence}")
        return 1
    counts = {"added": len(result.added), "changed": len(result.changed), "left": result.left}
    if args.json:
        print_json(counts)
    else:
        say("{added} added, {changed} changed, {left} were there already.".format(**counts))
    return 0


def _pair(args: argparse.Namespace) -> tuple[str, str]:
    if not (args.from_currency and args.to_currency):
        raise RuleViolation("usage", "Say which currencies: --from and --to.")
    return known_currency(args.from_currency.upper()), known_currency(args.to_currency.upper())


def _day(book: BookContext, args: argparse.Namespace) -> date:
    found: date = args.on or book.today()
    return found


def _say(args: argparse.Namespace, rate: ExchangeRate, done: str) -> int:
    if args.json:
        print_json({"rate": shapes.rate(rate)})
    else:
        figure = shapes.number(rate.rate)
        say(f"{done}: 1 {rate.from_currency} = {figure} {rate.to_currency} from {rate.on}")
    return 0
