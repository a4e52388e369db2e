"""Domain values as JSON and back: for snapshots of parties, for small nested things, for the audit chain.

Money is {"minor", "currency"}, decimals are their shortest plain text, dates ISO, tuples lists. Two forms:
*whole* writes every field (snapshots: what a default meant that day stays); *short* leaves out fields that
equal their default, so that a field added later with a default changes no row written before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from unicodedata import normalize

from retainerdesk.store.base import decimal_text

Json = Any
T = TypeVar("T")
_PLAIN = frozenset({NoneType, str, int, bool})


def canonical(value: object) -> str:
    """The one text of a value: short form, sorted keys, no spaces, Unicode NFC."""
    text = json.dumps(short(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if text.isascii() else normalize("NFC", text)


def short(value: object) -> Json:
    """`value` as JSON without fields that equal their default."""
    return _writer(_kind(value), without_defaults=True)(value)


def whole(value: object) -> Json:
    """`value` as JSON with every field."""
    return _writer(_kind(value), without_defaults=False)(value)


def decode(kind: type[T], data: Json) -> T:
    """The value of a dataclass from either form; raises KeyError, TypeError or ValueError."""
    shape: Any = kind  # mypy does not take a class for hashable
    result: T = _decoder(shape)(data)
    return result


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, object], ...]:  # noqa: ANN401
    if not is_dataclass(kind):
        # A damaged row may hold bytes where a text was.
        raise TypeError(f"{kind.__name__} has no form in JSON")
    return tuple((field.name, field.default) for field in fields(kind))


def _kind(value: object) -> Any:  # noqa: ANN401
    return type(value)


@cache
def _writer(kind: Any, *, without_defaults: bool) -> Callable[[Any], Json]:  # noqa: ANN401
    """What turns values of exactly this class into JSON; raises TypeError for a class that has no form."""
    if kind in _PLAIN:
        return _unchanged
    if issubclass(kind, Decimal | Fraction):
        return decimal_text if issubclass(kind, Decimal) else str
    if issubclass(kind, date):
        to_iso: Callable[[Any], Json] = kind.isoformat
        return to_iso
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, tuple | list):
        return _list_writer(without_defaults=without_defaults)
    return _record_writer(_fields_of(kind), without_defaults=without_defaults)


def _list_writer(*, without_defaults: bool) -> Callable[[Any], Json]:
    def write(items: Sequence[object]) -> Json:
        return [_writer(_kind(item), without_defaults=without_defaults)(item) for item in items]

    return write


def _record_writer(known: tuple[tuple[str, object], ...], *, without_defaults: bool) -> Callable[[Any], Json]:
    def write(value: object) -> Json:
        found: dict[str, Json] = {}
        for name, default in known:
            item = getattr(value, name)
            # Most fields are plain, and most of those that are left out are the default itself.
            if without_defaults and default is not MISSING and (item is default or item == default):
                continue
            kind = _kind(item)
            found[name] = item if kind in _PLAIN else _writer(kind, without_defaults=without_defaults)(item)
        return found

    return write


@cache
def _decoder(kind: Any) -> Callable[[Json], Any]:  # noqa: ANN401
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional(_decoder(next(item for item in arguments if item is not NoneType)))
    if origin in (tuple, Sequence):
        return _tuple_of(_decoder(arguments[0])) if _is_list(origin, arguments) else _row_of(arguments)
    if is_dataclass(kind):
        return _record(kind)
    if kind is datetime or kind is date:
        from_iso: Callable[[Json], Any] = kind.fromisoformat
        return from_iso
    return _scalar(kind)


def _is_list(origin: object, arguments: tuple[object, ...]) -> bool:
    """Whether every item is of one kind; a row such as tuple[date, str, int] has a kind for each place."""
    return origin is Sequence or (len(arguments) == 2 and arguments[1] is Ellipsis)


def _scalar(kind: Any) -> Callable[[Json], Any]:  # noqa: ANN401
    if kind in (str, int, bool):
        return _unchanged
    if kind in (Decimal, Fraction) or issubclass(kind, Enum):
        result: Callable[[Json], Any] = kind
        return result
    raise TypeError(f"{kind} has no form in JSON")


def _unchanged(data: Json) -> Json:
    return data


def _optional(inner: Callable[[Json], Any]) -> Callable[[Json], Any]:
    return lambda data: None if data is None else inner(data)


def _tuple_of(inner: Callable[[Json], Any]) -> Callable[[Json], Any]:
    return lambda data: tuple(inner(item) for item in data)


def _row_of(kinds: tuple[object, ...]) -> Callable[[Json], Any]:
    readers = [_decoder(kind) for kind in kinds]
    return lambda data: tuple(reader(item) for reader, item in zip(readers, data, strict=True))


def _record(kind: Any) -> Callable[[Json], Any]:  # noqa: ANN401
    readers = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}

    def read(data: Json) -> object:
        return kind(**{name: readers[name](item) for name, item in data.items()})

    return read
