"""Prepaid blocks as they stand in a book file."""

from __future__ import annotations

from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.exchange.book.write_values import Node, Unless, day, members, rate


def block_node(row: Block) -> dict[str, Node]:
    """A block names what it holds: `minutes`, `money` or `sessions`."""
    currency = row.price.currency
    low_at = None if row.low_at is None else _amount(row, row.low_at)
    hourly_rate = None if row.hourly_rate is None else rate(row.hourly_rate, currency)
    decision = None if row.decision is None else _decision_node(row.decision)
    return members(
        {
            "id": row.id,
            "on": day(row.on),
            "name": row.name,
            row.unit.value: _amount(row, row.amount),
            "price": str(row.price),
            "retainer": row.retainer_id,
            "expires_on": day(row.expires_on),
            "low_at": Unless(None, low_at),
            "leftover": Unless(Leftover.ASK.value, row.leftover.value),
            "opened_by": Unless(OpenedBy.PAYMENT.value, row.opened_by.value),
            "hourly_rate": Unless(None, hourly_rate),
            "decision": Unless(None, decision),
        }
    )


def _amount(row: Block, amount: int) -> Node:
    return str(Money(amount, row.price.currency)) if row.unit is UsageUnit.MONEY else amount


def _decision_node(decision: LeftoverDecision) -> dict[str, Node]:
    return members(
        {
            "on": day(decision.on),
            "leftover": decision.leftover.value,
            "reason": Unless("", decision.reason),
            "until": Unless(None, day(decision.until)),
        }
    )
