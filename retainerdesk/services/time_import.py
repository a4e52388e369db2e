"""Time exports of Toggl Track, Clockify and Harvest: match, create what is missing if asked, add once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.account import Account, Person
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.names import KnownNames
from retainerdesk.exchange.csv_text import read_small
from retainerdesk.exchange.time_csv.match import TimeMatch, match_time
from retainerdesk.exchange.time_csv.parse import DateOrderNeeded, TimeImport, parse_time
from retainerdesk.exchange.time_csv.values import DateOrder
from retainerdesk.services.accounts import free_id
from retainerdesk.services.business import get_business
from retainerdesk.store.repositories import accounts, parties
from retainerdesk.store.repositories.books import load_account_files
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.unit_of_work import UnitOfWork

# Where people write 12/31: everybody else puts the day first.
_MONTH_FIRST = frozenset({"en_US", "en_PH", "en_CA"})


@dataclass(frozen=True, slots=True)
class TimeCounts:
    """What a time export brought; `offers` name accounts and people that could be created."""

    added: int
    left: int
    refused: tuple[str, ...]
    notes: tuple[str, ...]
    offers: tuple[str, ...]
    account_ids: tuple[str, ...] = ()


def import_time(uow: UnitOfWork, path: Path, date_order: str | None, *, create: bool) -> TimeCounts:
    """Add the entries of an export that match the book; the rest is refused by row, column and reason."""
    imported, notes = _parsed(path, date_order, get_business(uow).locale)
    match = match_time(imported, load_account_files(uow), parties.list_people(uow))
    if create:
        notes += _create_missing(uow, match)
        match = match_time(imported, load_account_files(uow), parties.list_people(uow))
    known = {(e.account_id, e.id) for f in load_account_files(uow) for e in f.work}
    fresh = [entry for entry in match.ready if (entry.account_id, entry.id) not in known]
    WORK.add(uow, *fresh)
    refused = tuple(f"{path.name}: {row}" for row in match.refused)
    hints = [] if create else _hints(match)
    return TimeCounts(
        len(fresh), len(match.ready) - len(fresh), refused, (*notes, *hints),
        tuple(each.name for each in (*match.unmatched_clients, *match.unmatched_people)),
        tuple(sorted({entry.account_id for entry in fresh})),
    )  # fmt: skip


def _parsed(path: Path, date_order: str | None, locale: str) -> tuple[TimeImport, list[str]]:
    """The export and what to say of it. Dates with two readings are read as the business writes them."""
    content = _content(path)
    notes = []
    try:
        imported = parse_time(content, DateOrder(date_order) if date_order else None)
    except DateOrderNeeded as unclear:
        order = DateOrder.MONTH_FIRST if locale in _MONTH_FIRST else DateOrder.DAY_FIRST
        imported = parse_time(content, order)
        words = order.value.replace("_", " ")
        notes.append(
            f"{path.name}: {unclear.example} was read {words}, as in {locale}; --date-order says otherwise."
        )
    except RuleViolation as refusal:
        raise RuleViolation(refusal.rule, f"{path.name}: {refusal.message}", refusal.field) from refusal
    notes.insert(0, f"{path.name} is a time export of {imported.source.value.capitalize()}.")
    return imported, notes


def _content(path: Path) -> bytes:
    try:
        return read_small(path)
    except OSError as problem:
        raise EnvironmentProblem(
            f"{path} cannot be read: {problem.strerror}.", "Check its permissions."
        ) from problem


def _hints(match: TimeMatch) -> list[str]:
    """Offers in words: what could be created, and similar names that might be meant."""
    hints = []
    for each in (*match.unmatched_clients, *match.unmatched_people):
        similar = ", ".join(proposal.name for proposal in each.proposals)
        meant = f" (similar: {similar})" if similar else ""
        hints.append(
            f"{each.name or each.email}: {each.rows} rows wait{meant}; --create adds what is missing."
        )
    return hints


def _create_missing(uow: UnitOfWork, match: TimeMatch) -> list[str]:
    notes = []
    business = get_business(uow)
    there = accounts.list_accounts(uow)
    taken, names = {each.id for each in there}, KnownNames((each.id, each.name) for each in there)
    for client in match.unmatched_clients:
        account = Account(
            free_id(client.name, taken), client.name, business.currency,
            locale=business.locale, country=business.country,
        )  # fmt: skip
        accounts.add_account(uow, account)
        taken.add(account.id)
        notes.append(f"Account “{account.name}” created as {account.id}.")
        if found := names.look_alike(account.name):
            notes.append(found.sentence)
        names.add(account.id, account.name)
    known = {person.id for person in parties.list_people(uow)}
    for each in match.unmatched_people:
        person = Person(free_id(each.name or each.email, known), each.name or each.email, email=each.email)
        parties.save_person(uow, person)
        known.add(person.id)
        notes.append(f"“{person.name}” added to the people as {person.id}; enter a cost rate.")
    return notes
