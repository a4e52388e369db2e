"""Rows of cells poured onto pages. Lengths are points, measured down from the top edge of the page.

A row is never refused: one that is taller than a page is cut between lines and goes on overleaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from retainerdesk.documents.typeset import Line


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines below each other in a column from `x`, `width` wide; `right` aligns them at its right edge."""

    x: float
    width: float
    lines: tuple[Line, ...]
    right: bool = False

    @property
    def height(self) -> float:
        return sum(line.style.leading for line in self.lines)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal hairline."""

    x: float
    width: float
    colour: str
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """An image (PNG or JPEG bytes that were checked) in a box; `x` is its left edge."""

    x: float
    width: float
    height: float
    image: bytes


@dataclass(frozen=True, slots=True)
class Code:
    """A square two-dimensional code: rows of modules, True is dark, in a frame `size` wide and high.

    `quiet` modules are left blank on every side inside the frame; an empty `frame` is none. `cross` is the
    size of the Swiss cross in the middle, 0 is none.
    """

    x: float
    size: float
    modules: tuple[tuple[bool, ...], ...]
    colour: str
    frame: str
    quiet: int = 4
    cross: float = 0.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; `y` is measured down from the top of its row."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, with space before and after them and an optional rule on either edge."""

    cells: tuple[Cell, ...] = ()
    before: float = 0.0
    after: float = 0.0
    rule_above: Rule | None = None
    rule_below: Rule | None = None
    picture: Picture | None = None
    code: Code | None = None
    strokes: tuple[Stroke, ...] = ()

    @property
    def height(self) -> float:
        tallest = max((cell.height for cell in self.cells), default=0.0)
        picture = self.picture.height if self.picture else 0.0
        return self.before + max(tallest, picture, self.code.size if self.code else 0.0) + self.after


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and how far below the top edge of its page it begins."""

    row: Row
    top: float


class Continuation(Protocol):
    """What a table says when it is cut: the last row of the old page, the first rows of the new one."""

    def closing(self) -> Row: ...

    def opening(self) -> Sequence[Row]: ...


def height_of(rows: Sequence[Row]) -> float:
    """Height of rows below each other."""
    return sum(row.height for row in rows)


def split(row: Row, room: float) -> tuple[Row, Row] | None:
    """`row` cut so that its first part is at most `room` high; None if not even one line fits."""
    heads, tails = [], []
    for cell in row.cells:
        count = _lines_within(cell.lines, room - row.before)
        heads.append(replace(cell, lines=cell.lines[:count]))
        tails.append(replace(cell, lines=cell.lines[count:]))
    if not any(cell.lines for cell in heads):
        return None
    head = replace(row, cells=tuple(heads), after=0.0, rule_below=None)
    return head, replace(row, cells=tuple(tails), before=0.0, rule_above=None, picture=None, code=None)


def _lines_within(lines: Sequence[Line], room: float) -> int:
    used = 0.0
    for count, line in enumerate(lines):
        used += line.style.leading
        if used > room:
            return count
    return len(lines)


class Pages:
    """Pages being filled from the top.

    `top` and `bottom` bound what rows may use on every page but the first, which begins at `first_top`.
    While `continuation` is set, its closing row has its place kept.
    """

    def __init__(self, first_top: float, top: float, bottom: float) -> None:
        self.pages: list[list[Placed]] = [[]]
        self.continuation: Continuation | None = None
        self._top = top
        self._bottom = bottom
        self._y = first_top

    @property
    def y(self) -> float:
        """Where the next row would begin."""
        return self._y

    def skip_to(self, y: float) -> None:
        """Leave space down to `y`, if the page has not been filled beyond it already."""
        self._y = max(self._y, min(y, self._bottom))

    def fits(self, height: float) -> bool:
        """Whether rows of that height fit below what is there, with a closing row if one is due."""
        return height <= self._room()

    def fits_fresh_page(self, height: float) -> bool:
        """Whether rows of that height fit on a page of their own."""
        opening = height_of(self.continuation.opening()) if self.continuation else 0.0
        return height <= self._bottom - self._top - opening - self._reserve()

    def add(self, *rows: Row) -> None:
        """Place rows that belong together: on this page, else on the next, else cut as they must be."""
        height = height_of(rows)
        if not self.fits(height) and self.fits_fresh_page(height):
            self.new_page()
        for row in rows:
            self._pour(row)

    def new_page(self) -> None:
        """Close this page and open the next, with the rows of the table that is being cut, if one is."""
        if self.continuation is not None:
            self._place(self.continuation.closing())
        self.pages.append([])
        self._y = self._top
        if self.continuation is not None:
            for row in self.continuation.opening():
                self._place(row)

    def _pour(self, row: Row) -> None:
        rest = row
        while not self.fits(rest.height):
            parts = split(rest, self._room())
            if parts is None and self._fresh():
                break  # A row without lines to cut, taller than a page: it is placed and runs over the edge.
            if parts is not None:
                self._place(parts[0])
                rest = parts[1]
                if not any(cell.lines for cell in rest.cells):
                    return  # Only the space below it did not fit.
            self.new_page()
        self._place(rest)

    def _fresh(self) -> bool:
        opening = len(self.continuation.opening()) if self.continuation else 0
        return len(self.pages[-1]) <= opening

    def _room(self) -> float:
        return self._bottom - self._y - self._reserve()

    def _reserve(self) -> float:
        return self.continuation.closing().height if self.continuation else 0.0

    def _place(self, row: Row) -> None:
        self.pages[-1].append(Placed(row, self._y))
        self._y += row.height
