"""What is open: invoices less what payments settled of them, added up by SQL, a currency at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.domain.money import Money
from retainerdesk.store.repositories.writing import of_accounts, table_of
from retainerdesk.store.tables.billing import AllocationRow, InvoiceRow, PaymentRow
from retainerdesk.store.unit_of_work import UnitOfWork

_INVOICES, _PAYMENTS, _ALLOCATIONS = map(table_of, (InvoiceRow, PaymentRow, AllocationRow))


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """A document with a balance: `open` is gross less what was settled; negative if too much came."""

    account_id: str
    number: str
    issued_on: date
    due_on: date
    gross: Money
    open: Money


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account owes in one currency: `open` over its invoices; `credit` is money not allocated."""

    account_id: str
    open: Money
    credit: Money


def open_invoices(
    uow: UnitOfWork, account_ids: Iterable[str] | None = None, *, as_of: date | None = None
) -> tuple[OpenInvoice, ...]:
    """Documents whose balance is not zero, oldest due first, then by number; voids left out.

    With `as_of`, as it stood at the end of that day: documents issued and payments received until then.
    """
    ids = None if account_ids is None else list(account_ids)
    settled = _settled(ids, as_of).subquery()
    paid = func.coalesce(settled.c.minor, 0)
    same = and_(
        settled.c.account_id == _INVOICES.c.account_id,
        settled.c.number == _INVOICES.c.number,
        settled.c.currency == _INVOICES.c.currency,
    )
    query = (
        select(_INVOICES, (_INVOICES.c.gross_minor - paid).label("open_minor"))
        .join(settled, same, isouter=True)
        .where(*of_accounts(InvoiceRow.account_id, ids), *_issued(as_of))
        .where(_INVOICES.c.gross_minor - paid != 0)
        .order_by(_INVOICES.c.due_on, _INVOICES.c.number)
    )
    return tuple(_open_invoice(row) for row in uow.execute(query))


def balances(uow: UnitOfWork, *, as_of: date | None = None) -> tuple[Balance, ...]:
    """One row an account and currency in which something is open or in credit, in that order."""
    sums: dict[tuple[str, str], list[int]] = {}
    for invoice in open_invoices(uow, as_of=as_of):
        sums.setdefault((invoice.account_id, invoice.open.currency), [0, 0])[0] += invoice.open.minor
    for row in uow.execute(_credits(as_of)):
        sums.setdefault((row.account_id, row.currency), [0, 0])[1] += int(row.minor)
    return tuple(
        Balance(account_id, Money(owed, currency), Money(credit, currency))
        for (account_id, currency), (owed, credit) in sorted(sums.items())
    )


def _issued(as_of: date | None) -> list[Any]:
    not_void = _INVOICES.c.status != InvoiceStatus.VOID.value
    return [not_void] if as_of is None else [not_void, _INVOICES.c.issued_on <= as_of]


def _received(as_of: date | None) -> list[Any]:
    return [] if as_of is None else [_PAYMENTS.c.on_date <= as_of]


def _settled(ids: list[str] | None, as_of: date | None) -> Select[Any]:
    """What payments settled, by account, invoice number and currency."""
    by = (_PAYMENTS.c.account_id, _ALLOCATIONS.c.invoice_number.label("number"), _ALLOCATIONS.c.currency)
    query = select(*by, func.sum(_ALLOCATIONS.c.amount_minor).label("minor"))
    joined = query.join(_PAYMENTS, _PAYMENTS.c.pk == _ALLOCATIONS.c.payment_pk)
    return joined.where(*of_accounts(PaymentRow.account_id, ids), *_received(as_of)).group_by(
        _PAYMENTS.c.account_id, _ALLOCATIONS.c.invoice_number, _ALLOCATIONS.c.currency
    )


def _credits(as_of: date | None) -> Select[Any]:
    """Money received and not allocated, by account and currency, where it is not zero."""
    own = (
        select(func.coalesce(func.sum(_ALLOCATIONS.c.amount_minor), 0))
        .where(_ALLOCATIONS.c.payment_pk == _PAYMENTS.c.pk)
        .scalar_subquery()
    )
    free = func.sum(_PAYMENTS.c.amount_minor - own)
    query = select(_PAYMENTS.c.account_id, _PAYMENTS.c.currency, free.label("minor")).where(*_received(as_of))
    return query.group_by(_PAYMENTS.c.account_id, _PAYMENTS.c.currency).having(free != 0)


def _open_invoice(row: Any) -> OpenInvoice:  # noqa: ANN401
    return OpenInvoice(
        account_id=row.account_id,
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on,
        gross=Money(row.gross_minor, row.currency),
        open=Money(row.open_minor, row.currency),
    )
