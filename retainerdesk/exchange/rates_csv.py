"""A table of exchange rates, `date,from,to,rate[,source]`, to domain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.exchange_rate import ExchangeRate, check_rate
from retainerdesk.domain.money import parse_decimal
from retainerdesk.exchange.book.nodes import to_currency
from retainerdesk.exchange.csv_text import DELIMITERS, RefusedRow, Row, rows

_COLUMNS = ("date", "from", "to", "rate")


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a table in its order, and the rows that were not taken."""

    rates: tuple[ExchangeRate, ...]
    refused: tuple[RefusedRow, ...]


def parse_rates(text: str) -> RateTable:
    """Read rows of date (YYYY-MM-DD), two currencies and a rate with a point; a heading row may come first.

    Commas, semicolons and tabs part the cells; a fifth cell says where the rate is from.
    """
    rates: list[ExchangeRate] = []
    refused: list[RefusedRow] = []
    for row in _without_heading(row for row in rows(text, _delimiter(text)) if not row.is_blank):
        try:
            rates.append(_rate(row))
        except RuleViolation as broken:
            refused.append(RefusedRow(row.number, broken.field or "row", broken.message))
    if not rates and not refused:
        message = "There is no rate in it; write rows like 2026-02-28,GBP,EUR,1.17."
        refused.append(RefusedRow(1, "row", message))
    return RateTable(tuple(rates), tuple(refused))


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _without_heading(found: Iterable[Row]) -> Iterable[Row]:
    for position, row in enumerate(found):
        first = row.cells[0].strip().casefold()
        if position or first != "date":
            yield row


def _rate(row: Row) -> ExchangeRate:
    cells = [cell.strip() for cell in row.cells]
    if not 4 <= len(cells) <= 5:
        message = f"there are {len(cells)}; it needs {', '.join(_COLUMNS)} and may name a source."
        raise RuleViolation("rates.cells", message, "cells")
    day, from_currency, to_currency_, value = cells[:4]
    rate = ExchangeRate(
        _currency(from_currency, "from"), _currency(to_currency_, "to"), _day(day),
        parse_decimal(value, "rate"), cells[4] if len(cells) == 5 else "",
    )  # fmt: skip
    check_rate(rate)
    return rate


def _currency(text: str, column: str) -> str:
    try:
        return to_currency(text.upper())
    except RuleViolation as refused:
        raise RuleViolation(refused.rule, refused.message, column) from refused


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is not a date like 2026-02-28."
        raise RuleViolation("rates.date", message, "date") from None
