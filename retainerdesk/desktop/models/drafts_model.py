"""Drafts and their lines for a table: read-only over a tuple but for the texts, formatted when asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, Signal

from retainerdesk.desktop.formatting import day, exact_percent, house_style, money, span
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows, Index
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.draft_state import DraftedLine
from retainerdesk.domain.invoice import ChargeKey
from retainerdesk.services.issue_drafts import DraftView


class DraftColumn(IntEnum):
    """The columns of the drafts."""

    TEXT = 0
    SERVICE = 1
    NET = 2


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The row of a draft as a whole."""

    view: DraftView


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a draft."""

    view: DraftView
    drafted: DraftedLine

    @property
    def key(self) -> ChargeKey:
        return self.drafted.line.key


DraftTableRow = HeadRow | LineRow


def draft_rows(views: Iterable[DraftView]) -> tuple[DraftTableRow, ...]:
    """Each draft with its lines below it."""
    rows: list[DraftTableRow] = []
    for view in views:
        rows.append(HeadRow(view))
        rows += [LineRow(view, drafted) for drafted in view.state.lines]
    return tuple(rows)


_COLUMNS = {
    DraftColumn.TEXT: Column("Draft"),
    DraftColumn.SERVICE: Column("Service period"),
    DraftColumn.NET: Column("Net", is_figure=True),
}


class DraftsModel(FrozenRows[DraftTableRow, DraftColumn]):
    """Signals: `text_typed(draft id, ChargeKey, text)` when the text of a line was edited in its place."""

    text_typed = Signal(str, object, str)

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._today = today

    def set_rows(self, rows: Iterable[DraftTableRow], today: date) -> None:
        """Show other rows."""
        self._today = today
        self.show_rows(rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        is_text = index.isValid() and index.column() == DraftColumn.TEXT
        return (
            flags | Qt.ItemFlag.ItemIsEditable if is_text and isinstance(self.row(index), LineRow) else flags
        )

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the row shows it once it is kept."""
        row = self.row(index)
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, LineRow):
            return False
        if str(value).strip() != row.drafted.line.text:
            self.text_typed.emit(row.view.draft.id, row.key, str(value))
        return True

    def look(self, row: DraftTableRow, column: DraftColumn, role: int) -> object:
        return self.text_of(row, column) if role == Qt.ItemDataRole.EditRole else None

    def text_of(self, row: DraftTableRow, column: DraftColumn) -> str:
        if isinstance(row, HeadRow):
            return self._head_text(row.view, column)
        if column is DraftColumn.TEXT:
            return row.drafted.line.text
        if column is DraftColumn.SERVICE:
            return span(row.key.service, self._today)
        return money(row.drafted.line.charge.net)

    def _head_text(self, view: DraftView, column: DraftColumn) -> str:
        if column is DraftColumn.TEXT:
            return f"{in_sentence(view.account_name)} · {view.draft.id}"
        if column is DraftColumn.SERVICE:
            return f"kept {day(view.draft.made_on, self._today)}"
        return money(view.state.totals.net)

    def detail_of(self, row: DraftTableRow, column: DraftColumn) -> str:
        """Under a draft what stands in its way or what is special; under a line what changed, or details."""
        if column is not DraftColumn.TEXT:
            return ""
        if isinstance(row, HeadRow):
            return _head_detail(row.view)
        if row.drafted.has_changed:
            return f"changed since: {changed_words(row.drafted)}"
        return " · ".join(row.drafted.line.charge.details)


def _head_detail(view: DraftView) -> str:
    if view.obstacle:
        words = "it changed since; refresh it" if view.state.has_changed else house_style(view.obstacle)
        return f"cannot be issued: {words}"
    draft = view.draft
    parts = [f"{exact_percent(draft.discount_percent)} off"] if draft.discount_percent else []
    return " · ".join([*parts, *(["with a note"] if draft.note else [])])


def changed_words(drafted: DraftedLine) -> str:
    """From what to what a line changed."""
    before = money(drafted.line.charge.net)
    if not drafted.now:
        return f"{before} → not owed any more"
    after = sum((charge.net for charge in drafted.now[1:]), drafted.now[0].net)
    if after != drafted.line.charge.net:
        lines = f" on {len(drafted.now)} lines" if len(drafted.now) > 1 else ""
        return f"{before} → {money(after)}{lines}"
    return "its details"
