"""The command late-interest: the rates of the law, half-years that are added, rates agreed with accounts."""

from __future__ import annotations

import argparse
from dataclasses import replace

from retainerdesk.cli import shapes
from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.account import Account
from retainerdesk.domain.agreed_interest import agreed_bps, agreed_percent
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late_interest import ReferenceRates
from retainerdesk.domain.late_interest_table import OwnRate, references_of
from retainerdesk.domain.money import parse_decimal
from retainerdesk.services.accounts import change_account, get_account, list_accounts
from retainerdesk.services.context import BookContext
from retainerdesk.services.late_interest_rates import (
    add_own_rate,
    late_interest_table,
    list_own_rates,
    remove_own_rate,
)

_SHOWN = 6


def late_interest(book: BookContext, args: argparse.Namespace) -> int:
    """The table and what was agreed; options change them first."""
    if args.add or args.remove:
        _change(book, args)
    if args.agreed or args.by_law:
        _agree(book, args)
    with book.store.reading() as uow:
        references = references_of(late_interest_table(uow))
        agreed = [each for each in list_accounts(uow) if each.late_interest_bps is not None]
    if args.json:
        rates = [{"account": each.id, "percent": _agreed(each)} for each in agreed]
        print_json({"references": [_reference(each) for each in references], "agreed": rates})
        return 0
    for reference in references:
        say(f"\n{reference.id}: {reference.name}, known through {reference.known.last_day}")
        rows = [
            (str(each.from_on), f"{each.percent} %", "added" if each.is_own else "", each.source)
            for each in reference.rates[-_SHOWN:]
        ]
        print_table(("from", "rate", "", "compared with, or read in"), rows, right=(1,))
    if agreed:
        say("\nAgreed with accounts, instead of the law's rate")
        print_table(("account", "a year"), [(each.id, f"{_agreed(each)} %") for each in agreed], right=(1,))
    return 0


def _agree(book: BookContext, args: argparse.Namespace) -> None:
    with book.store.writing() as uow:
        bps = None
        if args.agreed:
            if args.percent is None:
                raise RuleViolation("late_interest.percent", "Say the rate: --percent 12.", "percent")
            bps = agreed_bps(parse_decimal(args.percent, "percent"))
        account = get_account(uow, args.agreed or args.by_law)
        change_account(uow, replace(account, late_interest_bps=bps))
        uow.commit()


def _agreed(account: Account) -> str | None:
    bps = account.late_interest_bps
    return None if bps is None else shapes.number(agreed_percent(bps))


def _change(book: BookContext, args: argparse.Namespace) -> None:
    if args.from_on is None:
        raise RuleViolation("late_interest.from", "Say from which day: --from 2026-07-01.", "from")
    with book.store.writing() as uow:
        if args.remove:
            found = [each for each in list_own_rates(uow) if each.id == f"{args.remove}/{args.from_on}"]
            if not found:
                message = f"No rate of {args.remove} from {args.from_on} was added to this book."
                raise RuleViolation("late_interest.unknown", message, "from")
            remove_own_rate(uow, found[0])
        else:
            add_own_rate(uow, _own_rate(args))
        uow.commit()


def _own_rate(args: argparse.Namespace) -> OwnRate:
    if args.percent is None:
        raise RuleViolation("late_interest.percent", "Say the rate: --percent 2.15.", "percent")
    return OwnRate(args.add, args.from_on, parse_decimal(args.percent, "percent"), args.source.strip())


def _reference(reference: ReferenceRates) -> shapes.Json:
    return {
        "reference": reference.id,
        "name": reference.name,
        "source": reference.source,
        "known_until": shapes.day(reference.known.end),
        "rates": [
            {
                "from": shapes.day(each.from_on),
                "percent": shapes.number(each.percent),
                "source": each.source or None,
                "added": each.is_own,
            }
            for each in reference.rates
        ],
    }
