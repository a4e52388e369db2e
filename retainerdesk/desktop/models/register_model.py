"""The register of numbered documents for a table: read-only over a tuple, sorted here.

Sorting by a proxy asks the model for every comparison, which takes seconds for ten years of invoices.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from retainerdesk.desktop.formatting import day_long, money
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.theme import current_tokens
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.domain.invoice import DocumentKind
from retainerdesk.domain.names import name_order
from retainerdesk.services.document_state import InvoiceState
from retainerdesk.services.register import RegisterRow

STATE_WORDS = {
    InvoiceState.OPEN: "Open",
    InvoiceState.PART_PAID: "Part paid",
    InvoiceState.OVERDUE: "Overdue",
    InvoiceState.PAID: "Paid",
    InvoiceState.CREDIT: "In credit",
    InvoiceState.SETTLED: "Settled",
    InvoiceState.VOID: "Void",
}
KIND_WORDS = {DocumentKind.INVOICE: "Invoice", DocumentKind.CREDIT_NOTE: "Credit note"}
STATE_LOOKS: dict[InvoiceState, tuple[str, Tone]] = {
    InvoiceState.OPEN: ("clock", "neutral"),
    InvoiceState.PART_PAID: ("circle-dashed", "warn"),
    InvoiceState.OVERDUE: ("clock-alert", "bad"),
    InvoiceState.PAID: ("circle-check", "good"),
    InvoiceState.CREDIT: ("coins", "accent"),
    InvoiceState.SETTLED: ("circle-check", "good"),
    InvoiceState.VOID: ("ban", "neutral"),
}


class RegisterColumn(IntEnum):
    """The columns of the register."""

    NUMBER = 0
    KIND = 1
    ACCOUNT = 2
    ISSUED = 3
    DUE = 4
    NET = 5
    TOTAL = 6
    OPEN = 7
    STATE = 8


_STRUCK = (RegisterColumn.NET, RegisterColumn.TOTAL)

_COLUMNS = {
    RegisterColumn.NUMBER: Column("Number"),
    RegisterColumn.KIND: Column("Kind"),
    RegisterColumn.ACCOUNT: Column("Account"),
    RegisterColumn.ISSUED: Column("Issued"),
    RegisterColumn.DUE: Column("Due"),
    RegisterColumn.NET: Column("Net", is_figure=True),
    RegisterColumn.TOTAL: Column("Total", is_figure=True),
    RegisterColumn.OPEN: Column("Open", is_figure=True),
    RegisterColumn.STATE: Column("State"),
}


class RegisterModel(FrozenRows[RegisterRow, RegisterColumn]):
    """Documents in the order asked for; newest first until another is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._column = RegisterColumn.ISSUED
        self._order = Qt.SortOrder.DescendingOrder

    def set_rows(self, rows: Iterable[RegisterRow]) -> None:
        """Show other documents, in the order that was asked for."""
        self.show_rows(self._sorted(rows))

    def place_of(self, number: str) -> int | None:
        """Where a document stands; None if it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.number == number), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self._column, self._order = RegisterColumn(column), order
        self.reorder(self._sorted(self.rows), _number)

    def _sorted(self, rows: Iterable[RegisterRow]) -> tuple[RegisterRow, ...]:
        is_descending = self._order == Qt.SortOrder.DescendingOrder
        in_turn = sorted(rows, key=_age, reverse=is_descending)
        if self._column is RegisterColumn.ISSUED:
            return tuple(in_turn)
        return tuple(sorted(in_turn, key=_KEYS[self._column], reverse=is_descending))

    def text_of(self, row: RegisterRow, column: RegisterColumn) -> str:
        return _text(row, column)

    def spoken(self, row: RegisterRow, column: RegisterColumn) -> str:
        return f"{self.columns[column].heading}: {_text(row, column)}"

    def look(self, row: RegisterRow, column: RegisterColumn, role: int) -> object:
        return _look(row, column, role)


def _number(row: RegisterRow) -> str:
    return row.number


def _age(row: RegisterRow) -> tuple[object, str]:
    return row.issued_on, row.number


_KEYS = {
    RegisterColumn.NUMBER: _number,
    RegisterColumn.KIND: lambda row: row.kind.value,
    RegisterColumn.ACCOUNT: lambda row: name_order(row.account_name, row.account_id),
    RegisterColumn.ISSUED: _age,
    RegisterColumn.DUE: lambda row: row.due_on,
    RegisterColumn.NET: lambda row: (row.net.currency, row.net.minor),
    RegisterColumn.TOTAL: lambda row: (row.payable.currency, row.payable.minor),
    RegisterColumn.OPEN: lambda row: (row.balance.currency, row.balance.minor),
    RegisterColumn.STATE: lambda row: list(STATE_WORDS).index(row.state),
}


def _look(row: RegisterRow, column: RegisterColumn, role: int) -> object:
    if role == Qt.ItemDataRole.DecorationRole and column is RegisterColumn.STATE:
        name, tone = STATE_LOOKS[row.state]
        return icon(name, "muted" if tone == "neutral" else tone)
    if role == Qt.ItemDataRole.ForegroundRole:
        return _colour(row, column)
    if role == Qt.ItemDataRole.FontRole and row.is_void and column in _STRUCK:
        return _struck()
    return None


def _colour(row: RegisterRow, column: RegisterColumn) -> QColor | None:
    tokens = current_tokens()
    if row.is_void:
        return QColor(tokens.muted)
    if column is RegisterColumn.STATE:
        colours = {"warn": tokens.warn, "bad": tokens.bad, "good": tokens.good, "accent": tokens.accent}
        found = colours.get(STATE_LOOKS[row.state][1])
        return QColor(found) if found else None
    if column is RegisterColumn.OPEN and not row.balance:
        return QColor(tokens.muted)
    return None


def _struck() -> QFont:
    """Amounts nobody owes any more."""
    from retainerdesk.desktop.widgets.text import role_font

    font = QFont(role_font("body"))
    font.setStrikeOut(True)
    return font


def _text(row: RegisterRow, column: RegisterColumn) -> str:
    return {
        RegisterColumn.NUMBER: row.number,
        RegisterColumn.KIND: KIND_WORDS[row.kind],
        RegisterColumn.ACCOUNT: row.account_name,
        RegisterColumn.ISSUED: day_long(row.issued_on),
        RegisterColumn.DUE: "–" if row.is_credit_note or row.is_void else day_long(row.due_on),
        RegisterColumn.NET: money(row.net),
        RegisterColumn.TOTAL: money(row.payable),
        RegisterColumn.OPEN: money(row.balance) if row.balance else "–",
        RegisterColumn.STATE: STATE_WORDS[row.state],
    }[column]
