"""Deposits as they stand in a book file, read and written."""

from __future__ import annotations

from retainerdesk.domain.deposit import Deposit
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_parties import read_maybe_tax
from retainerdesk.exchange.book.scope import Scope
from retainerdesk.exchange.book.write_parties import tax_node
from retainerdesk.exchange.book.write_values import Node, day


def read_deposit(fields: Fields, scope: Scope) -> Deposit:
    """Money asked for up front; on, text and an amount above zero are required."""
    deposit = Deposit(
        account_id=scope.account_id,
        id=fields.identifier("id", ""),
        on=fields.day("on"),
        text=fields.text("text"),
        amount=fields.money("amount", scope.currency, least=0),
        retainer_id=scope.retainer(fields, "retainer"),
        tax=read_maybe_tax(fields, "tax"),
        deduct_from=fields.maybe_day("deduct_from"),
    )
    fields.close()
    if not deposit.amount:
        fields.refuse("amount", "must be above zero.")
    return deposit


def deposit_node(row: Deposit) -> dict[str, Node]:
    """A deposit as it was agreed."""
    return {
        "id": row.id,
        "on": day(row.on),
        "text": row.text,
        "amount": str(row.amount),
        "retainer": row.retainer_id,
        "tax": None if row.tax is None else tax_node(row.tax),
        "deduct_from": day(row.deduct_from),
    }
