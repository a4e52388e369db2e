"""What every table shares: the metadata, constraint names, and columns that keep values exact.

Tables are those of SQLAlchemy Core. Its ORM is never imported: it would cost a third of a second at
every start, for objects that nothing here uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Dialect, Integer, MetaData, String
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal as its shortest plain text: "150", "0.5", never "1.50E+2" and never a float."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else decimal_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


def decimal_text(value: Decimal) -> str:
    """The shortest plain text of a finite decimal; raises ValueError for infinities and NaN."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


METADATA = MetaData(naming_convention=NAMES)
MINOR = BigInteger().with_variant(Integer, "sqlite")
# Nothing is NULL and not the JSON text "null".
OPTIONAL_JSON = JSON(none_as_null=True)
Kind = type[TypeEngine[Any]] | TypeEngine[Any]


def filled(name: str, kind: Kind, *more: SchemaItem) -> Column[Any]:
    """A column that always holds a value."""
    return Column(name, kind, *more, nullable=False)


def optional(name: str, kind: Kind, *more: SchemaItem) -> Column[Any]:
    """A column that may be NULL."""
    return Column(name, kind, *more)


def key(name: str, kind: Kind, *more: SchemaItem) -> Column[Any]:
    """A column of the primary key."""
    return Column(name, kind, *more, primary_key=True)


def surrogate(name: str) -> Column[int]:
    """A whole number the store hands out as the primary key; users never see it."""
    return Column(name, Integer, primary_key=True)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """The column holds one of the values of a domain enumeration."""
    allowed = ", ".join(f"'{member.value}'" for member in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def not_negative(columns: Iterable[str]) -> list[CheckConstraint]:
    """One check a column: zero or more (NULL passes)."""
    return [CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns]
