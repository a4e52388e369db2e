"""Exports of Toggl Track, Clockify and Harvest to rows of time, and to the rows that cannot be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from itertools import islice
from typing import TypeVar

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import derived_id
from retainerdesk.exchange.csv_text import DELIMITERS, RefusedRow, Row, decode, rows
from retainerdesk.exchange.time_csv.dialects import Dialect, TimeSource, dialect_of
from retainerdesk.exchange.time_csv.values import (
    DateOrder,
    date_evidence,
    parse_clock,
    parse_date,
    parse_duration,
    whole_minutes,
)

_PREAMBLE_ROWS = 20
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One entry of an export. `minutes` are rounded half up, at least 1; `id` is the same at every import."""

    row: int
    id: str
    on: date
    start: str
    minutes: int
    person: str
    email: str
    client: str
    project: str
    task: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeImport:
    """An export read: its entries, the refused rows, and whom and which clients it names, in file order.

    `people` are pairs of name and e-mail address (empty where the export has none).
    """

    source: TimeSource
    entries: tuple[TimeRow, ...]
    refused: tuple[RefusedRow, ...]
    clients: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


class DateOrderNeeded(RuleViolation):
    """All dates of the file can be read day first and month first; `example` is one of them."""

    def __init__(self, example: str) -> None:
        message = f"{example} may be day/month or month/day, and no date in the file tells; choose the order."
        super().__init__("time.date_order", message, "date_order")
        self.example = example


class _Refused(Exception):
    """One row cannot be taken; caught where rows are read."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recognised export: its dialect, header as written, and the rows below."""

    dialect: Dialect
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, *names: str) -> str:
        """The first of these columns that the file has, as it writes it; else the first name."""
        by_name = {name.strip().lower(): name.strip() for name in self.header}
        return next((by_name[name] for name in names if name in by_name), names[0])


def find_sheet(text: str, *, rows_wanted: bool = True) -> Sheet | None:
    """The export in a text, whatever its delimiter and after at most 20 lines of preamble, or None."""
    for delimiter in DELIMITERS:
        found = _header(text, delimiter)
        if found is None:
            continue
        header, dialect = found
        below = (row for row in rows(text, delimiter) if row.number > header.number and not row.is_blank)
        return Sheet(dialect, header.cells, tuple(below) if rows_wanted else ())
    return None


def _header(text: str, delimiter: str) -> tuple[Row, Dialect] | None:
    try:
        for row in islice(rows(text, delimiter), _PREAMBLE_ROWS):
            dialect = dialect_of(row.cells)
            if dialect is not None:
                return row, dialect
    except RuleViolation:
        # A text that cannot be cut by this delimiter is not written with it.
        return None
    return None


def parse_time(data: bytes, date_order: DateOrder | None = None) -> TimeImport:
    """Read an export. Row numbers are those of the file, 1 is its first line.

    Seconds are rounded half up to whole minutes, an entry above zero is at least 1 minute. Raises
    DateOrderNeeded if no date tells the order and none was chosen, RuleViolation if the file is no export.
    """
    sheet = find_sheet(decode(data))
    if sheet is None:
        expected = "a CSV export of Toggl Track (detailed), Clockify (detailed) or Harvest (detailed time)"
        raise RuleViolation("time.unknown", f"The file is not {expected}: its columns are others.")
    return _Reader(sheet, _order(sheet, date_order)).read()


def _order(sheet: Sheet, chosen: DateOrder | None) -> DateOrder:
    day = sheet.column(sheet.dialect.day)
    evidence = date_evidence(_cells(sheet, row).get(day, "") for row in sheet.rows)
    if chosen is not None:
        return chosen
    if evidence.day_first and evidence.month_first:
        sentence = f"The dates have two orders ({evidence.day_first}, {evidence.month_first}); choose one."
        raise RuleViolation("time.date_order", sentence, "date_order")
    if evidence.open and not evidence.day_first and not evidence.month_first:
        raise DateOrderNeeded(evidence.open)
    return DateOrder.MONTH_FIRST if evidence.month_first else DateOrder.DAY_FIRST


def _cells(sheet: Sheet, row: Row) -> dict[str, str]:
    """The cells by their column; a short row lacks the last ones."""
    return {name.strip(): cell.strip() for name, cell in zip(sheet.header, row.cells, strict=False)}


