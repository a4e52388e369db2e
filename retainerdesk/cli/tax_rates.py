"""The command tax-rates: what is in force where, since when, by which source; and rows of the book."""

from __future__ import annotations

import argparse
from datetime import date

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import parse_decimal
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.services import tax_rates as rates
from retainerdesk.services.business import get_business
from retainerdesk.services.context import BookContext
from retainerdesk.services.units import UnitOfWork


def tax_rates(book: BookContext, args: argparse.Namespace) -> int:
    """List the rates of a country; set, end or remove one first if that is asked."""
    day = args.on or book.today()
    if args.do == "list":
        with book.store.reading() as uow:
            country, rows = _rows(uow, args, day)
    else:
        with book.store.writing() as uow:
            _change(uow, args, day)
            country, rows = _rows(uow, args, day)
            if not args.dry_run:
                uow.commit()
    if args.json:
        found = [_shape(each) for each in rows]
        print_json({"country": country, "on": shapes.day(day), "dry_run": args.dry_run, "rates": found})
        return 0
    if args.dry_run:
        say("Nothing was changed (--dry-run).")
    _say(country, rows)
    return 0


def _rows(uow: UnitOfWork, args: argparse.Namespace, day: date) -> tuple[str, tuple[TaxRate, ...]]:
    country = _country(uow, args)
    if args.all:
        return country, rates.rows_of(rates.tax_rate_table(uow), country)
    return country, rates.rates_in_force(uow, country, day)


def _country(uow: UnitOfWork, args: argparse.Namespace) -> str:
    country: str = (args.country or get_business(uow).country).upper()
    if not country:
        raise RuleViolation("tax_rate.country", "The business has no country: name one with --country DE.")
    return country


def _change(uow: UnitOfWork, args: argparse.Namespace, day: date) -> None:
    country, category = _country(uow, args), TaxCategory(args.category)
    name = args.name or category.value.capitalize()
    if args.do == "set":
        rates.set_rate(uow, _asked(args, country, category, name))
    elif args.do == "end":
        if args.until is None:
            raise RuleViolation(
                "tax_rate.until", "Say the first day it no longer counts: --until 2027-01-01."
            )
        rates.end_rate(uow, rates.find_rate(uow, country, category, name, day), args.until)
    else:
        rates.remove_rate(uow, _own(uow, args, (country, category, name.casefold())))


def _own(uow: UnitOfWork, args: argparse.Namespace, line: tuple[str, TaxCategory, str]) -> TaxRate:
    """The one row of the book of that rate; the first day tells them apart."""
    own = [each for each in rates.list_own_rates(uow) if each.line == line]
    found = [each for each in own if args.from_on in (None, each.from_on)]
    if len(found) != 1:
        days = ", ".join(str(each.from_on) for each in own) or "none"
        message = f"Rows of the book for that rate of {line[0]} begin on: {days}. Name one with --from."
        raise RuleViolation("tax_rate.unknown", message)
    return found[0]


def _asked(args: argparse.Namespace, country: str, category: TaxCategory, name: str) -> TaxRate:
    if args.percent is None or args.from_on is None:
        message = "Say the rate and its first day: --percent 19 --from 2027-01-01."
        raise RuleViolation("tax_rate.percent", message, "percent")
    percent = parse_decimal(args.percent, "percent")
    return TaxRate(country, category, name, percent, args.from_on, args.until, args.source)


def _shape(rate: TaxRate) -> shapes.Json:
    return {
        "country": rate.country,
        "category": rate.category.value,
        "name": rate.name,
        "percent": shapes.number(rate.percent),
        "from": shapes.day(rate.from_on),
        "until": None if rate.until is None else shapes.day(rate.until),
        "source": rate.source,
        "own": rate.is_own,
    }


def _say(country: str, rows: tuple[TaxRate, ...]) -> None:
    if not rows:
        say(f"No rates of {country} are known. Add one with tax-rates set.")
        return
    table = [
        (
            each.category.value,
            each.name,
            f"{shapes.number(each.percent)} %",
            str(each.from_on),
            str(each.until or ""),
            "yours" if each.is_own else "",
            each.source,
        )
        for each in rows
    ]
    print_table(("category", "name", "rate", "from", "until", "", "source"), table, right=(2,))
