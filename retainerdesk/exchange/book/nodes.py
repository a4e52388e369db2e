"""One JSON value to one plain value; each function raises RuleViolation with a sentence that says why not."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from iso4217 import Currency

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money, parse_decimal, parse_money
from retainerdesk.exchange.book.json_text import Number

# Years outside are slips of the pen, and some would overflow the calendar when a cadence is added.
FIRST_YEAR, LAST_YEAR = 1901, 2200
LARGEST_INTEGER = 2**31 - 1
LONGEST_ID = 200
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_CURRENCIES = frozenset(currency.value for currency in Currency)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

Choice = TypeVar("Choice", bound=StrEnum)


def to_text(node: object) -> str:
    """Any text without NUL and without broken characters; may be empty."""
    if not isinstance(node, str):
        raise _wrong(f"must be text in quotes, not {describe(node)}.")
    if "\x00" in node:
        raise _wrong("contains a NUL character; remove it.")
    if not node.isascii() and any("\ud800" <= character <= "\udfff" for character in node):
        raise _wrong("contains half of a character (a lone surrogate); write the character again.")
    return node


def to_identifier(node: object) -> str:
    """A short name: not blank, one line, at most 200 characters."""
    text = to_text(node)
    if not text.strip() or len(text) > LONGEST_ID or _CONTROL.search(text):
        raise _wrong(f"must be a short name of 1 to {LONGEST_ID} characters in one line.")
    return text


def to_matching(node: object, pattern: str, meant: str) -> str:
    """A text of a given form; `meant` says in words what is expected."""
    text = to_text(node)
    if not re.fullmatch(pattern, text):
        raise _wrong(f"{quoted(text)} is not {meant}.")
    return text


def to_currency(node: object) -> str:
    """A currency of ISO 4217, in capital letters."""
    text = to_text(node)
    if text not in _CURRENCIES:
        raise _wrong(f"{quoted(text)} is not a currency of ISO 4217, such as EUR.")
    return text


def to_flag(node: object) -> bool:
    """True or false, not 1 or 0."""
    if not isinstance(node, bool):
        raise _wrong(f"must be true or false, not {describe(node)}.")
    return node


def to_choice(node: object, kind: type[Choice]) -> Choice:
    """One value of a closed list."""
    if isinstance(node, str):
        for member in kind:
            if member.value == node:
                return member
    allowed = ", ".join(member.value for member in kind)
    raise _wrong(f"{quoted(node)} is not one of: {allowed}.")


def to_day(node: object) -> date:
    """A date written YYYY-MM-DD."""
    return _calendar(node, _DATE, "a date like 2025-01-31").date()


def to_moment(node: object) -> datetime:
    """A local wall-clock time written YYYY-MM-DDTHH:MM."""
    return _calendar(node, _MOMENT, "a time like 2025-02-04T10:00")


def _calendar(node: object, form: re.Pattern[str], meant: str) -> datetime:
    text = to_text(node)
    if not form.fullmatch(text):
        raise _wrong(f"{quoted(text)} is not {meant}.")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(f"{text} does not exist in the calendar; write {meant}.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _wrong(f"the year of {text} is out of range; it must be {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def to_integer(node: object, least: int = 0, most: int = LARGEST_INTEGER) -> int:
    """A whole number within bounds, both included."""
    if isinstance(node, bool) or not isinstance(node, int):
        raise _wrong(f"must be a whole number without quotes, not {describe(node)}.")
    if not least <= node <= most:
        bound = f"at least {least}" if node < least else f"at most {most}"
        raise _wrong(f"{node} is out of range; it must be {bound}.")
    return node


def to_decimal(node: object, digits: int, least: int | None = None, most: int | None = None) -> Decimal:
    """A decimal string with at most `digits` decimals, within bounds, both included."""
    text = _number_text(node)
    value = parse_decimal(text)
    if value != round(value, digits):
        raise _wrong(f"{text} has more than {digits} decimals.")
    return _bounded(value, least, most)


def to_money(node: object, currency: str, least: int | None = None) -> Money:
    """A decimal string with no more digits than the currency has."""
    found = parse_money(_number_text(node), currency)
    _bounded(found.as_decimal(), least, None)
    return found


def _number_text(node: object) -> str:
    if not isinstance(node, str):
        raise _wrong(f'must be a number in quotes, like "1250.00", not {describe(node)}.')
    if len(to_text(node)) > 60:
        raise _wrong(f"{quoted(node)} has more digits than an amount can have.")
    return node


def _bounded(value: Decimal, least: int | None, most: int | None) -> Decimal:
    if least is not None and value < least:
        raise _wrong(f"{value} is out of range; it must be at least {least}.")
    if most is not None and value > most:
        raise _wrong(f"{value} is out of range; it must be at most {most}.")
    return value


def describe(node: object) -> str:
    """What a JSON node is, in words."""
    if node is None or isinstance(node, bool):
        return {None: "null", True: "true", False: "false"}[node]
    if isinstance(node, int | Number):
        return f"the number {node.text[:30] if isinstance(node, Number) else node}"
    return "text" if isinstance(node, str) else "a list" if isinstance(node, list) else "an object"


def quoted(node: object) -> str:
    """A value as shown inside a sentence: short, printable, in quotes if it is text."""
    if not isinstance(node, str):
        return describe(node)
    shown = node if node.isprintable() else ascii(node)[1:-1]
    return f"“{shown[:60]}{'…' if len(shown) > 60 else ''}”"


def _wrong(sentence: str) -> RuleViolation:
    return RuleViolation("book.value", sentence)
