"""Money asked for up front, to be set against later invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.store.base import Base, Minor, Surrogate


class DepositRow(Base):
    """A deposit as agreed; what is left of it follows from documents and payments."""

    __tablename__ = "deposits"
    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index(None, "account_id", "on_date", "id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    on_date: Mapped[date]
    text: Mapped[str]
    amount_minor: Mapped[Minor]
    currency: Mapped[str]
    retainer_id: Mapped[str | None]
    tax: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    deduct_from: Mapped[date | None]
