"""Payments with what they settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from retainerdesk.domain.invoice import Allocation, Payment
from retainerdesk.domain.money import Money
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.repositories.writing import (
    delete_rows,
    insert_rows,
    minor_in,
    missing,
    money_or_none,
    of_accounts,
    update_row,
)
from retainerdesk.store.tables.billing import ALLOCATION_ROWS, PAYMENT_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def to_payment(row: Row[Any], allocations: Iterable[Allocation]) -> Payment:
    """The payment of a row."""
    return Payment(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        amount=Money(row.amount_minor, row.currency),
        allocations=tuple(allocations),
        fee=money_or_none(row.fee_minor, row.received_currency or row.currency),
        text=row.text,
        received=money_or_none(row.received_minor, row.received_currency),
        rate=row.rate,
    )


def from_payment(payment: Payment) -> dict[str, Any]:
    """The row of a payment; raises ValueError if its fee is in another currency than what arrived."""
    received = payment.received
    return {
        "account_id": payment.account_id,
        "id": payment.id,
        "on_date": payment.on,
        "amount_minor": payment.amount.minor,
        "currency": payment.amount.currency,
        "fee_minor": minor_in(payment.paid.currency, payment.fee),
        "text": payment.text,
        "received_minor": received.minor if received is not None else None,
        "received_currency": received.currency if received is not None else None,
        "rate": payment.rate,
    }


def add_payments(uow: UnitOfWork, *payments: Payment) -> None:
    """Insert new payments. Raises RuleViolation for an id that is taken or an unknown account."""
    insert_rows(uow, PAYMENT_ROWS, [from_payment(payment) for payment in payments])
    keys = _keys(uow, {payment.account_id for payment in payments})
    rows = [
        row for payment in payments for row in _allocation_rows(keys[payment.account_id, payment.id], payment)
    ]
    insert_rows(uow, ALLOCATION_ROWS, rows)
    for payment in payments:
        uow.audit.record(ADD, "payments", _key(payment), payment)


def update_payment(uow: UnitOfWork, payment: Payment) -> None:
    """Replace a payment and what it settles. Raises RuleViolation if there is none of that id."""
    pk = _pk(uow, payment.account_id, payment.id)
    update_row(uow, PAYMENT_ROWS, {"pk": pk}, from_payment(payment))
    delete_rows(uow, ALLOCATION_ROWS, {"payment_pk": pk})
    insert_rows(uow, ALLOCATION_ROWS, _allocation_rows(pk, payment))
    uow.audit.record(UPDATE, "payments", _key(payment), payment)


def delete_payment(uow: UnitOfWork, account_id: str, payment_id: str) -> None:
    """Delete a payment. Raises RuleViolation if there is none of that id."""
    delete_rows(uow, PAYMENT_ROWS, {"pk": _pk(uow, account_id, payment_id)})
    uow.audit.record(DELETE, "payments", key_of(account_id, payment_id), None)


def get_payment(uow: UnitOfWork, account_id: str, payment_id: str) -> Payment:
    """The payment of that id. Raises RuleViolation if there is none."""
    for payment in payments_by_account(uow, [account_id])[account_id]:
        if payment.id == payment_id:
            return payment
    raise missing("payment", payment_id)


def payments_by_account(
    uow: UnitOfWork, account_ids: Iterable[str] | None = None
) -> dict[str, list[Payment]]:
    """The payments of these accounts, or of all, in order of date, then id; with two queries."""
    found: dict[str, list[Payment]] = defaultdict(list)
    for payment in _read(uow, of_accounts(PAYMENT_ROWS.c.account_id, account_ids)):
        found[payment.account_id].append(payment)
    return found


def payments_about(
    uow: UnitOfWork, account_id: str, ids: Collection[str], numbers: Collection[str]
) -> tuple[Payment, ...]:
    """The payments of an account that have one of these ids or settle one of these documents, in order.

    What else one of them settles counts as named too, so that nothing of those documents is missing.
    """
    parts = ALLOCATION_ROWS.join(PAYMENT_ROWS, PAYMENT_ROWS.c.pk == ALLOCATION_ROWS.c.payment_pk)
    of_account = PAYMENT_ROWS.c.account_id == account_id
    settled = select(ALLOCATION_ROWS.c.invoice_number).select_from(parts)
    named = {*numbers, *uow.execute(settled.where(of_account, PAYMENT_ROWS.c.id.in_(sorted(ids)))).scalars()}
    touching = select(PAYMENT_ROWS.c.pk).select_from(parts)
    touching = touching.where(of_account, ALLOCATION_ROWS.c.invoice_number.in_(sorted(named)))
    either = or_(PAYMENT_ROWS.c.id.in_(sorted(ids)), PAYMENT_ROWS.c.pk.in_(touching))
    return tuple(_read(uow, [of_account, either]))


def _read(uow: UnitOfWork, where: list[ColumnElement[bool]]) -> Iterator[Payment]:
    parts = (
        select(ALLOCATION_ROWS)
        .join(PAYMENT_ROWS, PAYMENT_ROWS.c.pk == ALLOCATION_ROWS.c.payment_pk)
        .where(*where)
        .order_by(ALLOCATION_ROWS.c.payment_pk, ALLOCATION_ROWS.c.position)
    )
    settled: dict[int, list[Allocation]] = defaultdict(list)
    for row in uow.execute(parts).all():
        settled[row.payment_pk].append(Allocation(row.invoice_number, Money(row.amount_minor, row.currency)))
    ordered = select(PAYMENT_ROWS).where(*where).order_by(PAYMENT_ROWS.c.on_date, PAYMENT_ROWS.c.id)
    for row in uow.execute(ordered).all():
        yield to_payment(row, settled[row.pk])


def keyed_payments(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    for payments in payments_by_account(uow).values():
        for payment in payments:
            yield _key(payment), payment


def _key(payment: Payment) -> str:
    return key_of(payment.account_id, payment.id)


def _keys(uow: UnitOfWork, account_ids: set[str]) -> dict[tuple[str, str], int]:
    query = select(PAYMENT_ROWS.c.account_id, PAYMENT_ROWS.c.id, PAYMENT_ROWS.c.pk)
    rows = uow.execute(query.where(*of_accounts(PAYMENT_ROWS.c.account_id, account_ids)))
    return {(row.account_id, row.id): row.pk for row in rows}


def _pk(uow: UnitOfWork, account_id: str, payment_id: str) -> int:
    query = select(PAYMENT_ROWS.c.pk).where(
        PAYMENT_ROWS.c.account_id == account_id, PAYMENT_ROWS.c.id == payment_id
    )
    pk: int | None = uow.execute(query).scalar()
    if pk is None:
        raise missing("payment", payment_id)
    return pk


def _allocation_rows(pk: int, payment: Payment) -> list[dict[str, Any]]:
    return [
        {
            "payment_pk": pk,
            "position": position,
            "invoice_number": part.invoice_number,
            "amount_minor": part.amount.minor,
            "currency": part.amount.currency,
        }
        for position, part in enumerate(payment.allocations)
    ]
