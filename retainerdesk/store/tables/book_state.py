"""The audit chain, and what the program itself remembers about this book."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.store.base import Base, Surrogate


class AuditRow(Base):
    """One link: the canonical text of a row as it was written, chained by hash. Append only, by trigger."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "table_name", "row_key"),)

    seq: Mapped[Surrogate]
    at_utc: Mapped[str]
    zone: Mapped[str]
    action: Mapped[str]
    table_name: Mapped[str]
    row_key: Mapped[str]
    row: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]


class BookStateRow(Base):
    """Small facts about the book's use (last check, last backup), by key. Not business facts: not audited."""

    __tablename__ = "book_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class NotifiedRow(Base):
    """A due item the user was told about, and until when it rests."""

    __tablename__ = "notified"

    key: Mapped[str] = mapped_column(primary_key=True)
    first_notified_on: Mapped[date]
    snoozed_until: Mapped[date | None]
