"""One-off charges and expenses: what may go onto an invoice beside the retainers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from retainerdesk.domain.account import TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.work import Expense, OneOffCharge
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.tables.history import CHARGE_ROWS, EXPENSE_ROWS
from retainerdesk.store.values_json import decode, whole


def to_charge(row: Row[Any]) -> OneOffCharge:
    """The one-off charge of a row."""
    return OneOffCharge(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        text=row.text,
        quantity=row.quantity,
        unit_price=row.unit_price,
        discount_percent=row.discount_percent,
        tax=None if row.tax is None else decode(TaxRule, row.tax),
    )


def from_charge(charge: OneOffCharge) -> dict[str, Any]:
    """The columns of one one-off charge."""
    return {
        "account_id": charge.account_id,
        "id": charge.id,
        "on_date": charge.on,
        "text": charge.text,
        "quantity": charge.quantity,
        "unit_price": charge.unit_price,
        "discount_percent": charge.discount_percent,
        "tax": None if charge.tax is None else whole(charge.tax),
    }


def to_expense(row: Row[Any]) -> Expense:
    """The expense of a row."""
    return Expense(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        amount=Money(row.amount_minor, row.currency),
        text=row.text,
        rebill=row.rebill,
        markup_percent=row.markup_percent,
    )


def from_expense(expense: Expense) -> dict[str, Any]:
    """The columns of one expense."""
    return {
        "account_id": expense.account_id,
        "id": expense.id,
        "on_date": expense.on,
        "amount_minor": expense.amount.minor,
        "currency": expense.amount.currency,
        "text": expense.text,
        "rebill": expense.rebill,
        "markup_percent": expense.markup_percent,
    }


CHARGES = AccountList("charge", CHARGE_ROWS, to_charge, from_charge)
EXPENSES = AccountList("expense", EXPENSE_ROWS, to_expense, from_expense)
