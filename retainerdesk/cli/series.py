"""The command series: list the number series, add or change one, record numbers left out."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from retainerdesk.cli.output import print_json, print_table, say
from retainerdesk.domain.account import NumberGap, Series, SeriesPurpose, SeriesReset
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.numbering import place_on, series_for
from retainerdesk.services import number_series
from retainerdesk.services.accounts import change_account, get_account
from retainerdesk.services.context import BookContext
from retainerdesk.services.number_series import SeriesCommand
from retainerdesk.services.units import UnitOfWork


def series(book: BookContext, args: argparse.Namespace) -> int:
    """List, add, change or leave numbers out; with --dry-run it is computed whole and then not kept."""
    today = book.today()
    if args.do == "list":
        with book.store.reading() as uow:
            known = number_series.list_series(uow)
    else:
        with book.store.writing() as uow:
            _change(uow, args, today)
            known = number_series.list_series(uow)
            if not args.dry_run:
                uow.commit()
    if args.json:
        print_json({"dry_run": args.dry_run, "series": [_shape(each, known, today) for each in known]})
    else:
        _say(known, args, today)
    return 0


def _change(uow: UnitOfWork, args: argparse.Namespace, today: date) -> None:
    if not args.id:
        raise RuleViolation("series.id", f"Name the series: retainerdesk series {args.do} ID.", "id")
    if args.do == "gap":
        gap = NumberGap(args.first or 0, args.last or args.first or 0, args.reason, args.year)
        number_series.add_gap(uow, args.id, gap, today)
    elif args.do == "use":
        _use(uow, args)
    elif args.do == "add":
        if not args.format:
            message = "Say how its numbers look: --format E-{year}-{number:04}."
            raise RuleViolation("series.format", message, "format")
        asked = _asked(Series(args.id, args.format), args)
        number_series.add_series(uow, SeriesCommand(asked, args.reason), today)
    else:
        before = number_series.get_series(uow, args.id)
        asked = _asked(replace(before, next=place_on(before, today).sequence), args)
        number_series.change_series(uow, SeriesCommand(asked, args.reason), today)


def _use(uow: UnitOfWork, args: argparse.Namespace) -> None:
    """Let a series number the invoices of an account."""
    chosen = number_series.get_series(uow, args.id)
    if chosen.purpose is not SeriesPurpose.INVOICE:
        raise RuleViolation("series.purpose", f"“{chosen.title}” does not number invoices.", "id")
    if not args.account:
        raise RuleViolation("series.account", "Name the account: --account ID.", "account")
    change_account(uow, replace(get_account(uow, args.account), series_id=chosen.id))


def _asked(before: Series, args: argparse.Namespace) -> Series:
    """The series with what the options say; the others stay."""
    return replace(
        before,
        name=before.name if args.name is None else args.name,
        format=args.format or before.format,
        purpose=SeriesPurpose(args.purpose or before.purpose),
        reset=SeriesReset(args.reset or before.reset),
        year_starts_in=before.year_starts_in if args.year_starts_in is None else args.year_starts_in,
        is_default=args.default or before.is_default,
        next=before.next if args.next is None else args.next,
    )


def _shape(series: Series, known: tuple[Series, ...], today: date) -> dict[str, object]:
    place = place_on(series, today)
    return {
        "id": series.id,
        "name": series.title,
        "purpose": series.purpose.value,
        "format": series.format,
        "default": series_for(known, series.purpose) == series,
        "reset": series.reset.value,
        "year_starts_in": series.year_starts_in,
        "year": place.year or None,
        "next": place.sequence,
        "next_numbers": list(number_series.next_three(series, today)),
        "gaps": [
            {"year": gap.year or None, "from": gap.first, "to": gap.last, "reason": gap.reason}
            for gap in series.gaps
        ],
    }


def _say(known: tuple[Series, ...], args: argparse.Namespace, today: date) -> None:
    if args.dry_run:
        say("Nothing was changed (--dry-run).")
    rows = [
        (
            each.id,
            each.title,
            each.purpose.value.replace("_", " "),
            each.reset.value,
            "default" if series_for(known, each.purpose) == each else "",
            ", ".join(number_series.next_three(each, today)),
        )
        for each in known
    ]
    print_table(("id", "name", "numbers", "begins again", "", "next"), rows)
    for each in known:
        for gap in each.gaps:
            of_year = f" of {gap.year}" if gap.year else ""
            say(f"{each.id}: without {gap.first} to {gap.last}{of_year}: {gap.reason}")
