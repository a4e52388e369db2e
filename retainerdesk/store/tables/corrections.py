"""What corrects issued documents without changing them: voids and settlements."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.invoice import SettlementKind
from retainerdesk.store.base import Base, Minor, Surrogate, one_of


class VoidRow(Base):
    """A cancelled document. Only with such a row do the triggers let its status and lines change, once."""

    __tablename__ = "voids"

    invoice_pk: Mapped[int] = mapped_column(ForeignKey("invoices.pk"), primary_key=True)
    on_date: Mapped[date]
    reason: Mapped[str]


class SettlementRow(Base):
    """Money moved without being received; documents are named by number, as allocations do."""

    __tablename__ = "settlements"
    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        one_of("kind", SettlementKind),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index(None, "account_id", "on_date", "id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    on_date: Mapped[date]
    kind: Mapped[str]
    amount_minor: Mapped[Minor]
    currency: Mapped[str]
    invoice_number: Mapped[str | None]
    source_number: Mapped[str | None]
    reason: Mapped[str]
