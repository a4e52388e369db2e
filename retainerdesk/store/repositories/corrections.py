"""Voids and settlements: what corrects issued documents without changing them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select, update

from retainerdesk.domain.invoice import Invoice, InvoiceStatus, Settlement, SettlementKind, Voided
from retainerdesk.domain.money import Money
from retainerdesk.store.audit import UPDATE, key_of
from retainerdesk.store.repositories.account_list import AccountList
from retainerdesk.store.repositories.invoices import from_voided
from retainerdesk.store.repositories.writing import insert_rows, missing
from retainerdesk.store.tables.billing import INVOICE_LINE_ROWS, INVOICE_ROWS
from retainerdesk.store.tables.corrections import SETTLEMENT_ROWS, VOID_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork


def void(uow: UnitOfWork, invoice: Invoice, voided: Voided) -> Invoice:
    """Cancel an issued document and return it as it is then: number kept, its charges free again.

    Raises RuleViolation if the book has no such document.
    """
    found = select(INVOICE_ROWS.c.pk).where(
        INVOICE_ROWS.c.series_id == invoice.series_id, INVOICE_ROWS.c.number == invoice.number
    )
    pk: int | None = uow.execute(found).scalar()
    if pk is None:
        raise missing("invoice", invoice.number)
    insert_rows(uow, VOID_ROWS, [from_voided(voided, pk)])
    uow.execute(update(INVOICE_LINE_ROWS).where(INVOICE_LINE_ROWS.c.invoice_pk == pk).values(live=False))
    uow.execute(update(INVOICE_ROWS).where(INVOICE_ROWS.c.pk == pk).values(status=InvoiceStatus.VOID.value))
    result = replace(invoice, status=InvoiceStatus.VOID, voided=voided)
    uow.audit.record(UPDATE, "invoices", key_of(invoice.series_id, invoice.number), result)
    return result


def to_settlement(row: Row[Any]) -> Settlement:
    """The settlement of a row."""
    return Settlement(
        account_id=row.account_id,
        id=row.id,
        on=row.on_date,
        kind=SettlementKind(row.kind),
        amount=Money(row.amount_minor, row.currency),
        invoice_number=row.invoice_number,
        source_number=row.source_number,
        reason=row.reason,
    )


def from_settlement(settlement: Settlement) -> dict[str, Any]:
    """The columns of one settlement."""
    return {
        "account_id": settlement.account_id,
        "id": settlement.id,
        "on_date": settlement.on,
        "kind": settlement.kind.value,
        "amount_minor": settlement.amount.minor,
        "currency": settlement.amount.currency,
        "invoice_number": settlement.invoice_number,
        "source_number": settlement.source_number,
        "reason": settlement.reason,
    }


SETTLEMENTS = AccountList("settlement", SETTLEMENT_ROWS, to_settlement, from_settlement)
