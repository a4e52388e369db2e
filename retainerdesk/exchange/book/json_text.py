"""Bytes or text of a JSON file to plain nodes, with every way it can be broken told in a sentence.

Floats never appear: a number that is not a plain whole number stays the text it was (`Number`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from retainerdesk.exchange.book.refusals import BookRefused, Refusal

LARGEST_BYTES = 256 * 1024 * 1024
_LONGEST_INTEGER = 18


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number with a fraction, an exponent or too many digits, as it was written."""

    text: str


class Members(dict[str, object]):
    """A JSON object that remembers which of its names were given twice."""

    repeated: tuple[str, ...] = ()


def parse_json(data: bytes | str, largest_bytes: int = LARGEST_BYTES) -> object:
    """The nodes of one JSON document; raises BookRefused if it is too large or not JSON in UTF-8."""
    if len(data) > largest_bytes:
        most = f"{largest_bytes // 1024 // 1024} MB"
        raise _refused(f"The file is larger than {most}, the most an import reads; a backup moves any book.")
    text = _decode(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    try:
        return json.loads(
            text, object_pairs_hook=_members, parse_float=Number, parse_int=_integer, parse_constant=Number
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _refused(f"The file is not readable JSON at {place}: {error.msg}.") from error
    except RecursionError as error:
        raise _refused("The file is nested too deeply to be a book.") from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(f"The file is not UTF-8 text (line {line}); save it as UTF-8.") from error


def _members(pairs: list[tuple[str, object]]) -> Members:
    members = Members(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        members.repeated = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return members


def _integer(text: str) -> int | Number:
    return int(text) if len(text) <= _LONGEST_INTEGER else Number(text)


def _refused(sentence: str) -> BookRefused:
    return BookRefused((Refusal("$", sentence),))
