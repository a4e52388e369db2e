"""Letters about money that were sent, and the reference rates users added."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.sent_letter import LetterKind
from retainerdesk.store.base import Base, Minor, Surrogate, one_of


class LetterRow(Base):
    """A letter as it was sent; `lines` are the documents it named with what was asked for."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        one_of("kind", LetterKind),
        Index(None, "account_id", "on_date", "id"),
    )

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]
    on_date: Mapped[date]
    kind: Mapped[str]
    total_minor: Mapped[Minor]
    currency: Mapped[str]
    step_id: Mapped[str]
    lines: Mapped[Any] = mapped_column(JSON)
    title: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str | None]
    span_start: Mapped[date | None]
    span_end: Mapped[date | None]


class LateInterestRateRow(Base):
    """The reference rate of a half-year that came after the table of the program."""

    __tablename__ = "late_interest_rates"

    reference_id: Mapped[str] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    percent: Mapped[Decimal]
    source: Mapped[str]
