"""Plain values as they stand in a book file. Each has one spelling, so that equal books are equal text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from retainerdesk.domain.money import Money, exponent

Node = object


def plain(value: Decimal) -> str:
    """A quantity or percentage without trailing zeros ("19", "7.5", "0")."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def rate(value: Decimal, currency: str) -> str:
    """An amount per unit in major units, with at least the currency's digits ("150.00", "0.0125")."""
    text = plain(value)
    whole, _, part = text.partition(".")
    digits = part.ljust(exponent(currency), "0")
    return f"{whole}.{digits}" if digits else whole


def amount(value: Money | None) -> str | None:
    """Money with exactly the digits of its currency, or null."""
    return None if value is None else str(value)


def day(value: date | None) -> str | None:
    """A date as YYYY-MM-DD, or null."""
    return None if value is None else value.isoformat()


def moment(value: datetime) -> str:
    """To the minute; books keep no seconds."""
    return value.isoformat(timespec="minutes")


@dataclass(frozen=True, slots=True)
class Unless:
    """A member that is written only where it differs from its default."""

    default: object
    value: Node


def members(fields: Mapping[str, Node | Unless]) -> dict[str, Node]:
    """The object to write: fields in the order given, `Unless` ones only if they say something."""
    return {
        name: value.value if isinstance(value, Unless) else value
        for name, value in fields.items()
        if not (isinstance(value, Unless) and value.value == value.default)
    }
