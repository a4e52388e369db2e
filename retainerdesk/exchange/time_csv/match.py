"""Imported time matched to accounts, people and retainers: what is certain is ready, the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retainerdesk.domain.account import Person
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.work import WorkEntry
from retainerdesk.exchange.csv_text import RefusedRow
from retainerdesk.exchange.time_csv.names import Proposal, folded, proposals, same_name
from retainerdesk.exchange.time_csv.parse import TimeImport, TimeRow


@dataclass(frozen=True, slots=True)
class TimeMapping:
    """What the user decided: client name to account id, person's e-mail address or name to person id."""

    clients: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A client or person nobody in the book is called like, with similar names and how many rows wait."""

    name: str
    email: str
    rows: int
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """`ready` entries in file order; `refused` holds the rows the export had wrong and the unmatched ones."""

    ready: tuple[WorkEntry, ...]
    unmatched_clients: tuple[Unmatched, ...]
    unmatched_people: tuple[Unmatched, ...]
    refused: tuple[RefusedRow, ...]


def match_time(
    imported: TimeImport,
    accounts: Sequence[AccountFile],
    people: Sequence[Person],
    mapping: TimeMapping | None = None,
) -> TimeMatch:
    """Turn rows of time into work entries.

    An account is found by what the user mapped, its exact name or id, or its folded name; a person likewise,
    by e-mail address first. Similar names are proposed, never taken. The retainer is the account's only
    one, or the one called like the project; else the entry has none. Ids are the same at every import.
    """
    matcher = _Matcher(accounts, people, mapping or TimeMapping())
    ready: list[WorkEntry] = []
    refused = list(imported.refused)
    for row in imported.entries:
        account_id, person_id = matcher.account(row), matcher.person(row)
        if account_id is None:
            sentence = f"no account is called “{row.client}”: choose one, or create it."
            refused.append(RefusedRow(row.row, "Client", sentence, offers_account=row.client))
        elif person_id is None:
            named = row.person or row.email
            refused.append(RefusedRow(row.row, "User", f"nobody in the book is “{named}”: choose a person."))
        else:
            ready.append(matcher.entry(row, account_id, person_id))
    return TimeMatch(
        ready=tuple(ready),
        unmatched_clients=matcher.unmatched_clients(imported),
        unmatched_people=matcher.unmatched_people(imported),
        refused=tuple(sorted(refused, key=lambda item: item.row)),
    )


class _Matcher:
    """Finds accounts and people by name, each name once."""

    def __init__(
        self, accounts: Sequence[AccountFile], people: Sequence[Person], mapping: TimeMapping
    ) -> None:
        self._files = {file.account.id: file for file in accounts}
        self._account_names = {file.account.id: file.account.name for file in accounts}
        self._person_names = {person.id: person.name for person in people}
        self._emails = {person.email.strip().lower(): person.id for person in people if person.email.strip()}
        self._mapping = mapping
        self._clients: dict[str, str | None] = {}
        self._people: dict[tuple[str, str], str | None] = {}

    def account(self, row: TimeRow) -> str | None:
        if row.client not in self._clients:
            chosen = self._mapping.clients.get(row.client)
            known = chosen if chosen in self._files else None
            self._clients[row.client] = known or same_name(row.client, self._account_names)
        return self._clients[row.client]

    def person(self, row: TimeRow) -> str | None:
        key = (row.person, row.email)
        if key not in self._people:
            self._people[key] = self._find_person(*key)
        return self._people[key]

    def _find_person(self, name: str, email: str) -> str | None:
        chosen = self._mapping.people.get(email) or self._mapping.people.get(name)
        if chosen in self._person_names:
            return chosen
        return self._emails.get(email.strip().lower()) or same_name(name, self._person_names)

    def entry(self, row: TimeRow, account_id: str, person_id: str) -> WorkEntry:
        return WorkEntry(
            account_id=account_id,
            id=row.id,
            on=row.on,
            minutes=row.minutes,
            person_id=person_id,
            retainer_id=self._retainer(account_id, row.project),
            text=row.text or row.task or row.project,
        )

    def _retainer(self, account_id: str, project: str) -> str | None:
        retainers = self._files[account_id].retainers
        if len(retainers) == 1:
            return retainers[0].id
        meant = folded(project)
        named = [retainer.id for retainer in retainers if meant and folded(retainer.name) == meant]
        return named[0] if len(named) == 1 else None

    def unmatched_clients(self, imported: TimeImport) -> tuple[Unmatched, ...]:
        open_clients = [client for client in imported.clients if self._clients.get(client) is None]
        return tuple(
            Unmatched(
                name=client,
                email="",
                rows=sum(entry.client == client for entry in imported.entries),
                proposals=proposals(client, self._account_names),
            )
            for client in open_clients
        )

    def unmatched_people(self, imported: TimeImport) -> tuple[Unmatched, ...]:
        open_people = [key for key in imported.people if self._people.get(key) is None]
        return tuple(
            Unmatched(
                name=name,
                email=email,
                rows=sum((entry.person, entry.email) == (name, email) for entry in imported.entries),
                proposals=proposals(name, self._person_names),
            )
            for name, email in open_people
        )
