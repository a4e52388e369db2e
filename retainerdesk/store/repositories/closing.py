"""Closings of usage periods, which are only ever added, and decisions about late work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.lots import Lot
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import (
    Difference,
    LateChoice,
    LateDecision,
    LateEntry,
    PeriodClose,
    Reopened,
)
from retainerdesk.domain.retainer import Retainer
from retainerdesk.store.audit import ADD, key_of
from retainerdesk.store.repositories.writing import insert_rows, of_accounts
from retainerdesk.store.tables.closing import PERIOD_CLOSE_ROWS, PERIOD_REOPENING_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, short

# The columns that hold a field of the same name as it is.
_PLAIN = (
    "closed_on", "plan_on", "opening", "granted", "adjusted", "used", "carried_in", "burned", "overage",
    "expired", "forfeited", "carried", "from_blocks", "unmetered", "number",
)  # fmt: skip
_plain_of = attrgetter(*_PLAIN)
_Key = tuple[str, str]


def to_close(row: Row[Any], reopened: Reopened | None) -> PeriodClose:
    """The closing of a row, and of the row that took it back, if there is one."""
    return PeriodClose(
        span=Period(row.period_on, row.ends_on),
        uses=tuple((date.fromisoformat(on), name, amount) for on, name, amount in row.uses),
        lots=tuple(decode(Lot, each) for each in row.lots),
        block_burns=tuple(decode(BlockBurn, each) for each in row.block_burns),
        reopened=reopened,
        **dict(zip(_PLAIN, _plain_of(row), strict=True)),
    )


def from_close(close: PeriodClose) -> dict[str, Any]:
    """The columns of one closing."""
    return {
        "period_on": close.span.start,
        "ends_on": close.span.end,
        "uses": [[on.isoformat(), name, amount] for on, name, amount in close.uses],
        "lots": [short(each) for each in close.lots],
        "block_burns": [short(each) for each in close.block_burns],
        **dict(zip(_PLAIN, _plain_of(close), strict=True)),
    }


def to_late(row: Row[Any]) -> LateDecision:
    """The decision of a row."""
    return LateDecision(
        id=row.id,
        period_on=row.period_on,
        on=row.on_date,
        choice=LateChoice(row.choice),
        difference=Difference(
            row.used, row.overage, row.from_blocks, row.carried, Money(row.price_minor, row.currency)
        ),
        reason=row.reason,
        entries=tuple(decode(LateEntry, each) for each in row.entries),
        to_on=row.to_on,
        invoice_number=row.invoice_number,
    )


def from_late(decided: LateDecision) -> dict[str, Any]:
    """The columns of one decision."""
    found = decided.difference
    return {
        "id": decided.id,
        "period_on": decided.period_on,
        "on_date": decided.on,
        "choice": decided.choice.value,
        "used": found.used,
        "overage": found.overage,
        "from_blocks": found.from_blocks,
        "carried": found.carried,
        "price_minor": found.price.minor,
        "currency": found.price.currency,
        "reason": decided.reason,
        "entries": [short(each) for each in decided.entries],
        "to_on": decided.to_on,
        "invoice_number": decided.invoice_number,
    }


def closes_by_retainer(uow: UnitOfWork, account_ids: list[str] | None) -> dict[_Key, list[PeriodClose]]:
    """The closings of each retainer of these accounts, or of all, in order of period and number."""
    table, beside = PERIOD_CLOSE_ROWS, PERIOD_REOPENING_ROWS
    closes = select(table).where(*of_accounts(PERIOD_CLOSE_ROWS.c.account_id, account_ids))
    rows = uow.execute(closes.order_by(table.c.period_on, table.c.number)).all()
    if not rows:
        return {}
    query = select(beside).where(*of_accounts(PERIOD_REOPENING_ROWS.c.account_id, account_ids))
    reopened = {_key(each): Reopened(each.on_date, each.reason) for each in uow.execute(query)}
    found: dict[_Key, list[PeriodClose]] = defaultdict(list)
    for row in rows:
        found[row.account_id, row.retainer_id].append(to_close(row, reopened.get(_key(row))))
    return found


def _key(row: Row[Any]) -> tuple[str, str, date, int]:
    return row.account_id, row.retainer_id, row.period_on, row.number


def keep_closes(uow: UnitOfWork, retainer: Retainer) -> None:
    """Add the closings of a retainer, and what took them back, that are not kept yet.

    Raises RuleViolation if one that is kept would change or be left out.
    """
    kept = closes_by_retainer(uow, [retainer.account_id]).get((retainer.account_id, retainer.id), [])
    if not kept and not retainer.closes:
        return
    known = {(each.span.start, each.number): each for each in kept}
    wanted = {(each.span.start, each.number): each for each in retainer.closes}
    for key, mine in known.items():
        theirs = wanted.get(key)
        if theirs is None or from_close(theirs) != from_close(mine) or _is_lost(mine, theirs):
            message = f"The closing of the period from {key[0]} is kept as it was; it never changes."
            raise RuleViolation("close.fixed", message, "closes")
    owner = {"account_id": retainer.account_id, "retainer_id": retainer.id}
    fresh = [each for key, each in wanted.items() if key not in known]
    insert_rows(uow, PERIOD_CLOSE_ROWS, [owner | from_close(each) for each in fresh])
    for each in fresh:
        uow.audit.record(ADD, "period_closes", _chain_key(retainer, each), replace(each, reopened=None))
    undone = [
        each
        for key, each in wanted.items()
        if each.reopened is not None and (key not in known or known[key].reopened is None)
    ]
    insert_rows(uow, PERIOD_REOPENING_ROWS, [owner | _reopening(each) for each in undone])
    for each in undone:
        uow.audit.record(ADD, "period_reopenings", _chain_key(retainer, each), each.reopened)


def _chain_key(retainer: Retainer, close: PeriodClose) -> str:
    return key_of(retainer.account_id, retainer.id, close.span.start, close.number)


def keyed_closes(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every closing as (key in the chain, value); see `AccountList.keyed`."""
    for (account_id, retainer_id), closes in closes_by_retainer(uow, None).items():
        for each in closes:
            key = key_of(account_id, retainer_id, each.span.start, each.number)
            yield key, replace(each, reopened=None)


def keyed_reopenings(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every closing that was taken back as (key in the chain, value)."""
    for row in uow.execute(select(PERIOD_REOPENING_ROWS)):
        key = key_of(row.account_id, row.retainer_id, row.period_on, row.number)
        yield key, Reopened(row.on_date, row.reason)


def _is_lost(mine: PeriodClose, theirs: PeriodClose) -> bool:
    return mine.reopened is not None and theirs.reopened != mine.reopened


def _reopening(close: PeriodClose) -> dict[str, Any]:
    assert close.reopened is not None
    return {
        "period_on": close.span.start,
        "number": close.number,
        "on_date": close.reopened.on,
        "reason": close.reopened.reason,
    }
