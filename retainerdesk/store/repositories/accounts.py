"""Accounts with their contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, select

from retainerdesk.domain.account import (
    Account,
    AccountStatus,
    Contact,
    PaymentStep,
    TaxRule,
    WithholdingRule,
)
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.writing import (
    delete_rows,
    insert_rows,
    missing,
    of_accounts,
    update_row,
)
from retainerdesk.store.tables.parties import ACCOUNT_ROWS, CONTACT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, whole


def to_account(row: Row[Any], contacts: Iterable[Contact]) -> Account:
    """The account of a row."""
    return Account(
        id=row.id,
        name=row.name,
        currency=row.currency,
        status=AccountStatus(row.status),
        locale=row.locale,
        address=tuple(row.address),
        country=row.country,
        tax_id=row.tax_id,
        payment_terms_days=row.payment_terms_days,
        tax=decode(TaxRule, row.tax),
        contacts=tuple(contacts),
        call_every_days=row.call_every_days,
        grace_days=row.grace_days,
        tags=tuple(row.tags),
        withholding=None if row.withholding is None else decode(WithholdingRule, row.withholding),
        cash_rounding_minor=row.cash_rounding_minor,
        document_discount_percent=row.document_discount_percent,
        payment_plan=tuple(decode(PaymentStep, step) for step in row.payment_plan),
        series_id=row.series_id,
        late_interest_bps=row.late_interest_bps,
    )


def from_account(account: Account) -> dict[str, Any]:
    """The columns of one account."""
    return {
        "id": account.id,
        "name": account.name,
        "currency": account.currency,
        "status": account.status.value,
        "locale": account.locale,
        "address": list(account.address),
        "country": account.country,
        "tax_id": account.tax_id,
        "payment_terms_days": account.payment_terms_days,
        "tax": whole(account.tax),
        "call_every_days": account.call_every_days,
        "grace_days": account.grace_days,
        "tags": list(account.tags),
        "withholding": None if account.withholding is None else whole(account.withholding),
        "cash_rounding_minor": account.cash_rounding_minor,
        "document_discount_percent": account.document_discount_percent,
        "payment_plan": whole(account.payment_plan),
        "series_id": account.series_id,
        "late_interest_bps": account.late_interest_bps,
    }


def add_account(uow: UnitOfWork, account: Account) -> None:
    """Insert a new account with its contacts. Raises RuleViolation if the id is taken."""
    insert_rows(uow, ACCOUNT_ROWS, [from_account(account)])
    _insert_contacts(uow, account)
    uow.audit.record(ADD, "accounts", key_of(account.id), account)


def update_account(uow: UnitOfWork, account: Account) -> None:
    """Replace the account of that id and its contacts. Raises RuleViolation if there is none."""
    if not update_row(uow, ACCOUNT_ROWS, {"id": account.id}, from_account(account)):
        raise missing("account", account.id)
    delete_rows(uow, CONTACT_ROWS, {"account_id": account.id})
    _insert_contacts(uow, account)
    uow.audit.record(UPDATE, "accounts", key_of(account.id), account)


def delete_account(uow: UnitOfWork, account_id: str) -> None:
    """Remove an account that has nothing else. Raises RuleViolation if rows refer to it, or there is none."""
    if not delete_rows(uow, ACCOUNT_ROWS, {"id": account_id}):
        raise missing("account", account_id)
    uow.audit.record(DELETE, "accounts", key_of(account_id), None)


def find_account(uow: UnitOfWork, account_id: str) -> Account | None:
    """The account of that id, or None."""
    return next(iter(list_accounts(uow, [account_id])), None)


def get_account(uow: UnitOfWork, account_id: str) -> Account:
    """The account of that id. Raises RuleViolation if there is none."""
    account = find_account(uow, account_id)
    if account is None:
        raise missing("account", account_id)
    return account


def list_accounts(uow: UnitOfWork, account_ids: Iterable[str] | None = None) -> tuple[Account, ...]:
    """These accounts, or all, by id; with two queries."""
    ids = None if account_ids is None else list(account_ids)
    contacts: dict[str, list[Contact]] = defaultdict(list)
    ordered = select(CONTACT_ROWS).where(*of_accounts(CONTACT_ROWS.c.account_id, ids))
    for row in uow.execute(ordered.order_by(CONTACT_ROWS.c.account_id, CONTACT_ROWS.c.position)):
        contacts[row.account_id].append(Contact(row.id, row.name, row.email, row.role, row.phone))
    rows = uow.execute(
        select(ACCOUNT_ROWS).where(*of_accounts(ACCOUNT_ROWS.c.id, ids)).order_by(ACCOUNT_ROWS.c.id)
    )
    return tuple(to_account(row, contacts[row.id]) for row in rows)


def keyed_accounts(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((key_of(account.id), account) for account in list_accounts(uow))


def _insert_contacts(uow: UnitOfWork, account: Account) -> None:
    rows = [
        {
            "account_id": account.id,
            "id": contact.id,
            "position": position,
            "name": contact.name,
            "email": contact.email,
            "role": contact.role,
            "phone": contact.phone,
        }
        for position, contact in enumerate(account.contacts)
    ]
    insert_rows(uow, CONTACT_ROWS, rows)
