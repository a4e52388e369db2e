"""Closing for a table: differences that wait, periods that can be closed, what is closed and decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from retainerdesk.desktop.closing_words import DECIDED_WORDS, signed_amount, signed_money
from retainerdesk.desktop.formatting import day, span
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.late import LateEffect
from retainerdesk.domain.period import Period
from retainerdesk.services.closing import ClosingBoard, DecidedRow, PeriodRow

ClosingRow = LateEffect | PeriodRow | DecidedRow


class ClosingColumn(IntEnum):
    """The columns of the table."""

    ACCOUNT = 0
    RETAINER = 1
    PERIOD = 2
    WORKED = 3
    OVER = 4
    STATE = 5


_FIGURES = (ClosingColumn.WORKED, ClosingColumn.OVER)

_COLUMNS = {
    ClosingColumn.ACCOUNT: Column("Account"),
    ClosingColumn.RETAINER: Column("Retainer"),
    ClosingColumn.PERIOD: Column("Period"),
    ClosingColumn.WORKED: Column("Worked", is_figure=True),
    ClosingColumn.OVER: Column("Over", is_figure=True),
    ClosingColumn.STATE: Column("State"),
}


class ClosingModel(FrozenRows[ClosingRow, ClosingColumn]):
    """What waits on top, then what can be closed, both oldest first; what is settled newest first."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._today = today

    def set_board(self, board: ClosingBoard, today: date, *, with_closed: bool) -> None:
        """Show another state of the book."""
        settled: Iterable[ClosingRow] = ()
        if with_closed:
            settled = (*reversed(board.decided), *reversed(board.closed))
        self._today = today
        self.show_rows((*board.waiting, *board.closable, *settled))

    def text_of(self, row: ClosingRow, column: ClosingColumn) -> str:
        worked, over = _figures(row)
        return {
            ClosingColumn.ACCOUNT: row.account_name,
            ClosingColumn.RETAINER: row.retainer_name,
            ClosingColumn.PERIOD: span(span_of(row), self._today),
            ClosingColumn.WORKED: worked,
            ClosingColumn.OVER: over,
            ClosingColumn.STATE: state_words(row, self._today),
        }[column]

    def look(self, row: ClosingRow, column: ClosingColumn, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole:
            is_name = column is ClosingColumn.ACCOUNT and not _is_settled(row)
            return role_font("number" if column in _FIGURES else "strong" if is_name else "body")
        return QColor(_colour_of(row, column)) if role == Qt.ItemDataRole.ForegroundRole else None


def span_of(row: ClosingRow) -> Period:
    """The usage period a row is about."""
    if isinstance(row, PeriodRow):
        return row.usage.span
    return row.span if isinstance(row, LateEffect) else row.close.span


def key_of(row: ClosingRow) -> tuple[object, ...]:
    """What makes a row the same one after the book changed."""
    name = row.decided.id if isinstance(row, DecidedRow) else ""
    return isinstance(row, PeriodRow), row.account_id, row.retainer_id, span_of(row), name


def state_words(row: ClosingRow, today: date) -> str:
    """Waits, can be closed, closed or decided: in a few words."""
    if isinstance(row, LateEffect):
        price = row.difference.price
        return f"Changed after closing, {signed_money(price)}" if price else "Changed after closing"
    if isinstance(row, DecidedRow):
        return f"Late work {DECIDED_WORDS[row.decided.choice]}, {day(row.decided.on, today)}"
    if row.usage.closed_on is not None:
        return f"Closed on {day(row.usage.closed_on, today)}"
    count = len(row.open_points)
    return f"To close, {count} open {'point' if count == 1 else 'points'}" if count else "To close"


def _figures(row: ClosingRow) -> tuple[str, str]:
    if isinstance(row, PeriodRow):
        unit, usage = row.usage.unit, row.usage
        figures = (
            amount_words(unit, usage.used, row.currency),
            amount_words(unit, usage.overage, row.currency),
        )
        return figures[0], figures[1] if usage.overage else "–"
    if isinstance(row, LateEffect):
        currency = row.difference.price.currency
        worked = signed_amount(row.unit, row.difference.used, currency)
        return worked, signed_amount(row.unit, row.difference.overage, currency)
    currency = row.decided.difference.price.currency
    worked = signed_amount(row.unit, row.decided.difference.used, currency)
    return worked, signed_amount(row.unit, row.decided.difference.overage, currency)


def _is_settled(row: ClosingRow) -> bool:
    return isinstance(row, DecidedRow) or (isinstance(row, PeriodRow) and row.usage.closed_on is not None)


def _colour_of(row: ClosingRow, column: ClosingColumn) -> str:
    tokens = current_tokens()
    if isinstance(row, LateEffect) and column is ClosingColumn.STATE:
        return tokens.warn
    is_calm = column is ClosingColumn.STATE and not (isinstance(row, PeriodRow) and row.open_points)
    return tokens.muted if _is_settled(row) or is_calm else tokens.text
