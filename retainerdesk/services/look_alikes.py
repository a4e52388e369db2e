"""What is said of names that an import brings and that look like those of accounts already there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retainerdesk.domain.account import Account
from retainerdesk.domain.names import KnownNames
from retainerdesk.exchange.merge.plan import AccountMerge


def look_alike_notes(known: Iterable[Account], merges: Iterable[AccountMerge]) -> Iterator[str]:
    """A sentence for each account that is new or renamed and looks like another one; nothing is refused.

    Accounts of one file are compared with each other as well, each pair once.
    """
    before = {account.id: account.name for account in known}
    names = KnownNames(before.items())
    for merge in merges:
        for account in (*merge.account.added, *merge.account.changed):
            if before.get(account.id) == account.name:
                continue
            found = names.look_alike(account.name, account.id)
            if found:
                yield found.sentence
            names.add(account.id, account.name)
