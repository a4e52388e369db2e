"""One JSON object being read: typed access by name, every fault reported with its path.

A fault never stops the reading: it is added to the refusals and a harmless value stands in, so that one
pass names everything that is wrong. Callers make no use of the values if anything was refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.exchange.book import nodes
from retainerdesk.exchange.book.json_text import Members
from retainerdesk.exchange.book.nodes import Choice
from retainerdesk.exchange.book.refusals import Refusals

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")
_NO_MOMENT = datetime.fromisoformat("1900-01-01T00:00")
# Stands in for a date that could not be read. A real date in a book is later.
NO_DAY = _NO_MOMENT.date()

Value = TypeVar("Value")


class Fields:
    """The members of one JSON object at `path`.

    Names never asked for are refused by `close`. A field is required unless its method gets a default or
    is called `maybe_…`; null stands for the default of an optional field.
    """

    __slots__ = ("_asked", "_members", "_readable", "path", "refusals")

    def __init__(self, node: object, path: str, refusals: Refusals) -> None:
        self.path = path
        self.refusals = refusals
        self._asked: list[str] = []
        self._readable = isinstance(node, Members)
        self._members = node if isinstance(node, Members) else Members()
        if not self._readable:
            refusals.add(path or "$", f"must be an object in braces, not {nodes.describe(node)}.")
        for name in self._members.repeated:
            self.refuse(name, "is given twice in the same object; keep one of them.")

    def at(self, name: str) -> str:
        """The path of a member."""
        if not _PLAIN_NAME.fullmatch(name):
            return f"{self.path}[{name[:40]!a}]"
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, name: str, sentence: str) -> None:
        self.refusals.add(self.at(name), sentence)

    def has(self, name: str) -> bool:
        """Whether the member is there and not null."""
        return self._members.get(name) is not None

    def close(self) -> None:
        """Refuse every member whose name was never asked for: most likely a slip of the pen."""
        for name in self._members:
            if name not in self._asked:
                self.refuse(name, f"is not a known field here; {_nearest(name, self._asked)}.")

    def text(self, name: str, default: str | None = None) -> str:
        """Any text without NUL and without broken characters; may be empty."""
        return self._value(name, nodes.to_text, default, "")

    def maybe_text(self, name: str) -> str | None:
        return self._maybe(name, nodes.to_text)

    def identifier(self, name: str, default: str | None = None) -> str:
        """A short name: not blank, one line, at most 200 characters."""
        return self._value(name, nodes.to_identifier, default, "")

    def maybe_identifier(self, name: str) -> str | None:
        return self._maybe(name, nodes.to_identifier)

    def matching(self, name: str, pattern: str, meant: str, default: str | None = None) -> str:
        """A text of a given form; `meant` says in words what is expected."""
        return self._value(name, lambda node: nodes.to_matching(node, pattern, meant), default, "")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; missing is empty."""
        return tuple(self._each(name, nodes.to_text))

    def identifiers(self, name: str) -> tuple[str, ...]:
        return tuple(self._each(name, nodes.to_identifier))

    def currency(self, name: str, default: str | None = None) -> str:
        """A currency of ISO 4217."""
        return self._value(name, nodes.to_currency, default, "EUR")

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false; missing is false unless told otherwise."""
        return self._value(name, nodes.to_flag, default=default, stand_in=False)

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One value of a closed list."""
        return self._value(name, lambda node: nodes.to_choice(node, kind), default, next(iter(kind)))

    def maybe_choice(self, name: str, kind: type[Choice]) -> Choice | None:
        return self._maybe(name, lambda node: nodes.to_choice(node, kind))

    def day(self, name: str) -> date:
        """A date written YYYY-MM-DD."""
        return self._value(name, nodes.to_day, None, NO_DAY)

    def maybe_day(self, name: str) -> date | None:
        return self._maybe(name, nodes.to_day)

    def moment(self, name: str) -> datetime:
        """A local wall-clock time written YYYY-MM-DDTHH:MM."""
        return self._value(name, nodes.to_moment, None, _NO_MOMENT)

    def integer(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        return self._value(name, lambda node: nodes.to_integer(node, least), default, least)

    def maybe_integer(self, name: str, *, least: int = 0, most: int = nodes.LARGEST_INTEGER) -> int | None:
        return self._maybe(name, lambda node: nodes.to_integer(node, least, most))

    def decimal(
        self,
        name: str,
        default: str | None = None,
        *,
        digits: int = 4,
        least: int | None = 0,
        most: int | None = None,
    ) -> Decimal:
        """A decimal string with at most `digits` decimals, within bounds (both included)."""
        fallback = None if default is None else Decimal(default)
        return self._value(
            name, lambda node: nodes.to_decimal(node, digits, least, most), fallback, Decimal(0)
        )

    def maybe_decimal(self, name: str, *, digits: int = 4, least: int | None = 0) -> Decimal | None:
        return self._maybe(name, lambda node: nodes.to_decimal(node, digits, least))

    def money(self, name: str, currency: str, *, least: int | None = None) -> Money:
        """A decimal string with no more digits than the currency has."""
        return self._value(name, lambda node: nodes.to_money(node, currency, least), None, Money(0, currency))

    def maybe_money(self, name: str, currency: str, *, least: int | None = None) -> Money | None:
        return self._maybe(name, lambda node: nodes.to_money(node, currency, least))

    def child(self, name: str) -> Fields:
        """The object of that name; must be there."""
        node = self._take(name, required=True)
        if node is None:
            return Fields(Members(), self.at(name), Refusals())
        return Fields(node, self.at(name), self.refusals)

    def maybe_child(self, name: str) -> Fields | None:
        node = self._take(name, required=False)
        return None if node is None else Fields(node, self.at(name), self.refusals)

    def children(self, name: str) -> Iterator[Fields]:
        """The objects of a list; missing is empty."""
        for node, path in self._items(name):
            yield Fields(node, path, self.refusals)

    def _value(
        self, name: str, convert: Callable[[object], Value], default: Value | None, stand_in: Value
    ) -> Value:
        node = self._take(name, required=default is None)
        if node is not None:
            try:
                return convert(node)
            except RuleViolation as refused:
                self.refuse(name, refused.message)
        return stand_in if default is None else default

    def _maybe(self, name: str, convert: Callable[[object], Value]) -> Value | None:
        node = self._take(name, required=False)
        if node is not None:
            try:
                return convert(node)
            except RuleViolation as refused:
                self.refuse(name, refused.message)
        return None

    def _each(self, name: str, convert: Callable[[object], str]) -> Iterator[str]:
        for node, path in self._items(name):
            try:
                yield convert(node)
            except RuleViolation as refused:
                self.refusals.add(path, refused.message)

    def _take(self, name: str, *, required: bool) -> object | None:
        self._asked.append(name)
        node = self._members.get(name)
        if node is None and required and self._readable:
            self.refuse(name, "is null, but needs a value." if name in self._members else "is missing.")
        return node

    def _items(self, name: str) -> Iterator[tuple[object, str]]:
        node = self._take(name, required=False)
        path = self.at(name)
        if isinstance(node, list):
            yield from ((item, f"{path}[{index}]") for index, item in enumerate(node))
        elif node is not None:
            self.refuse(name, f"must be a list in square brackets, not {nodes.describe(node)}.")


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"perhaps “{near[0]}” is meant" if near else f"known are: {', '.join(sorted(set(known)))}"
