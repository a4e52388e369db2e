"""What is inside a backup, and what the present book has that it has not: looked at before a restore."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retainerdesk.domain.account import Account
from retainerdesk.domain.book_key import BookKey
from retainerdesk.domain.money import Money
from retainerdesk.domain.names import name_order
from retainerdesk.services.backup_contents import opened_copy
from retainerdesk.services.context import BookContext
from retainerdesk.services.invoices import InvoiceRow, list_invoices
from retainerdesk.store.queries.inside import Inside, has_link, inside
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.clock import SystemClock

_NEWEST = 5


@dataclass(frozen=True, slots=True)
class PreviewAccount:
    """An account in a backup with what it owed then, one amount a currency; none if nothing is open."""

    id: str
    name: str
    open: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class BackupPreview:
    """What a backup holds: figures, accounts by name, and the newest documents first.

    `difference` is one sentence about the present book, empty if there is none to compare with.
    """

    path: Path
    inside: Inside
    accounts: tuple[PreviewAccount, ...]
    newest: tuple[InvoiceRow, ...]
    difference: str


def preview_backup(
    path: Path, key: BookKey | None, *, today: date | None = None, book: BookContext | None = None
) -> BackupPreview:
    """Look inside a backup, and compare it with the open book if one is given. Changes nothing.

    `today` is the day balances are of; None: the day it is (UTC).

    Raises EnvironmentProblem if it is no good book; KeyNeeded or WrongKey if it is encrypted.
    """
    clock = SystemClock()
    day = today or clock.today("UTC")
    copy = opened_copy(path, key, clock)
    try:
        with copy.reading() as uow:
            content, documents = inside(uow), list_invoices(uow, day)
            accounts = tuple(_accounts(uow, documents))
    finally:
        copy.close()
    difference = "" if book is None else _difference(book, content, {row.number for row in documents})
    return BackupPreview(path, content, accounts, documents[:_NEWEST], difference)


def _accounts(uow: UnitOfWork, documents: Iterable[InvoiceRow]) -> Iterable[PreviewAccount]:
    owed: dict[tuple[str, str], Money] = {}
    for row in documents:
        place = (row.account_id, row.balance.currency)
        owed[place] = owed.get(place, Money(0, row.balance.currency)) + row.balance
    for account in sorted(list_accounts(uow), key=_by_name):
        amounts = [each for (owner, _), each in sorted(owed.items(), key=_by_place) if owner == account.id]
        yield PreviewAccount(account.id, account.name, tuple(each for each in amounts if each.minor))


def _by_name(account: Account) -> tuple[str, str, str]:
    return name_order(account.name, account.id)


def _by_place(item: tuple[tuple[str, str], Money]) -> tuple[str, str]:
    return item[0]


def _difference(book: BookContext, content: Inside, numbers: set[str]) -> str:
    """What is newer in the book: told by the audit chain, which of two copies of one book is the younger."""
    with book.store.reading() as uow:
        now = inside(uow)
        is_older = has_link(uow, content.links, content.chain_head)
        fresh = sum(row.number not in numbers for row in list_invoices(uow, book.today()))
    if now.chain_head == content.chain_head:
        return "The book holds the very same."
    if not is_older:
        if content.links > now.links and content.business == now.business:
            return "It holds more than the book: the book is older, or is another one."
        return "It is a backup of another book, or of this book before it was restored."
    changes = now.links - content.links
    parts = [
        _counted(fresh, "invoice"),
        _counted(now.work_entries - content.work_entries, "work entry", "work entries"),
    ]
    newer = " and ".join(part for part in parts if part)
    of_all = _counted(changes, "change")
    return f"{newer} newer in the book ({of_all} in all)." if newer else f"{of_all} newer in the book."


def _counted(count: int, one: str, many: str = "") -> str:
    if count <= 0:
        return ""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"
