"""Usage periods that were closed and locked, closings taken back, and decisions about late work in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.period_close import LateChoice
from retainerdesk.store.base import Base, Minor, one_of


class PeriodCloseRow(Base):
    """One closing with its row of the lot ledger. Triggers refuse every UPDATE and DELETE.

    `uses`, `lots` and `block_burns` are lists of short records, in the order of the domain values.
    """

    __tablename__ = "period_closes"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"]),
        CheckConstraint("period_on < ends_on", name="span"),
        CheckConstraint(
            "opening + granted + adjusted = burned + expired + forfeited + carried", name="lots_add_up"
        ),
    )

    account_id: Mapped[str] = mapped_column(primary_key=True)
    retainer_id: Mapped[str] = mapped_column(primary_key=True)
    period_on: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    ends_on: Mapped[date]
    closed_on: Mapped[date]
    plan_on: Mapped[date]
    opening: Mapped[Minor]
    granted: Mapped[Minor]
    adjusted: Mapped[Minor]
    used: Mapped[Minor]
    carried_in: Mapped[Minor]
    burned: Mapped[Minor]
    overage: Mapped[Minor]
    expired: Mapped[Minor]
    forfeited: Mapped[Minor]
    carried: Mapped[Minor]
    from_blocks: Mapped[Minor]
    unmetered: Mapped[Minor]
    uses: Mapped[list[Any]] = mapped_column(JSON)
    lots: Mapped[list[Any]] = mapped_column(JSON)
    block_burns: Mapped[list[Any]] = mapped_column(JSON)


class PeriodReopeningRow(Base):
    """A closing that was taken back: a row beside it, because the closing itself never changes."""

    __tablename__ = "period_reopenings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "retainer_id", "period_on", "number"],
            [
                "period_closes.account_id",
                "period_closes.retainer_id",
                "period_closes.period_on",
                "period_closes.number",
            ],
        ),
    )

    account_id: Mapped[str] = mapped_column(primary_key=True)
    retainer_id: Mapped[str] = mapped_column(primary_key=True)
    period_on: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date]
    reason: Mapped[str]


class LateDecisionRow(Base):
    """What was decided about a difference in the closed period that starts on `period_on`."""

    __tablename__ = "late_decisions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"], ondelete="CASCADE"
        ),
        one_of("choice", LateChoice),
    )

    account_id: Mapped[str] = mapped_column(primary_key=True)
    retainer_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    period_on: Mapped[date]
    on_date: Mapped[date]
    choice: Mapped[str]
    used: Mapped[Minor]
    overage: Mapped[Minor]
    from_blocks: Mapped[Minor]
    carried: Mapped[Minor]
    price_minor: Mapped[Minor]
    currency: Mapped[str]
    reason: Mapped[str]
    entries: Mapped[list[Any]] = mapped_column(JSON)
    to_on: Mapped[date | None]
    invoice_number: Mapped[str | None]
