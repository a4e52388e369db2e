"""Closing: what waits because work changed after its period was closed, what can be closed, what is."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from retainerdesk.desktop.closing_words import (
    Line,
    board_words,
    decided_lines,
    effect_lines,
    more_words,
    period_lines,
)
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import span
from retainerdesk.desktop.forms.ui_closing_pane import Ui_ClosingPane
from retainerdesk.desktop.models.closing_model import (
    ClosingColumn,
    ClosingModel,
    ClosingRow,
    key_of,
    span_of,
)
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.late import LateEffect
from retainerdesk.services.closing import ClosingBoard, DecidedRow, PeriodRow, closing_board

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress

_EMPTY = ClosingBoard((), (), (), ())


_NEEDED_WIDTH = 780


class ClosingPane(QWidget):
    """A page of the billing screen.

    Signals: `shown(heading, lines)` when another row is chosen; `counted(int)` with how many differences
    wait; `told(text)` when something was closed.
    """

    shown = Signal(str, object)
    counted = Signal(int)
    told = Signal(str)

    def __init__(self, desk: Desk, opener: DialogOpener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_ClosingPane()
        self.form.setupUi(self)
        self._desk, self._opener = desk, opener
        self._round = 0
        self._is_stale = True
        self.board = _EMPTY
        self.model = ClosingModel(desk.today(), self)
        self.empty = EmptyState(
            "lock",
            "Nothing to close",
            "Usage periods come here when they are over. Closed, they keep their figures, and work that comes"
            " later shows as a difference to decide.",
        )
        self.form.empty_place.addWidget(self.empty)
        self._dress()
        self._connect()
        self._show()

    def _dress(self) -> None:
        form, table = self.form, self.form.table
        set_style_property(form.title, "role", "title")
        set_style_property(form.summary, "tone", "muted")
        put_icon(form.close_all, "lock")
        form.through.set_day(self._desk.today().replace(day=1) - timedelta(days=1))
        prepare_view(table, framed=True)
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # As wide as the first rows need: measuring ten years of periods would take seconds.
        header.setResizeContentsPrecision(50)
        # Both share what is left: neither name is squeezed out by the other.
        header.setSectionResizeMode(ClosingColumn.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(ClosingColumn.RETAINER, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        form = self.form
        form.table.selectionModel().currentRowChanged.connect(self._choose)
        form.table.activated.connect(self.do_deed)
        form.deed.clicked.connect(self.do_deed)
        form.close_all.clicked.connect(self.close_through)
        form.show_closed.toggled.connect(self._show)

    # Reading

    def refresh(self) -> None:
        """Read anew what changed: at once while it is in view, else when it comes into view."""
        self._is_stale = True
        if self.isVisible():
            self.load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The figures of a period stand beside the list, too; the name of its account does not.
        for column in (ClosingColumn.WORKED, ClosingColumn.OVER):
            self.form.table.setColumnHidden(column, self.width() < _NEEDED_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            # Whoever comes back begins with what waits.
            self.form.table.setCurrentIndex(QModelIndex())
            self.load()

    def load(self) -> None:
        """Read everything anew. Only the newest answer counts."""
        self._is_stale = False
        self._round += 1
        work = partial(_read, self._desk, self._round)
        self._desk.runner.run(work, self._take, self._fail, "Looking for periods to close")

    def _take(self, answer: tuple[int, ClosingBoard]) -> None:
        asked, board = answer
        if asked == self._round:
            self.board = board
            self.counted.emit(len(board.waiting))
            self._show()

    def _fail(self, error: BaseException) -> None:
        show_problem(self.window(), error)

    def _show(self, *, checked: bool = False) -> None:
        del checked
        form, before = self.form, self.current
        self.model.set_board(self.board, self._desk.today(), with_closed=form.show_closed.isChecked())
        rows = self.model.rows
        form.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        form.summary.setText(board_words(self.board))
        form.close_all.setEnabled(bool(self.board.closable) and not self._desk.context.store.read_only)
        self._stand_on(before)

    def _stand_on(self, wanted: ClosingRow | None) -> None:
        rows = self.model.rows
        if not rows:
            self._choose(QModelIndex())
            return
        same = (i for i, row in enumerate(rows) if wanted is not None and key_of(row) == key_of(wanted))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.form.table.selectionModel().setCurrentIndex(self.model.index(next(same, 0), 0), flags)

    @property
    def current(self) -> ClosingRow | None:
        """The row the keyboard is on."""
        return self.model.row(self.form.table.currentIndex())

    # What is shown of a row, and what can be done with it

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        text = deed_of(row)
        button = self.form.deed
        button.setVisible(row is not None)
        button.setText(text or "Decided")
        button.setEnabled(bool(text) and not self._desk.context.store.read_only)
        set_style_property(button, "variant", "primary" if isinstance(row, LateEffect) else "secondary")
        self.shown.emit(*self._explained(row))

    def _explained(self, row: ClosingRow | None) -> tuple[str, tuple[Line, ...]]:
        today = self._desk.today()
        if row is None:
            return "", ()
        if isinstance(row, LateEffect):
            words = more_words(row.difference, row.unit)
            return f"{words} than when it was closed", effect_lines(row, today)
        if isinstance(row, DecidedRow):
            return "What was decided", decided_lines(row, today)
        return f"{in_sentence(row.account_name)}, {span(span_of(row), today)}", period_lines(row, today)

    def do_deed(self) -> None:
        """Decide, close, open again or take back: what the row on show is about."""
        row = self.current
        if not deed_of(row) or self._desk.context.store.read_only:
            return
        if isinstance(row, LateEffect):
            self._opener.decide_late(row)
        elif isinstance(row, DecidedRow):
            self._opener.take_back_late(row)
        elif isinstance(row, PeriodRow) and row.usage.closed_on is not None:
            self._opener.reopen_period(row)
        elif isinstance(row, PeriodRow):
            last_day = row.usage.span.last_day
            self._tell(self._opener.close_periods(last_day, row.account_id, row.retainer_id))

    def close_through(self) -> None:
        """Close everything that ended by the day beside the button."""
        self._tell(self._opener.close_periods(self.form.through.day))

    def _tell(self, count: int | None) -> None:
        if count == 0:
            self.told.emit("Nothing that ended by that day is open.")
        elif count:
            periods = "1 period is" if count == 1 else f"{count} periods are"
            self.told.emit(f"{periods} closed. Late work shows here as a difference; Undo opens them again.")


def deed_of(row: ClosingRow | None) -> str:
    """What the button offers for a row; empty for nothing."""
    if isinstance(row, LateEffect):
        return "&Decide…"
    if isinstance(row, PeriodRow):
        return "Close &this" if row.usage.closed_on is None else "&Open again…" if row.can_reopen else ""
    is_free = isinstance(row, DecidedRow) and row.decided.invoice_number is None
    return "&Take back" if is_free else ""


def _read(desk: Desk, asked: int, _progress: Progress) -> tuple[int, ClosingBoard]:
    with desk.context.store.reading() as uow:
        return asked, closing_board(uow, desk.today())
