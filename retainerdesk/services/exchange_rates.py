"""Exchange rates: list, add, change and remove them, and read them from a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.account import Business
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.exchange_rate import ExchangeRate, Rates, check_rate
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import exchange_rates
from retainerdesk.store.repositories.accounts import get_account
from retainerdesk.store.repositories.parties import get_business
from retainerdesk.store.unit_of_work import UnitOfWork

# Margins and totals of every account may rest on a rate.
_CHANGES = Changes(money=True, business=True)


def list_rates(uow: UnitOfWork) -> tuple[ExchangeRate, ...]:
    """Every stored rate, by its currencies, then by date."""
    return exchange_rates.list_rates(uow)


def load_rates(uow: UnitOfWork) -> Rates:
    """The stored rates, to be asked for the one in force on a day."""
    return exchange_rates.load_rates(uow)


def rates_to_issue(uow: UnitOfWork, seller: Business, currency: str) -> Rates:
    """The rates a document in `currency` needs: none in the seller's own."""
    return Rates() if seller.currency == currency else load_rates(uow)


def add_rate(uow: UnitOfWork, rate: ExchangeRate) -> Outcome[ExchangeRate]:
    """Store a new rate; refused where those currencies have one of that day already."""
    check_rate(rate)
    known = next((each for each in list_rates(uow) if each.key == rate.key), None)
    if known is not None:
        message = (
            f"There is a rate from {rate.from_currency} to {rate.to_currency} of {rate.on} already:"
            f" {known.rate:f}; change that one."
        )
        raise RuleViolation("rate.taken", message, "on")
    exchange_rates.save_rate(uow, rate)
    return Outcome(rate, _CHANGES)


def change_rate(uow: UnitOfWork, old: ExchangeRate, new: ExchangeRate) -> Outcome[ExchangeRate]:
    """Put `new` in the place of `old`, also with other currencies or another day."""
    check_rate(new)
    if old.key != new.key:
        exchange_rates.delete_rate(uow, old)
        return add_rate(uow, new)
    exchange_rates.save_rate(uow, new)
    return Outcome(new, _CHANGES)


def remove_rate(uow: UnitOfWork, rate: ExchangeRate) -> Outcome[ExchangeRate]:
    """Take a rate out. What was computed from it is computed anew; issued documents keep theirs."""
    exchange_rates.delete_rate(uow, rate)
    return Outcome(rate, _CHANGES)


def set_rates(uow: UnitOfWork, rates: Sequence[ExchangeRate]) -> Outcome[tuple[ExchangeRate, ...]]:
    """Make these the stored rates: the others are taken out. Two of one pair and day are refused."""
    wanted = {rate.key: rate for rate in rates}
    for rate in rates:
        check_rate(rate)
        if wanted[rate.key] != rate or rates.count(rate) > 1:
            message = f"{rate.from_currency} to {rate.to_currency} of {rate.on} is there twice; keep one."
            raise RuleViolation("rate.taken", message, "on")
    before = {rate.key: rate for rate in list_rates(uow)}
    for key, rate in before.items():
        if key not in wanted:
            exchange_rates.delete_rate(uow, rate)
    for key, rate in wanted.items():
        if before.get(key) != rate:
            exchange_rates.save_rate(uow, rate)
    return Outcome(tuple(rates), _CHANGES)


def missing_rate(uow: UnitOfWork, account_id: str, today: date) -> tuple[str, str, date] | None:
    """The rate with which the margin of an account is known for every month shown; None if it is there.

    From, to, and the first of these days: a rate of that day is in force at the end of every later period.
    """
    currency, own = get_account(uow, account_id).currency, get_business(uow).currency
    from retainerdesk.services.known_account import margin_start

    first = margin_start(today)
    if currency == own or load_rates(uow).in_force(currency, own, first) is not None:
        return None
    return currency, own, first


def read_rate_table(text: str) -> tuple[tuple[ExchangeRate, ...], tuple[str, ...]]:
    """The rates of a table, and what is wrong with it, row by row: then nothing of it is to be used."""
    from retainerdesk.exchange.rates_csv import parse_rates

    table = parse_rates(text)
    return table.rates, tuple(map(str, table.refused))


@dataclass(frozen=True, slots=True)
class RateImport:
    """What reading a table of rates did: new ones, replaced ones, how many were there already."""

    added: tuple[ExchangeRate, ...]
    changed: tuple[ExchangeRate, ...]
    left: int
    refused: tuple[str, ...] = ()


def import_rates(uow: UnitOfWork, text: str) -> Outcome[RateImport]:
    """Store the rates of a table `date,from,to,rate`; nothing at all if a row is refused.

    A rate of the same currencies and day is replaced. The answer names what was refused, row by row.
    """
    read, refused = read_rate_table(text)
    if refused:
        return Outcome(RateImport((), (), 0, refused), Changes())
    result = _compared(read, list_rates(uow))
    for rate in (*result.added, *result.changed):
        exchange_rates.save_rate(uow, rate)
    return Outcome(result, _CHANGES)


def _compared(read: Iterable[ExchangeRate], stored: Iterable[ExchangeRate]) -> RateImport:
    known = {rate.key: rate for rate in stored}
    newest = {rate.key: rate for rate in read}
    added = tuple(rate for key, rate in newest.items() if key not in known)
    changed = tuple(rate for key, rate in newest.items() if key in known and known[key] != rate)
    return RateImport(added, changed, len(newest) - len(added) - len(changed))


def read_rate_file(path: Path) -> str:
    """The text of a file of rates, whatever its encoding. Raises EnvironmentProblem if it cannot be read."""
    from retainerdesk.exchange.csv_text import decode, read_small

    try:
        return decode(read_small(path))
    except OSError as problem:
        raise EnvironmentProblem(f"{path} cannot be read: {problem.strerror}.") from problem


def known_currency(text: str) -> str:
    """The code if it is a currency of ISO 4217; RuleViolation if it is none."""
    from retainerdesk.exchange.book.nodes import to_currency

    return to_currency(text)
