"""An address typed as lines, taken apart into what payment systems want: street, number, code, town."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_NAME, _MOST_STREET, _MOST_NUMBER, _MOST_CODE, _MOST_TOWN = 70, 70, 16, 16, 35

# 8001 Zürich · CH-8001 Zürich · 1012 AB Amsterdam
_CODE_FIRST = re.compile(r"(?:[A-Z]{1,3}[- ])?(\d{3,6}(?: ?[A-Z]{2}(?= ))?)\s+(\D.*)")
# London EC1A 1AA · Springfield, IL 62704
_CODE_LAST = re.compile(r"(.*?\D)[\s,]+([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?)")
_NUMBER_LAST = re.compile(r"(.*\D)\s+(\d+ ?[a-zA-Z]?(?:[-/]\d+ ?[a-zA-Z]?)?)")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A structured address within the lengths of ISO 20022; street and number may be empty."""

    name: str
    street: str
    number: str
    code: str
    town: str
    country: str

    @property
    def parts(self) -> tuple[str, ...]:
        """In the order of the standard."""
        return self.name, self.street, self.number, self.code, self.town, self.country

    @property
    def lines(self) -> tuple[str, ...]:
        """As it is printed, without the country."""
        street = f"{self.street} {self.number}".strip()
        return tuple(line for line in (self.name, street, f"{self.code} {self.town}") if line)


def postal_address(name: str, lines: Sequence[str], country: str) -> PostalAddress | None:
    """The parts of an address; None if its code and town are not found, or anything is too long.

    The last line with a code is that of the town, the line before it the street. What stands above (a
    person, a department) has no place in a structured address.
    """
    typed = [" ".join(unicodedata.normalize("NFC", line).split()) for line in lines]
    for index in reversed(range(len(typed))):
        place = _code_and_town(typed[index])
        if place is not None:
            street, number = _street_and_number(typed[index - 1] if index else "")
            holder = " ".join(unicodedata.normalize("NFC", name).split())
            return _within_lengths(PostalAddress(holder, street, number, *place, country.upper()))
    return None


def _code_and_town(line: str) -> tuple[str, str] | None:
    if found := _CODE_FIRST.fullmatch(line):
        return found[1], found[2]
    if found := _CODE_LAST.fullmatch(line):
        return found[2], found[1].rstrip(" ,")
    return None


def _street_and_number(line: str) -> tuple[str, str]:
    """A number before the street, as in Britain, stays with it."""
    found = _NUMBER_LAST.fullmatch(line)
    return (found[1].rstrip(" ,"), found[2]) if found else (line, "")


def _within_lengths(address: PostalAddress) -> PostalAddress | None:
    most = (_MOST_NAME, _MOST_STREET, _MOST_NUMBER, _MOST_CODE, _MOST_TOWN, 2)
    fits = all(len(part) <= limit for part, limit in zip(address.parts, most, strict=True))
    return address if fits and address.name and len(address.country) == 2 else None
