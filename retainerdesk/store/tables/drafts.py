"""Drafts: proposals set aside, with their charges as they stood.

A charge is on one draft at most, and on none once it is issued or skipped: unique here, and triggers look at
the other tables (`store/schema.py`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.store.base import Base, Minor, OptionalMinor, Surrogate, one_of
from retainerdesk.store.tables.billing import CHARGE_PARTS


class DraftRow(Base):
    """An invoice in the making. Its id is unique in the book: people name a draft by it alone."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("id"), UniqueConstraint("account_id", "id"))

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    made_on: Mapped[date]
    note: Mapped[str]
    discount_percent: Mapped[Decimal]


class DraftLineRow(Base):
    """A charge on a draft as it stood; `own_text` is empty where the charge's own text is kept."""

    __tablename__ = "draft_lines"
    __table_args__ = (
        UniqueConstraint("charge_key"),
        UniqueConstraint(*CHARGE_PARTS),
        one_of("kind", ChargeKind),
        one_of("tax_category", TaxCategory),
        CheckConstraint("service_start <= service_end", name="service"),
    )

    draft_pk: Mapped[int] = mapped_column(ForeignKey("drafts.pk", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    charge_key: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    retainer_id: Mapped[str]
    kind: Mapped[str]
    service_start: Mapped[date]
    service_end: Mapped[date]
    sequence: Mapped[int]
    source_id: Mapped[str]
    billable_on: Mapped[date]
    text: Mapped[str]
    own_text: Mapped[str]
    quantity: Mapped[Decimal]
    unit_price: Mapped[Decimal]
    unit: Mapped[str]
    currency: Mapped[str]
    net_minor: Mapped[Minor]
    basis_minor: Mapped[OptionalMinor]
    minutes: Mapped[int | None]
    tax_category: Mapped[str]
    tax_rate_percent: Mapped[Decimal]
    tax_included: Mapped[bool]
    tax_reason: Mapped[str | None]
    why: Mapped[str]
    details: Mapped[list[str]]
