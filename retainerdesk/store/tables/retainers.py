"""Retainers with their plans, pauses, usage decisions and lot adjustments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.period import Alignment, CadenceUnit
from retainerdesk.domain.plan import OverageDecision, Proration, Timing
from retainerdesk.domain.retainer import NoticeBy, NoticeUnit, PauseFee, PauseLots, Renewal
from retainerdesk.store.base import Base, Minor, OptionalMinor, Surrogate, not_negative, one_of


def _of_retainer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"], ondelete="CASCADE"
    )


class RetainerRow(Base):
    """One agreement. `term_renewal` is NULL where no term is agreed."""

    __tablename__ = "retainers"
    __table_args__ = (
        one_of("term_renewal", Renewal),
        one_of("notice_unit", NoticeUnit),
        one_of("notice_given_by", NoticeBy),
        *not_negative(["notice_count"]),
        CheckConstraint("(notice_count IS NULL) = (notice_unit IS NULL)", name="notice_whole"),
    )

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts_on: Mapped[date]
    settled_through: Mapped[date | None]
    term_months: Mapped[int | None]
    term_renewal: Mapped[str | None]
    notice_count: Mapped[int | None]
    notice_unit: Mapped[str | None]
    escalator: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    notice_given_on: Mapped[date | None]
    notice_given_by: Mapped[str | None]
    ended_on: Mapped[date | None]


class PlanRow(Base):
    """Terms from `from_on`; one plan a day and retainer."""

    __tablename__ = "plans"
    __table_args__ = (
        _of_retainer(),
        one_of("cadence_unit", CadenceUnit),
        one_of("usage_cadence_unit", CadenceUnit),
        one_of("alignment", Alignment),
        one_of("timing", Timing),
        one_of("proration", Proration),
        one_of("overage_decision", OverageDecision),
        CheckConstraint("cadence_every >= 1", name="cadence_every"),
        CheckConstraint("billing_day BETWEEN 1 AND 31", name="billing_day"),
        *not_negative(
            ["allowance_minutes", "allowance_money_minor", "allowance_sessions", "session_price_minor"]
        ),
    )

    account_id: Mapped[str] = mapped_column(primary_key=True)
    retainer_id: Mapped[str] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    fee_minor: Mapped[Minor]
    currency: Mapped[str]
    cadence_unit: Mapped[str]
    cadence_every: Mapped[int]
    alignment: Mapped[str]
    billing_day: Mapped[int | None]
    timing: Mapped[str]
    proration: Mapped[str]
    allowance_minutes: Mapped[int]
    rollover: Mapped[dict[str, Any]]
    overage_rate: Mapped[Decimal]
    overage_decision: Mapped[str]
    usage_cadence_unit: Mapped[str | None]
    usage_cadence_every: Mapped[int | None]
    text: Mapped[str]
    allowance_money_minor: Mapped[OptionalMinor]
    value_rate: Mapped[Decimal | None]
    allowance_sessions: Mapped[int | None]
    session_price_minor: Mapped[OptionalMinor]


class PauseRow(Base):
    """Days without service, `[starts_on, ends_on)`."""

    __tablename__ = "pauses"
    __table_args__ = (
        _of_retainer(),
        one_of("fee", PauseFee),
        one_of("lots", PauseLots),
        CheckConstraint("starts_on <= ends_on", name="span"),
        Index(None, "account_id", "retainer_id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str]
    retainer_id: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    fee: Mapped[str]
    lots: Mapped[str]


class UsageDecisionRow(Base):
    """What was decided about the overage of the usage period starting on `period_on`."""

    __tablename__ = "usage_decisions"
    __table_args__ = (_of_retainer(), one_of("decision", OverageDecision))

    account_id: Mapped[str] = mapped_column(primary_key=True)
    retainer_id: Mapped[str] = mapped_column(primary_key=True)
    period_on: Mapped[date] = mapped_column(primary_key=True)
    decision: Mapped[str]
    reason: Mapped[str]
    decided_on: Mapped[date | None]


class LotAdjustmentRow(Base):
    """Minutes added to or taken from the period that holds `on_date`."""

    __tablename__ = "lot_adjustments"
    __table_args__ = (_of_retainer(), Index(None, "account_id", "retainer_id"))

    pk: Mapped[Surrogate]
    account_id: Mapped[str]
    retainer_id: Mapped[str]
    id: Mapped[str]
    on_date: Mapped[date]
    minutes: Mapped[int]
    reason: Mapped[str]
