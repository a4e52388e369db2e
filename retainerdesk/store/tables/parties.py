"""The business, its people and number series, and the accounts with their contacts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.account import AccountStatus, SeriesPurpose, SeriesReset
from retainerdesk.store.base import Base, not_negative, one_of


class BusinessRow(Base):
    """The issuer: exactly one row, numbered 1."""

    __tablename__ = "business"
    __table_args__ = (CheckConstraint("pk = 1", name="one_row"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[list[str]]
    country: Mapped[str]
    tax_id: Mapped[str | None]
    iban: Mapped[str | None]
    bic: Mapped[str | None]
    bank_name: Mapped[str | None]
    email: Mapped[str]
    currency: Mapped[str]
    time_zone: Mapped[str]
    locale: Mapped[str]
    standard_rate: Mapped[Decimal | None]
    overhead_rate: Mapped[Decimal]
    target_margin_percent: Mapped[Decimal]
    lead_days: Mapped[int]
    paper: Mapped[str]
    logo_sha256: Mapped[str | None]
    invoice_note: Mapped[str]
    look: Mapped[dict[str, Any]]


class PersonRow(Base):
    """Somebody on our side."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    left_on: Mapped[date | None]


class CostRateRow(Base):
    """What an hour of a person costs from a date on."""

    __tablename__ = "cost_rates"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    hourly_rate: Mapped[Decimal]


class SeriesRow(Base):
    """A range of document numbers. `next`, counted in `year`, is taken inside the transaction that issues."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("next >= 1", name="next"),
        CheckConstraint("year_starts_in >= 1 AND year_starts_in <= 12", name="year_starts_in"),
        one_of("purpose", SeriesPurpose),
        one_of("reset", SeriesReset),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[str]
    next: Mapped[int]
    name: Mapped[str]
    purpose: Mapped[str]
    is_default: Mapped[bool]
    reset: Mapped[str]
    year_starts_in: Mapped[int]
    year: Mapped[int]
    gaps: Mapped[list[Any]] = mapped_column(JSON())


class AccountRow(Base):
    """A client organisation."""

    __tablename__ = "accounts"
    __table_args__ = (
        one_of("status", AccountStatus),
        *not_negative(["payment_terms_days", "grace_days"]),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    currency: Mapped[str]
    status: Mapped[str]
    locale: Mapped[str]
    address: Mapped[list[str]]
    country: Mapped[str]
    tax_id: Mapped[str | None]
    payment_terms_days: Mapped[int]
    tax: Mapped[dict[str, Any]]
    call_every_days: Mapped[int | None]
    grace_days: Mapped[int]
    tags: Mapped[list[str]]
    withholding: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    cash_rounding_minor: Mapped[int | None]
    document_discount_percent: Mapped[Decimal]
    payment_plan: Mapped[list[Any]] = mapped_column(JSON())
    series_id: Mapped[str | None]


class ContactRow(Base):
    """A person at an account, in the order the user gave."""

    __tablename__ = "contacts"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str]
