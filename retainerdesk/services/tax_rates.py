"""Tax rates by country and date: the program's table, and the rows of the book that win over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.domain.tax_rates import TaxRate, check_own_rate, rates_on, read_tax_rates, tax_hints
from retainerdesk.services.business import get_business
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.repositories import tax_rates
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.resources import resource_path

_CHANGES = Changes(business=True, money=True)


@dataclass(frozen=True, slots=True)
class TaxHint:
    """Something odd about the tax of what an account is owed, in a sentence."""

    account_id: str
    text: str


def program_rates() -> tuple[TaxRate, ...]:
    """The rows the program brings."""
    return read_tax_rates(resource_path("rates/tax_rates.json").read_text(encoding="utf-8"))


def tax_rate_table(uow: UnitOfWork) -> tuple[TaxRate, ...]:
    """Every row: those of the program, then those of the book."""
    return (*program_rates(), *tax_rates.list_tax_rates(uow))


def rates_in_force(uow: UnitOfWork, country: str, day: date) -> tuple[TaxRate, ...]:
    """The rates of a country in force on a day, standard first; empty where none are known."""
    return rates_on(tax_rate_table(uow), country, day)


def rates_of_business(uow: UnitOfWork, day: date) -> tuple[TaxRate, ...]:
    """The rates in force on a day in the country of the business."""
    return rates_in_force(uow, get_business(uow).country, day)


def rows_of(rates: Iterable[TaxRate], country: str) -> tuple[TaxRate, ...]:
    """Every row of a country, those of one rate together, the newest first."""
    rows = sorted((rate for rate in rates if rate.country == country), key=_newest, reverse=True)
    return tuple(sorted(rows, key=_row_place))


def _newest(rate: TaxRate) -> tuple[date, bool]:
    return rate.from_on, rate.is_own


def _row_place(rate: TaxRate) -> tuple[bool, str]:
    return rate.category is not TaxCategory.STANDARD, rate.name.casefold()


def hints_for(uow: UnitOfWork, proposals: Iterable[Proposal], today: date) -> tuple[TaxHint, ...]:
    """What is odd about the tax of these invoices if they were issued today; a sentence once an account."""
    country = get_business(uow).country
    known = [rate for rate in tax_rate_table(uow) if rate.country == country]
    found: dict[TaxHint, None] = {}
    for proposal in proposals if known else ():
        for charge in proposal.charges:
            for text in tax_hints(known, country, charge.tax, charge.key.service, today):
                found[TaxHint(proposal.account_id, text)] = None
    return tuple(found)


def set_rate(uow: UnitOfWork, rate: TaxRate) -> Outcome[TaxRate]:
    """Add a rate to the book, or replace its own row of that name and day. Refuses one without a source."""
    own = replace(rate, name=rate.name.strip(), source=rate.source.strip(), is_own=True)
    check_own_rate(own)
    tax_rates.save_tax_rate(uow, own)
    return Outcome(own, _CHANGES)


def end_rate(uow: UnitOfWork, rate: TaxRate, until: date) -> Outcome[TaxRate]:
    """End a rate: `until` is the first day it no longer counts. A row of the program is copied for that."""
    return set_rate(uow, replace(rate, until=until))


def find_rate(uow: UnitOfWork, country: str, category: TaxCategory, name: str, day: date) -> TaxRate:
    """The rate in force of that name. Raises RuleViolation if there is none, and says which there are."""
    in_force = rates_in_force(uow, country, day)
    for rate in in_force:
        if rate.line == (country, category, name.casefold()):
            return rate
    words = ", ".join(f"{rate.category.value} “{rate.name}”" for rate in in_force) or "none"
    message = f"No {category.value} rate “{name}” of {country} is in force on {day}; in force are: {words}."
    raise RuleViolation("tax_rate.unknown", message, "name")


def list_own_rates(uow: UnitOfWork) -> tuple[TaxRate, ...]:
    """The rows of the book, by country, category, name and day."""
    return tax_rates.list_tax_rates(uow)


def keep_own_rates(uow: UnitOfWork, rates: Iterable[TaxRate]) -> Outcome[tuple[TaxRate, ...]]:
    """Make these the rows of the book: what differs is written, what is missing is taken out."""
    before, wanted = list_own_rates(uow), tuple(rates)
    ids = {rate.id for rate in wanted}
    for rate in before:
        if rate.id not in ids:
            remove_rate(uow, rate)
    fresh = [rate for rate in wanted if rate not in before]
    for rate in fresh:
        set_rate(uow, rate)
    is_changed = bool(fresh) or len(before) != len(ids)
    return Outcome(wanted, _CHANGES if is_changed else Changes())


def remove_rate(uow: UnitOfWork, rate: TaxRate) -> Outcome[TaxRate]:
    """Take a row of the book out; the program's table counts again."""
    if not rate.is_own:
        message = f"“{rate.words}” is a row of the program; end it, or add a row from a later day."
        raise RuleViolation("tax_rate.not_own", message, "name")
    tax_rates.delete_tax_rate(uow, rate)
    return Outcome(rate, _CHANGES)
