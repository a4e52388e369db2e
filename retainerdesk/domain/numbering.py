"""Invoice numbers from the format of their series, by an allow-list of placeholders.

The format is a person's text, so it is read by a pattern of our own and never handed to str.format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from retainerdesk.domain.account import Series
from retainerdesk.domain.errors import RuleViolation

# EN 16931 has no limit, but bank references and file names do.
LONGEST_NUMBER = 40
LARGEST_WIDTH = 12

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PADDED = re.compile(r"number:0([1-9][0-9]?)")
_FORBIDDEN = frozenset('/\\:*?"<>|')


def check_format(series: Series, field: str | None = "format") -> None:
    """Raise RuleViolation for a format that could repeat a number or spoil a file name."""
    text = series.format
    if text != text.strip() or not text.isprintable():
        raise _refused("has spaces at an end or characters that cannot be printed", text, field)
    outside = _PLACEHOLDER.sub("", text)
    if "{" in outside or "}" in outside:
        raise _refused("has a brace without its partner", text, field)
    names = _PLACEHOLDER.findall(text)
    for name in names:
        if name not in ("year", "yy", "month", "number") and _width(name) is None:
            raise _refused(f"has {{{name}}}, which is not year, yy, month, number or number:04", text, field)
    if sum(name.startswith("number") for name in names) != 1:
        raise _refused("needs {number} exactly once, or numbers would repeat", text, field)
    if forbidden := sorted(_FORBIDDEN.intersection(outside)):
        raise _refused(f"has “{forbidden[0]}”, which no file name may have", text, field)
    if len(_fill(text, 1, date(2000, 1, 1))) > LONGEST_NUMBER:
        raise _refused(f"gives numbers longer than {LONGEST_NUMBER} characters", text, field)


def render(series: Series, sequence: int, issued_on: date) -> str:
    """The number of the `sequence`-th document (1, 2, …) of a series, issued on `issued_on`.

    {year} 2026, {yy} 26, {month} 01 to 12, {number} 41, {number:04} 0041; a longer number is never cut.
    Raises RuleViolation for a format that is refused or a result over 40 characters, ValueError below 1.
    """
    if sequence < 1:
        raise ValueError("documents are numbered from 1")
    check_format(series)
    number = _fill(series.format, sequence, issued_on)
    if len(number) > LONGEST_NUMBER:
        raise _refused(f"gives a number longer than {LONGEST_NUMBER} characters", series.format, "format")
    return number


def next_numbers(series: Series, issued_on: date) -> Iterator[tuple[int, str]]:
    """The sequences and numbers the series gives out next, without end."""
    sequence = series.next
    while True:
        yield sequence, render(series, sequence, issued_on)
        sequence += 1


def _fill(text: str, sequence: int, issued_on: date) -> str:
    dated = {
        "year": f"{issued_on.year:04}",
        "yy": f"{issued_on.year % 100:02}",
        "month": f"{issued_on.month:02}",
    }

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return dated[name] if name in dated else str(sequence).zfill(_width(name) or 1)

    return _PLACEHOLDER.sub(value, text)


def _width(name: str) -> int | None:
    """The digits of {number:0N}; None for any other placeholder."""
    match = _PADDED.fullmatch(name)
    width = int(match.group(1)) if match else None
    return width if width is not None and width <= LARGEST_WIDTH else None


def _refused(why: str, text: str, field: str | None) -> RuleViolation:
    return RuleViolation("series.format", f"The number format “{text}” {why}.", field)
