"""Invoices, skips and payments: what must never be written twice.

A charge is invoiced once: `charge_key`, and apart from it the parts it is made of, are unique over the lines
that are `live`, that is, on an invoice that is not void. Invoices, lines and tax totals refuse UPDATE and
DELETE by trigger (`store/schema.py`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.invoice import ChargeKind, DocumentKind, InvoiceStatus
from retainerdesk.store.base import Base, Minor, OptionalMinor, Surrogate, one_of

CHARGE_PARTS = ("account_id", "retainer_id", "kind", "service_start", "sequence", "source_id")


def _unique_while_live(name: str, *columns: str) -> Index:
    live = text("live")
    return Index(name, *columns, unique=True, sqlite_where=live, postgresql_where=live)


class InvoiceRow(Base):
    """An issued document. `seller` and `buyer` are whole copies, defaults included.

    Its status changes once, from issued to void, and only beside a row of `voids`.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        UniqueConstraint("series_id", "series_year", "sequence"),
        # Allocations name a document by its number alone.
        UniqueConstraint("account_id", "number"),
        one_of("status", InvoiceStatus),
        one_of("kind", DocumentKind),
        Index(None, "account_id", "issued_on", "number"),
        Index(None, "due_on"),
        Index(None, "number"),
    )

    pk: Mapped[Surrogate]
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"))
    number: Mapped[str]
    series_year: Mapped[int]
    sequence: Mapped[int]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    issued_on: Mapped[date]
    due_on: Mapped[date]
    status: Mapped[str]
    currency: Mapped[str]
    net_minor: Mapped[Minor]
    gross_minor: Mapped[Minor]
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    chain_head: Mapped[str]
    kind: Mapped[str]
    corrects: Mapped[str | None]
    reason: Mapped[str]
    payable_minor: Mapped[Minor]
    rounding_minor: Mapped[OptionalMinor]
    withholding: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    instalments: Mapped[list[Any]] = mapped_column(JSON())
    book_tax: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str]


class InvoiceLineRow(Base):
    """A charge as issued; service `[service_start, service_end)`.

    `retainer_id` is empty for charges of the account itself.
    """

    __tablename__ = "invoice_lines"
    __table_args__ = (
        _unique_while_live("uq_invoice_lines_charge_key", "charge_key"),
        _unique_while_live("uq_invoice_lines_charge_parts", *CHARGE_PARTS),
        one_of("kind", ChargeKind),
        one_of("tax_category", TaxCategory),
        CheckConstraint("service_start <= service_end", name="service"),
    )

    invoice_pk: Mapped[int] = mapped_column(ForeignKey("invoices.pk"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    live: Mapped[bool]
    charge_key: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    retainer_id: Mapped[str]
    kind: Mapped[str]
    service_start: Mapped[date]
    service_end: Mapped[date]
    sequence: Mapped[int]
    source_id: Mapped[str]
    text: Mapped[str]
    quantity: Mapped[Decimal]
    unit_price: Mapped[Decimal]
    unit: Mapped[str]
    currency: Mapped[str]
    net_minor: Mapped[Minor]
    basis_minor: Mapped[OptionalMinor]
    agreed_minor: Mapped[OptionalMinor]
    minutes: Mapped[int | None]
    tax_category: Mapped[str]
    tax_rate_percent: Mapped[Decimal]
    tax_included: Mapped[bool]
    tax_reason: Mapped[str | None]
    details: Mapped[list[str]]


class TaxTotalRow(Base):
    """The tax of one group of an invoice, in the order it is printed."""

    __tablename__ = "tax_totals"
    __table_args__ = (one_of("category", TaxCategory),)

    invoice_pk: Mapped[int] = mapped_column(ForeignKey("invoices.pk"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    rate_percent: Mapped[Decimal]
    currency: Mapped[str]
    base_minor: Mapped[Minor]
    amount_minor: Mapped[Minor]
    reason: Mapped[str | None]


class SkipRow(Base):
    """A charge decided not to be invoiced; what it would have brought, where that is known."""

    __tablename__ = "skips"
    __table_args__ = (
        UniqueConstraint("charge_key"),
        UniqueConstraint(*CHARGE_PARTS),
        one_of("kind", ChargeKind),
        CheckConstraint("service_start <= service_end", name="service"),
    )

    pk: Mapped[Surrogate]
    charge_key: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    retainer_id: Mapped[str]
    kind: Mapped[str]
    service_start: Mapped[date]
    service_end: Mapped[date]
    sequence: Mapped[int]
    source_id: Mapped[str]
    reason: Mapped[str]
    decided_on: Mapped[date]
    net_minor: Mapped[OptionalMinor]
    currency: Mapped[str | None]


class PaymentRow(Base):
    """Money received. What arrived in another currency is in `received_…`, the fee in the same one then."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        Index(None, "account_id", "on_date", "id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    on_date: Mapped[date]
    amount_minor: Mapped[Minor]
    currency: Mapped[str]
    fee_minor: Mapped[OptionalMinor]
    text: Mapped[str]
    received_minor: Mapped[OptionalMinor]
    received_currency: Mapped[str | None]
    rate: Mapped[Decimal | None]


class AllocationRow(Base):
    """The part of a payment that settles one invoice, named by number: it may not be in this book."""

    __tablename__ = "allocations"
    __table_args__ = (Index(None, "invoice_number"),)

    payment_pk: Mapped[int] = mapped_column(ForeignKey("payments.pk", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    invoice_number: Mapped[str]
    amount_minor: Mapped[Minor]
    currency: Mapped[str]
