"""Prepaid blocks, read from a book file."""

from __future__ import annotations

from retainerdesk.domain.block import Block, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.scope import Scope


def read_block(fields: Fields, scope: Scope) -> Block:
    """A block; on, name, price and one of minutes, money and sessions are required."""
    unit = _unit(fields)
    block = Block(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        name=fields.text("name"),
        unit=unit,
        amount=_amount(fields, unit, scope.currency),
        price=fields.money("price", scope.currency, least=0),
        retainer_id=scope.retainer(fields, "retainer"),
        expires_on=fields.maybe_day("expires_on"),
        low_at=_low_at(fields, unit, scope.currency),
        leftover=fields.choice("leftover", Leftover, Leftover.ASK),
        opened_by=fields.choice("opened_by", OpenedBy, OpenedBy.PAYMENT),
        hourly_rate=fields.maybe_decimal("hourly_rate"),
        decision=_read_decision(fields.maybe_child("decision")),
    )
    fields.close()
    return block


def _unit(fields: Fields) -> UsageUnit:
    given = [unit for unit in UsageUnit if fields.has(unit.value)]
    if len(given) != 1:
        fields.refuse(UsageUnit.MINUTES.value, "is needed, or money, or sessions: a block holds one of them.")
    return given[0] if given else UsageUnit.MINUTES


def _amount(fields: Fields, unit: UsageUnit, currency: str) -> int:
    amounts = {
        UsageUnit.MINUTES: fields.maybe_integer("minutes", least=1),
        UsageUnit.SESSIONS: fields.maybe_integer("sessions", least=1),
    }
    money = fields.maybe_money("money", currency, least=0)
    if money is not None and not money:
        fields.refuse("money", "is zero; a block holds something.")
    amounts[UsageUnit.MONEY] = None if money is None else money.minor
    return amounts[unit] or 1


def _low_at(fields: Fields, unit: UsageUnit, currency: str) -> int | None:
    if unit is not UsageUnit.MONEY:
        return fields.maybe_integer("low_at")
    money = fields.maybe_money("low_at", currency, least=0)
    return None if money is None else money.minor


def _read_decision(fields: Fields | None) -> LeftoverDecision | None:
    if fields is None:
        return None
    decision = LeftoverDecision(
        on=fields.day("on"),
        leftover=fields.choice("leftover", Leftover),
        reason=fields.text("reason", ""),
        until=fields.maybe_day("until"),
    )
    fields.close()
    return decision
