"""The lines of an invoice as a table that goes on overleaf with its head and the amount carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retainerdesk.documents.flow import Cell, Pages, Row, Rule, height_of
from retainerdesk.documents.formats import NO_BREAK
from retainerdesk.documents.layout import BODY, DETAIL, HEADING, LINE, QUIET, TEXT, Desk
from retainerdesk.documents.typeset import Line, Style
from retainerdesk.domain.invoice import Invoice, InvoiceLine
from retainerdesk.domain.money import Money

_GAP = 12.0
_WIDEST_PERIOD = 118.0
_NARROW_PERIOD = 66.0
_WIDEST_QUANTITY = 62.0
_WIDEST_AMOUNT = 96.0
_LEAST_TEXT = 118.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths of the five columns, in reading order; the last three are right-aligned."""

    spans: tuple[tuple[float, float], ...]

    def cells(self, contents: Sequence[tuple[Line, ...]]) -> tuple[Cell, ...]:
        """One cell a column; columns without lines are left out."""
        return tuple(
            Cell(x, width, lines, right=index >= 2)
            for index, ((x, width), lines) in enumerate(zip(self.spans, contents, strict=True))
            if lines
        )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The columns of one line that hold figures, as text."""

    period: str
    quantity: str
    price: str
    net: str


def _figures(line: InvoiceLine, desk: Desk) -> _Figures:
    formats = desk.formats
    quantity = formats.number(line.quantity)
    return _Figures(
        period=formats.period(line.key.service),
        quantity=f"{quantity}{NO_BREAK}{line.unit}" if line.unit else quantity,
        price=formats.unit_price(line.unit_price, line.net.currency),
        net=formats.amount(line.net),
    )


def _columns(figures: Sequence[_Figures], carried: str, desk: Desk) -> Columns:
    """Figures get what they need up to a bound; the text gets the rest, and more if the period can fold.

    A column that is not shown keeps its place in the order with no width and no gap.
    """
    texts, paper = desk.texts, desk.paper

    def widest(title: str, values: Sequence[str], bound: float) -> float:
        # The same figures come back line after line: each is measured once.
        widths = [desk.type.measure(value, BODY) for value in set(values)]
        return min(bound, max(desk.type.measure(title, HEADING), *widths, 0.0) + 0.5)

    period = widest(texts.period, [item.period for item in figures], _WIDEST_PERIOD)
    quantity = price = 0.0
    if desk.look.show_quantity:
        quantity = widest(texts.quantity, [item.quantity for item in figures], _WIDEST_QUANTITY)
    if desk.look.show_price:
        price = widest(texts.price, [item.price for item in figures], _WIDEST_AMOUNT)
    net = widest(texts.net, [carried, *(item.net for item in figures)], _WIDEST_AMOUNT)
    gaps = [_GAP if width else 0.0 for width in (period, quantity, price, net)]
    text = paper.content - (period + quantity + price + net + sum(gaps))
    if text < _LEAST_TEXT:
        text, period = text + period - _NARROW_PERIOD, _NARROW_PERIOD
    spans, x = [], paper.left
    for width, gap in zip((text, period, quantity, price, net), (*gaps, 0.0), strict=True):
        spans.append((x, width))
        x += width + gap
    return Columns(tuple(spans))


class InvoiceTable:
    """The rows of the lines; while they are being poured, the continuation of their pages.

    What is carried overleaf is the sum of the net amounts placed so far.
    """

    def __init__(self, invoice: Invoice, desk: Desk) -> None:
        self._desk = desk
        self._lines = invoice.lines
        self._figures = [_figures(line, desk) for line in invoice.lines]
        self._columns = _columns(self._figures, desk.formats.amount(invoice.totals.net), desk)
        self._carried = Money(0, invoice.currency)
        self._head = self._head_row()

    def pour(self, pages: Pages, totals: Sequence[Row]) -> None:
        """Place head and lines, so that the last line shares a page with `totals`, which follow."""
        rows = [self._row(line, figures) for line, figures in zip(self._lines, self._figures, strict=True)]
        together = height_of(totals)
        first = rows[0].height + (together if len(rows) == 1 else 0.0) if rows else together
        if not pages.fits(self._head.height + first) and pages.fits_fresh_page(self._head.height + first):
            pages.new_page()
        pages.add(self._head)
        for index, row in enumerate(rows):
            self._pour_row(pages, row, together if index == len(rows) - 1 else None, index)
        pages.continuation = None

    def closing(self) -> Row:
        """The amount carried to the next page."""
        return self._carry_row(self._desk.texts.carried, before=4.0)

    def opening(self) -> Sequence[Row]:
        """The head again, and the amount brought from the page before."""
        brought = self._carry_row(self._desk.texts.brought, before=5.0)
        paper = self._desk.paper
        return (self._head, replace(brought, after=6.0, rule_below=Rule(paper.left, paper.content, LINE)))

    def _pour_row(self, pages: Pages, row: Row, with_totals: float | None, index: int) -> None:
        if with_totals is not None:
            # Nothing is carried behind the last line: what would be kept for it is room for the totals.
            kept = pages.continuation
            pages.continuation = None
            fits = pages.fits(row.height + with_totals)
            pages.continuation = kept
        else:
            fits = pages.fits(row.height)
        needed = row.height + (with_totals or 0.0)
        if index and not fits and pages.fits_fresh_page(needed):
            pages.new_page()
        self._carried += self._lines[index].net
        pages.continuation = None if with_totals is not None and fits else self
        pages.add(row)

    def _row(self, line: InvoiceLine, figures: _Figures) -> Row:
        texts = self._text_lines(line)
        contents = (
            texts,
            self._set(figures.period, 1),
            self._set(figures.quantity, 2),
            self._set(figures.price, 3),
            self._set(figures.net, 4),
        )
        return self._ruled(self._columns.cells(contents), LINE)

    def _text_lines(self, line: InvoiceLine) -> tuple[Line, ...]:
        width = self._columns.spans[0][1]
        lines = list(self._desk.type.wrap(line.text, width, BODY))
        for detail in line.details:
            lines.extend(self._desk.type.wrap(detail, width, DETAIL))
        return tuple(lines)

    def _set(self, text: str, column: int, style: Style = BODY) -> tuple[Line, ...]:
        width = self._columns.spans[column][1]
        return self._desk.type.wrap(text, width, style) if width else ()

    def _head_row(self) -> Row:
        texts = self._desk.texts
        titles = (texts.service, texts.period, texts.quantity, texts.price, texts.net)
        contents = [self._set(title, index, HEADING) for index, title in enumerate(titles)]
        return self._ruled(self._columns.cells(contents), TEXT, before=0.0, after=6.0)

    def _carry_row(self, label: str, before: float) -> Row:
        amount = self._set(self._desk.formats.amount(self._carried), 4, QUIET)
        (x, _), (last, width) = self._columns.spans[0], self._columns.spans[4]
        lines = self._desk.type.wrap(label, last - x, QUIET)
        return Row(
            (Cell(x, last - x, lines), Cell(last, width, amount, right=True)), before=before, after=2.0
        )

    def _ruled(self, cells: tuple[Cell, ...], colour: str, before: float = 7.5, after: float = 7.5) -> Row:
        paper = self._desk.paper
        rule = Rule(paper.left, paper.content, colour, 0.75 if colour == TEXT else 0.5)
        return Row(cells, before=before, after=after, rule_below=rule)
