"""Rows of the book in words: "invoice 2026-0041, line 2 (amount)" instead of a table and a key."""

from __future__ import annotations

import json
from typing import Any

# What one row of a table is called, where it is not the table's name without its s.
_WORDS = {
    "people": "person",
    "series": "series",
    "late_interest_rates": "late interest rate",
    "period_closes": "closing",
    "period_reopenings": "closing taken back",
    "work_entries": "work entry",
}
_PARTS = {"tax": "tax", "address": "address line", "series": "series"}
# Inside an amount there is nothing more to name.
_LEAVES = frozenset({"minor", "currency"})


def row_name(table: str, key: str) -> str:
    """What a row is called by people: its kind, its own name, and whose it is."""
    if not key:
        return "the book" if not table else f"a row of {table.replace('_', ' ')}"
    if table == "business":
        return "the business"
    parts = [part.replace("~1", "/").replace("~0", "~") for part in key.split("/")]
    if table == "invoices":
        return f"invoice {parts[-1]}"
    kind = _singular(table, _WORDS)
    if len(parts) == 2 and table != "late_interest_rates":
        return f"{kind} {parts[1]} of {parts[0]}"
    return f"{kind} {' '.join(parts)}"


def place_of_change(written: str, now: str) -> str:
    """Where two canonical texts of one row differ first, to follow its name: ", line 2 (net)" or " (iban)".

    Empty if that has no words.
    """
    try:
        path = _first_difference(json.loads(written), json.loads(now))
    except ValueError:
        return ""
    words, field = [], ""
    for step in path:
        if isinstance(step, int):
            words.append(f"{_singular(field, _PARTS)} {step + 1}")
            field = ""
        elif step not in _LEAVES:
            words += [field] if field else []
            field = step.replace("_", " ")
    place = ", ".join(words)
    inside = f" ({field})" if field else ""
    return f", {place}{inside}" if place else inside


def _first_difference(written: Any, now: Any) -> list[str | int]:  # noqa: ANN401 - JSON
    """The path to the first value that differs; empty if all of it does."""
    if isinstance(written, dict) and isinstance(now, dict):
        for name in sorted(written.keys() | now.keys()):
            if written.get(name) != now.get(name):
                return [name, *_first_difference(written.get(name), now.get(name))]
    if isinstance(written, list) and isinstance(now, list):
        for place in range(max(len(written), len(now))):
            pair = written[place : place + 1], now[place : place + 1]
            if pair[0] != pair[1]:
                return [place, *(_first_difference(pair[0][0], pair[1][0]) if all(pair) else [])]
    return []


def _singular(name: str, known: dict[str, str]) -> str:
    plain = name.replace("_", " ")
    return known.get(name, plain.removesuffix("s"))
