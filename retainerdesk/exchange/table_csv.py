"""Tables as CSV that no spreadsheet takes for formulas.

A text cell that a spreadsheet would calculate gets an apostrophe in front, which spreadsheets show as text.
Where a machine splits at semicolons or tabs instead of commas, a cell may begin in the middle of a text, so
what follows such a mark or a line break gets one too. `plain_cell` takes them off again. Numbers and dates
are never touched: -5.00 stays a number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from retainerdesk.domain.money import Money

Cell = str | int | Decimal | Money | date | None
# Half-width and full-width, and what may come before them without changing what a spreadsheet does.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_SKIPPED = " \t\r\n\"',;\u00a0\u3000\ufeff"
_MARKS = rf"[;\t\r\n|][{_SKIPPED}]*"
_SIGNS = "[=+\\-@＝＋－＠]"
_INSIDE = re.compile(f"({_MARKS})({_SIGNS})")
_INSIDE_SAFE = re.compile(f"({_MARKS})'({_SIGNS})")


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> str:
    """A CSV text: a header, lines ended as in RFC 4180, amounts with a point and their currency's digits."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return target.getvalue()


def safe_cell(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could take what follows for a formula."""
    inside = _INSIDE.sub(r"\1'\2", text)
    if text[:1] in _DANGEROUS or text.lstrip(_SKIPPED)[:1] in _DANGEROUS or text.startswith("'"):
        return f"'{inside}"
    return inside


def plain_cell(text: str) -> str:
    """The text `safe_cell` was given."""
    return _INSIDE_SAFE.sub(r"\1\2", text.removeprefix("'"))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
