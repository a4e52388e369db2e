"""Charges that were decided not to be invoiced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.invoice import ChargeKey, Skip
from retainerdesk.store.audit import ADD, DELETE, key_of
from retainerdesk.store.repositories.charge_keys import from_charge_key, to_charge_key
from retainerdesk.store.repositories.writing import (
    delete_rows,
    insert_rows,
    missing,
    money_or_none,
    of_accounts,
)
from retainerdesk.store.tables.billing import SKIP_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def to_skip(row: Row[Any]) -> Skip:
    """The skip of a row."""
    net = None if row.currency is None else money_or_none(row.net_minor, row.currency)
    return Skip(to_charge_key(row), row.reason, row.decided_on, net)


def from_skip(skip: Skip) -> dict[str, Any]:
    """The row of a skip."""
    return from_charge_key(skip.key) | {
        "reason": skip.reason,
        "decided_on": skip.decided_on,
        "net_minor": skip.net.minor if skip.net else None,
        "currency": skip.net.currency if skip.net else None,
    }


def add_skips(uow: UnitOfWork, *skips: Skip) -> None:
    """Remember charges as skipped. Raises RuleViolation if one is skipped already."""
    insert_rows(uow, SKIP_ROWS, [from_skip(skip) for skip in skips])
    for skip in skips:
        uow.audit.record(ADD, "skips", key_of(skip.key), skip)


def remove_skip(uow: UnitOfWork, key: ChargeKey) -> None:
    """Let a skipped charge be proposed again. Raises RuleViolation if it is not skipped."""
    if not delete_rows(uow, SKIP_ROWS, {"charge_key": str(key)}):
        raise missing("skip", str(key))
    uow.audit.record(DELETE, "skips", key_of(key), None)


def skips_by_account(uow: UnitOfWork, account_ids: Iterable[str] | None = None) -> dict[str, list[Skip]]:
    """The skips of these accounts, or of all, in order of service start, then key; with one query."""
    query = select(SKIP_ROWS).where(*of_accounts(SKIP_ROWS.c.account_id, account_ids))
    found: dict[str, list[Skip]] = defaultdict(list)
    for row in uow.execute(query.order_by(SKIP_ROWS.c.service_start, SKIP_ROWS.c.charge_key)):
        found[row.account_id].append(to_skip(row))
    return found


def keyed_skips(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    for skips in skips_by_account(uow).values():
        for skip in skips:
            yield key_of(skip.key), skip
