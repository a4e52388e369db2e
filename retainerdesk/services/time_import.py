"""Time exports of Toggl Track, Clockify and Harvest: match, create what is missing if asked, add once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retainerdesk.domain.account import Account, Person
from retainerdesk.exchange.time_csv.match import TimeMatch, match_time
from retainerdesk.exchange.time_csv.parse import TimeImport, parse_time
from retainerdesk.exchange.time_csv.values import DateOrder
from retainerdesk.services.accounts import free_id
from retainerdesk.services.business import get_business
from retainerdesk.store.repositories import accounts, parties
from retainerdesk.store.repositories.books import load_account_files
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TimeCounts:
    """What a time export brought; `offers` name accounts and people that could be created."""

    added: int
    left: int
    refused: tuple[str, ...]
    notes: tuple[str, ...]
    offers: tuple[str, ...]


def import_time(uow: UnitOfWork, path: Path, date_order: str | None, *, create: bool) -> TimeCounts:
    """Add the entries of an export that match the book; the rest is refused by row, column and reason."""
    order = DateOrder(date_order) if date_order else None
    imported = parse_time(path.read_bytes(), order)
    match = match_time(imported, load_account_files(uow), parties.list_people(uow))
    notes: list[str] = []
    if create:
        notes = _create_missing(uow, match)
        match = match_time(imported, load_account_files(uow), parties.list_people(uow))
    known = {(e.account_id, e.id) for f in load_account_files(uow) for e in f.work}
    fresh = [entry for entry in match.ready if (entry.account_id, entry.id) not in known]
    WORK.add(uow, *fresh)
    refused = tuple(f"{path.name}: {row}" for row in match.refused)
    hints = [] if create else _hints(match)
    return TimeCounts(
        len(fresh), len(match.ready) - len(fresh), refused, (*notes, *_said(path, imported), *hints),
        tuple(each.name for each in (*match.unmatched_clients, *match.unmatched_people)),
    )  # fmt: skip


def _said(path: Path, imported: TimeImport) -> list[str]:
    return [f"{path.name} is a time export of {imported.source.value.capitalize()}."]


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
    taken = {account.id for account in accounts.list_accounts(uow)}
    for client in match.unmatched_clients:
        account = Account(
            free_id(client.name, taken), client.name, business.currency,
            locale=business.locale, country=business.country,
        )  # fmt: skip
        accounts.add_account(uow, account)
        taken.add(account.id)
        notes.append(f"Account “{account.name}” created as {account.id}.")
    known = {person.id for person in parties.list_people(uow)}
    for each in match.unmatched_people:
        person = Person(free_id(each.name or each.email, known), each.name or each.email, email=each.email)
        parties.save_person(uow, person)
        known.add(person.id)
        notes.append(f"“{person.name}” added to the people as {person.id}; enter a cost rate.")
    return notes
