"""What happened with an account, a typed table a kind, each indexed for the timeline by (account, date, id).

A column called `on_date` is the business date; `at` is a local wall-clock time whose date it is.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from retainerdesk.domain.work import WorkKind
from retainerdesk.store.base import Base, Minor, Surrogate, not_negative, one_of


class _OfAccount:
    """The columns of every row of an account's lists: the user's id is unique in its list."""

    pk: Mapped[Surrogate]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    id: Mapped[str]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return (UniqueConstraint("account_id", "id"), *cls.more())

    @classmethod
    def more(cls) -> tuple[SchemaItem, ...]:
        """Constraints and indexes of this table alone."""
        return (_by_date(),)


def _by_date() -> Index:
    return Index(None, "account_id", "on_date", "id")


def _of_retainer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"])


class WorkRow(_OfAccount, Base):
    """Minutes of one person on one day."""

    __tablename__ = "work_entries"

    on_date: Mapped[date]
    minutes: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    retainer_id: Mapped[str | None]
    text: Mapped[str]
    written_down_minutes: Mapped[int]
    write_down_reason: Mapped[str]

    @classmethod
    def more(cls) -> tuple[SchemaItem, ...]:
        return (_by_date(), one_of("kind", WorkKind), _of_retainer())


class CallRow(_OfAccount, Base):
    """A meeting."""

    __tablename__ = "calls"

    on_date: Mapped[date]
    at: Mapped[datetime]
    minutes: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    contact_ids: Mapped[list[str]]
    retainer_id: Mapped[str | None]
    burns_session: Mapped[bool]

    @classmethod
    def more(cls) -> tuple[SchemaItem, ...]:
        return (_by_date(), _of_retainer())


class NoteRow(_OfAccount, Base):
    """A text."""

    __tablename__ = "notes"

    on_date: Mapped[date]
    at: Mapped[datetime]
    text: Mapped[str]
    touch: Mapped[bool]


class ActionRow(_OfAccount, Base):
    """Open actions are found by due date across accounts, done ones by the timeline."""

    __tablename__ = "actions"

    text: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]

    @classmethod
    def more(cls) -> tuple[SchemaItem, ...]:
        return (Index(None, "account_id", "done_on", "id"), Index(None, "done_on", "due_on"))


class DecisionRow(_OfAccount, Base):
    """A commercial decision with its reason."""

    __tablename__ = "decisions"

    on_date: Mapped[date]
    text: Mapped[str]
    reason: Mapped[str]


class DocumentRow(_OfAccount, Base):
    """A file, stored once by content."""

    __tablename__ = "documents"

    on_date: Mapped[date]
    name: Mapped[str]
    sha256: Mapped[str]
    retainer_id: Mapped[str | None]
    size_bytes: Mapped[int | None]

    @classmethod
    def more(cls) -> tuple[SchemaItem, ...]:
        return (_by_date(), _of_retainer(), Index(None, "sha256"), *not_negative(["size_bytes"]))


class ChargeRow(_OfAccount, Base):
    """A one-off line for the next invoice; `tax` overrides the account's."""

    __tablename__ = "charges"

    on_date: Mapped[date]
    text: Mapped[str]
    quantity: Mapped[Decimal]
    unit_price: Mapped[Decimal]
    discount_percent: Mapped[Decimal]
    tax: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ExpenseRow(_OfAccount, Base):
    """Money spent for an account."""

    __tablename__ = "expenses"

    on_date: Mapped[date]
    amount_minor: Mapped[Minor]
    currency: Mapped[str]
    text: Mapped[str]
    rebill: Mapped[bool]
    markup_percent: Mapped[Decimal]
