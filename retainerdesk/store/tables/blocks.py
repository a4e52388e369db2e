"""Prepaid blocks as they were sold; what was drawn from them is computed, never stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.block import Leftover, OpenedBy
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.store.base import Base, Minor, Surrogate, not_negative, one_of


class BlockRow(Base):
    """`amount` is in minutes, minor units or sessions, as `unit` says."""

    __tablename__ = "blocks"
    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"]),
        one_of("unit", UsageUnit),
        one_of("leftover", Leftover),
        one_of("opened_by", OpenedBy),
        CheckConstraint("amount > 0", name="amount"),
        *not_negative(["price_minor", "low_at"]),
        Index(None, "account_id", "on_date", "id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    on_date: Mapped[date]
    name: Mapped[str]
    unit: Mapped[str]
    amount: Mapped[Minor]
    price_minor: Mapped[Minor]
    currency: Mapped[str]
    retainer_id: Mapped[str | None]
    expires_on: Mapped[date | None]
    low_at: Mapped[int | None]
    leftover: Mapped[str]
    opened_by: Mapped[str]
    hourly_rate: Mapped[Decimal | None]
    decision: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