class _Reader:
    """Reads the rows of one sheet, counting equal ones so that each keeps its own name."""

    def __init__(self, sheet: Sheet, order: DateOrder) -> None:
        self._sheet = sheet
        self._dialect = sheet.dialect
        self._order = order
        self._seen: Counter[tuple[object, ...]] = Counter()

    def read(self) -> TimeImport:
        entries: list[TimeRow] = []
        refused: list[RefusedRow] = []
        for row in self._sheet.rows:
            try:
                entries.append(self._entry(row))
            except _Refused as reason:
                refused.append(RefusedRow(row.number, reason.column, reason.sentence))
        return TimeImport(
            source=self._dialect.source,
            entries=tuple(entries),
            refused=tuple(refused),
            clients=tuple(dict.fromkeys(entry.client for entry in entries)),
            people=tuple(dict.fromkeys((entry.person, entry.email) for entry in entries)),
        )

    def _entry(self, row: Row) -> TimeRow:
        if len(row.cells) > len(self._sheet.header):
            count = f"{len(row.cells)} cells under {len(self._sheet.header)} columns"
            raise _Refused("all", f"has {count}; perhaps a quote is missing.")
        cells = _cells(self._sheet, row)
        on, start = self._start(cells)
        seconds = self._seconds(cells)
        person = " ".join(
            filter(None, (cells.get(self._sheet.column(name), "") for name in self._dialect.person))
        )
        email = self._cell(cells, self._dialect.email)
        client = self._cell(cells, "client")
        if not client:
            raise _Refused(
                self._sheet.column("client"), "is empty: nothing says which account the time is for."
            )
        if not person and not email:
            raise _Refused(self._sheet.column(*self._dialect.person), "is empty: whose time is it?")
        project, text = self._cell(cells, "project"), self._cell(cells, self._dialect.text)
        key = (self._dialect.source, email.lower() or person, client, project, on, start, seconds, text)
        self._seen[key] += 1
        return TimeRow(
            row=row.number,
            id=derived_id("time", *key, occurrence=self._seen[key]),
            on=on,
            start=start,
            minutes=whole_minutes(seconds),
            person=person,
            email=email,
            client=client,
            project=project,
            task=self._cell(cells, "task"),
            text=text,
        )

    def _start(self, cells: dict[str, str]) -> tuple[date, str]:
        """The day and, where the export has one, the time an entry begins; its end must not lie before."""
        on = self._day(cells, self._dialect.day)
        clock = self._clock(cells, self._dialect.start) if self._dialect.start else None
        end_column = self._sheet.column(*self._dialect.end) if self._dialect.end else ""
        if clock is not None and cells.get(end_column):
            end_day = self._end_day(cells, on)
            ends_at = datetime.combine(end_day, self._clock(cells, *self._dialect.end))
            if ends_at < datetime.combine(on, clock):
                raise _Refused(end_column, f"{cells[end_column]} lies before the start.")
        return on, clock.isoformat() if clock else ""

    def _end_day(self, cells: dict[str, str], on: date) -> date:
        column = self._sheet.column(*self._dialect.end_day)
        return self._day(cells, *self._dialect.end_day) if cells.get(column) else on

    def _day(self, cells: dict[str, str], *names: str) -> date:
        return self._parsed(cells, names, lambda text: parse_date(text, self._order), "a date")

    def _clock(self, cells: dict[str, str], *names: str) -> time:
        return self._parsed(cells, names, parse_clock, "a time of day")

    def _seconds(self, cells: dict[str, str]) -> Fraction:
        filled = [name for name in self._dialect.duration if self._cell(cells, name)]
        names = tuple(filled[:1]) or self._dialect.duration
        seconds = self._parsed(cells, names, parse_duration, "a duration")
        if seconds == 0:
            raise _Refused(self._sheet.column(*names), "is zero: there is no time to record.")
        return seconds

    def _parsed(
        self, cells: dict[str, str], names: tuple[str, ...], parse: Callable[[str], Value], meant: str
    ) -> Value:
        column = self._sheet.column(*names)
        text = cells.get(column, "")
        if not text:
            raise _Refused(column, f"is empty, but needs {meant}.")
        try:
            return parse(text)
        except ValueError:
            raise _Refused(column, f"“{text[:40]}” cannot be read as {meant}.") from None

    def _cell(self, cells: dict[str, str], name: str) -> str:
        return cells.get(self._sheet.column(name), "") if name else ""
