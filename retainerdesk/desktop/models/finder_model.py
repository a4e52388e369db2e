"""What was found in the whole book, for a list view: rows appended page by page. Read-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.formatting import day_long
from retainerdesk.desktop.widgets.text import plain_tooltip
from retainerdesk.services.search import SearchResult

RESULT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex

# Of each kind its icon and what it is called.
KIND_WORDS: dict[str, tuple[str, str]] = {
    "account": ("users", "Account"),
    "contact": ("user", "Contact"),
    "person": ("user", "Your team"),
    "retainer": ("handshake", "Retainer"),
    "plan": ("file-pen-line", "Plan"),
    "usage_decision": ("scale", "Decision on overage"),
    "lot_adjustment": ("scale", "Adjusted hours"),
    "late_decision": ("history", "Late work"),
    "reopening": ("lock-open", "Reopened period"),
    "work": ("timer", "Work"),
    "call": ("phone", "Call"),
    "note": ("sticky-note", "Note"),
    "action": ("square-check-big", "Next action"),
    "decision": ("gavel", "Decision"),
    "document": ("paperclip", "File"),
    "charge": ("tag", "One-off charge"),
    "expense": ("receipt", "Expense"),
    "invoice": ("receipt-text", "Invoice"),
    "payment": ("banknote", "Payment"),
    "settlement": ("scale", "Settlement"),
    "skip": ("circle-x", "Skipped charge"),
    "letter": ("mail", "Letter"),
    "draft": ("file-pen-line", "Draft"),
    "deposit": ("wallet", "Deposit"),
    "block": ("package", "Block"),
}


def kind_words(kind: str) -> tuple[str, str]:
    """The icon and the word of a kind."""
    return KIND_WORDS.get(kind, ("circle-dashed", kind))


class FinderModel(QAbstractListModel):
    """Answers `RESULT_ROLE` with a SearchResult."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[SearchResult, ...] = ()

    def show_results(self, results: Sequence[SearchResult]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._results = tuple(results)
        self.endResetModel()

    def append(self, results: Sequence[SearchResult]) -> None:
        """Put a further page below."""
        if not results:
            return
        first = len(self._results)
        self.beginInsertRows(QModelIndex(), first, first + len(results) - 1)
        self._results = (*self._results, *results)
        self.endInsertRows()

    def result(self, index: _Index) -> SearchResult | None:
        """The row at an index, if there is one."""
        return self._results[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._results)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        result = self.result(index)
        if result is None:
            return None
        if role == RESULT_ROLE:
            return result
        return {
            int(Qt.ItemDataRole.DisplayRole): result.title.text,
            int(Qt.ItemDataRole.ToolTipRole): plain_tooltip(spoken(result)),
            int(Qt.ItemDataRole.AccessibleTextRole): spoken(result),
        }.get(int(role))


def spoken(result: SearchResult) -> str:
    """A row in one line, for people who hear the screen."""
    on = day_long(result.on) if result.on is not None else ""
    parts = (kind_words(result.kind)[1], result.title.text, result.account_name, on, result.snippet.text)
    return ", ".join(dict.fromkeys(part for part in parts if part))
