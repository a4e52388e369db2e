"""A plain table: columns that get the width they need, a head that is repeated overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retainerdesk.documents.flow import Cell, Pages, Row, Rule
from retainerdesk.documents.layout import BODY, HEADING, LINE, TEXT, Desk
from retainerdesk.documents.typeset import Style

_GAP = 12.0
_LEAST_TEXT = 100.0


@dataclass(frozen=True, slots=True)
class Column:
    """A title; figures stand `right`. The one column that is `wide` takes what the others leave."""

    title: str
    right: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A text a column, in one style; an empty text leaves its place empty.

    With `spanning` the first text may use all columns but the last.
    """

    texts: tuple[str, ...]
    style: Style = BODY
    spanning: bool = False


class Table:
    """Rows poured onto pages; a row that does not fit goes on overleaf, below the head.

    `even` makes all columns as wide as each other.
    """

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[TableRow], desk: Desk, *, even: bool = False
    ) -> None:
        self._columns = columns
        self._rows = rows
        self._desk = desk
        self._spans = self._even() if even else self._measured()
        self._head = self._row(TableRow(tuple(column.title for column in columns), HEADING), TEXT, 0.0, 6.0)

    def pour(self, pages: Pages) -> None:
        """Place the head with the first row, then the others."""
        rows = [self._row(row, LINE, 6.0, 6.0) for row in self._rows]
        pages.add(self._head, *rows[:1])
        pages.continuation = self
        for row in rows[1:]:
            pages.add(row)
        pages.continuation = None

    def closing(self) -> Row:
        """Nothing is carried."""
        return Row()

    def opening(self) -> Sequence[Row]:
        """The head again."""
        return (self._head,)

    def _even(self) -> list[tuple[float, float]]:
        count, paper = len(self._columns), self._desk.paper
        width = (paper.content - _GAP * (count - 1)) / count
        return [(paper.left + index * (width + _GAP), width) for index in range(count)]

    def _measured(self) -> list[tuple[float, float]]:
        """Left edge and width of each column; narrow ones never take the room of the wide one."""
        content = self._desk.paper.content
        gaps = _GAP * (len(self._columns) - 1)
        wide = sum(column.wide for column in self._columns)
        narrow = max(1, len(self._columns) - wide)
        bound = (content - gaps - wide * _LEAST_TEXT) / narrow * 1.6
        widths = [0.0 if column.wide else self._needed(i, bound) for i, column in enumerate(self._columns)]
        rest = content - gaps - sum(widths)
        spans, x = [], self._desk.paper.left
        for column, needed in zip(self._columns, widths, strict=True):
            width = rest if column.wide else needed
            spans.append((x, width))
            x += width + _GAP
        return spans

    def _needed(self, index: int, bound: float) -> float:
        measure = self._desk.type.measure
        rows = [row for row in self._rows if not row.spanning or index == len(self._columns) - 1]
        widths = [measure(row.texts[index], row.style) for row in rows]
        return min(bound, max(measure(self._columns[index].title, HEADING), *widths, 0.0) + 0.5)

    def _row(self, row: TableRow, colour: str, before: float, after: float) -> Row:
        paper = self._desk.paper
        spans = list(self._spans)
        if row.spanning:
            spans[0] = (spans[0][0], spans[-1][0] - spans[0][0] - _GAP)
        cells = tuple(
            Cell(x, width, self._desk.type.wrap(text, width, row.style), right=column.right)
            for column, (x, width), text in zip(self._columns, spans, row.texts, strict=True)
            if text
        )
        rule = Rule(paper.left, paper.content, colour, 0.75 if colour == TEXT else 0.5)
        return Row(cells, before=before, after=after, rule_below=rule)
