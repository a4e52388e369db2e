"""Overage of closed periods for a table: what waits for a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject

from retainerdesk.desktop.formatting import money, span
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.services.overage import OverageRow

DECISION_WORDS = {
    OverageDecision.ASK: "not decided",
    OverageDecision.BILL: "billed",
    OverageDecision.ABSORB: "absorbed",
    OverageDecision.CARRY: "carried on",
    OverageDecision.OFFSET: "offset",
}


class OverageColumn(IntEnum):
    """The columns of the overage inbox."""

    WHOSE = 0
    PERIOD = 1
    OVER = 2
    PRICE = 3
    DECISION = 4


_COLUMNS = {
    OverageColumn.WHOSE: Column("Account"),
    OverageColumn.PERIOD: Column("Period"),
    OverageColumn.OVER: Column("Over", is_figure=True),
    OverageColumn.PRICE: Column("At the plan's price", is_figure=True),
    OverageColumn.DECISION: Column("Decide", is_choice=True),
}


class OverageModel(FrozenRows[OverageRow, OverageColumn]):
    """One row a period. What waits comes first, the oldest on top; what is decided the newest on top."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._today = today

    def set_rows(self, rows: Iterable[OverageRow], today: date) -> None:
        """Show other periods."""
        known = tuple(rows)
        decided = tuple(reversed([row for row in known if not row.is_open]))
        self._today = today
        self.show_rows((*(row for row in known if row.is_open), *decided))

    def text_of(self, row: OverageRow, column: OverageColumn) -> str:
        return {
            OverageColumn.WHOSE: row.account_name,
            OverageColumn.PERIOD: span(row.span, self._today),
            OverageColumn.OVER: over_words(row),
            OverageColumn.PRICE: money(row.price),
            OverageColumn.DECISION: DECISION_WORDS[row.decision],
        }[column]

    def detail_of(self, row: OverageRow, column: OverageColumn) -> str:
        """The line under the account: the retainer, and why it was decided so."""
        if column is not OverageColumn.WHOSE:
            return ""
        if row.is_open:
            return row.retainer_name
        return " · ".join(part for part in (row.retainer_name, row.reason) if part)


def over_words(row: OverageRow) -> str:
    """How much is over, as the plan counts it."""
    return amount_words(row.unit, row.minutes, row.price.currency)
