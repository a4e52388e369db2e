"""Prepaid blocks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.tables.blocks import BLOCK_ROWS
from retainerdesk.store.values_json import decode, whole


def to_block(row: Row[Any]) -> Block:
    """The block of a row."""
    return Block(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        name=row.name,
        unit=UsageUnit(row.unit),
        amount=row.amount,
        price=Money(row.price_minor, row.currency),
        retainer_id=row.retainer_id,
        expires_on=row.expires_on,
        low_at=row.low_at,
        leftover=Leftover(row.leftover),
        opened_by=OpenedBy(row.opened_by),
        hourly_rate=row.hourly_rate,
        decision=None if row.decision is None else decode(LeftoverDecision, row.decision),
    )


def from_block(block: Block) -> dict[str, Any]:
    """The columns of one block."""
    return {
        "account_id": block.account_id,
        "id": block.id,
        "on_date": block.on,
        "name": block.name,
        "unit": block.unit.value,
        "amount": block.amount,
        "price_minor": block.price.minor,
        "currency": block.price.currency,
        "retainer_id": block.retainer_id,
        "expires_on": block.expires_on,
        "low_at": block.low_at,
        "leftover": block.leftover.value,
        "opened_by": block.opened_by.value,
        "hourly_rate": block.hourly_rate,
        "decision": None if block.decision is None else whole(block.decision),
    }


BLOCKS = AccountList("block", BLOCK_ROWS, to_block, from_block)
