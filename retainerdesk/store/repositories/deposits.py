"""The deposits of an account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.money import Money
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.tables.deposits import DEPOSIT_ROWS
from retainerdesk.store.values_json import decode, whole


def to_deposit(row: Row[Any]) -> Deposit:
    """The deposit of a row."""
    return Deposit(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        text=row.text,
        amount=Money(row.amount_minor, row.currency),
        retainer_id=row.retainer_id,
        tax=None if row.tax is None else decode(TaxRule, row.tax),
        deduct_from=row.deduct_from,
    )


def from_deposit(deposit: Deposit) -> dict[str, Any]:
    """The columns of one deposit."""
    return {
        "account_id": deposit.account_id,
        "id": deposit.id,
        "on_date": deposit.on,
        "text": deposit.text,
        "amount_minor": deposit.amount.minor,
        "currency": deposit.amount.currency,
        "retainer_id": deposit.retainer_id,
        "tax": None if deposit.tax is None else whole(deposit.tax),
        "deduct_from": deposit.deduct_from,
    }


DEPOSITS = AccountList("deposit", DEPOSIT_ROWS, to_deposit, from_deposit)
