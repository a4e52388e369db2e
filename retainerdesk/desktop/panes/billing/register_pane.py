"""The register: every numbered document, searched, filtered, totalled, saved, paid and corrected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.frozen_rows import ROW_ROLE
from retainerdesk.desktop.models.register_model import RegisterColumn, RegisterModel
from retainerdesk.desktop.panes.billing.corrections_menu import CorrectionsMenu
from retainerdesk.desktop.panes.billing.register_filters import RegisterFilters
from retainerdesk.desktop.panes.billing.register_totals import TotalsStrip
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.views import prepare_view, widen_columns
from retainerdesk.services.correction_options import correction_options
from retainerdesk.services.register import RegisterRow, list_register, register_totals

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress

_WIDTHS = {
    RegisterColumn.NUMBER: 116,
    RegisterColumn.KIND: 100,
    RegisterColumn.ISSUED: 112,
    RegisterColumn.DUE: 112,
    RegisterColumn.NET: 108,
    RegisterColumn.TOTAL: 108,
    RegisterColumn.OPEN: 108,
    RegisterColumn.STATE: 112,
}
# Narrower tables give the room of these columns to the names; their figures are beside the page, too.
_NEEDED_WIDTHS = {RegisterColumn.NET: 1060, RegisterColumn.KIND: 900, RegisterColumn.DUE: 800}


class RegisterPane(QObject):
    """Runs the second page of the billing screen.

    Signals: `shown(RegisterRow | None, related)` when another document is chosen, with those that correct or
    replace it; `save_asked(tuple of numbers)`;
    `payment_asked(tuple of RegisterRow)` of one account; `export_asked(tuple of RegisterRow)`;
    `correction_asked(Correction)`; `run_asked()` while nothing was ever issued.
    """

    shown = Signal(object, object)
    save_asked = Signal(object)
    payment_asked = Signal(object)
    export_asked = Signal(object)
    correction_asked = Signal(object)
    run_asked = Signal()

    def __init__(self, form: Ui_BillingScreen, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._desk = desk
        self._round = 0
        self._is_stale = True
        self.all_rows: tuple[RegisterRow, ...] = ()
        self.model = RegisterModel(self)
        self.filters = RegisterFilters(form, desk, self)
        self.totals = TotalsStrip()
        form.totals_place.addWidget(self.totals)
        self.empty = EmptyState(
            "inbox", "No document fits", "Other words, another state or time may find it.", "Show all"
        )
        self.nothing = EmptyState(
            "receipt-text",
            "Nothing was issued yet",
            "Every invoice and credit note is kept here for good, with what is open of it.",
            "Show what is due",
        )
        for empty in (self.empty, self.nothing):
            empty.setVisible(False)
            form.register_empty_place.addWidget(empty, 1)
        self.corrections = CorrectionsMenu(form.issued_tab)
        self._prepare_table(form.register_view)
        self._dress()
        self._connect()
        self._tell()

    def _dress(self) -> None:
        form = self._form
        form.correct.setMenu(self.corrections.menu)
        for button, name in (
            (form.record_payment, "banknote"),
            (form.correct, "file-pen-line"),
            (form.save_pdf, "file-text"),
            (form.export_csv, "download"),
        ):
            put_icon(button, name)

    def _connect(self) -> None:
        form = self._form
        self.filters.changed.connect(self._filter)
        self.empty.primary.connect(self.filters.clear)
        self.nothing.primary.connect(self.run_asked)
        self.corrections.menu.aboutToShow.connect(self._offer_corrections)
        self.corrections.asked.connect(self.correction_asked)
        form.save_pdf.clicked.connect(self._save)
        form.record_payment.clicked.connect(self._pay)
        form.export_csv.clicked.connect(self._export)
        form.register_view.activated.connect(self._open)
        form.register_view.customContextMenuRequested.connect(self._show_menu)

    def _prepare_table(self, view: QTableView) -> None:
        prepare_view(view, framed=True)
        view.setModel(self.model)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleDescription("Enter records a payment; the menu key corrects")
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(RegisterColumn.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(72)
        header.setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        view.setSortingEnabled(True)
        view.sortByColumn(RegisterColumn.ISSUED, Qt.SortOrder.DescendingOrder)
        view.selectionModel().selectionChanged.connect(self._tell)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave columns out where there is little room."""
        if event.type() == QEvent.Type.Resize:
            view = self._form.register_view
            for column, needed in _NEEDED_WIDTHS.items():
                view.setColumnHidden(column, view.width() < needed)
        return super().eventFilter(watched, event)

    # Loading

    def forget(self) -> None:
        """What is shown may have changed; it is read again when it is looked at."""
        self._is_stale = True
        if self._form.issued_tab.isVisible():
            self.load()

    def wake(self) -> None:
        """Coming into view: read what may have changed."""
        if self._is_stale:
            self.load()

    def load(self) -> None:
        """Read the register anew; what was chosen stays chosen. Only the newest answer counts."""
        self._is_stale = False
        self._round += 1
        work = partial(_read, self._desk, self._round)
        self._desk.runner.run(work, self._take, self._fail, "Reading the register")

    def _take(self, answer: tuple[int, tuple[RegisterRow, ...]]) -> None:
        asked, rows = answer
        if asked != self._round:
            return
        self.all_rows = rows
        self.filters.offer_accounts(rows)
        self._filter()

    def _fail(self, error: BaseException) -> None:
        self._is_stale = True
        show_problem(self._form.tabs.window(), error)

    # Choosing

    def selected(self) -> tuple[RegisterRow, ...]:
        """The chosen documents, from top to bottom."""
        indexes = self._form.register_view.selectionModel().selectedRows()
        return tuple(index.data(ROW_ROLE) for index in sorted(indexes, key=QModelIndex.row))

    @property
    def chosen(self) -> RegisterRow | None:
        """The one document that is chosen, if it is one."""
        rows = self.selected()
        return rows[0] if len(rows) == 1 else None

    def go_to(self, number: str) -> None:
        """Choose a document, showing everything if it was left out."""
        if self.model.place_of(number) is None:
            self.filters.clear()
        self._choose([number])

    def _choose(self, numbers: list[str]) -> None:
        view = self._form.register_view
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        wanted = frozenset(numbers)
        places = [place for place, row in enumerate(self.model.rows) if row.number in wanted]
        view.clearSelection()
        chosen = QItemSelection()
        for place in places or ([0] if self.model.rows else []):
            chosen.select(self.model.index(place, 0), self.model.index(place, 0))
        if not chosen.isEmpty():
            first = chosen.indexes()[0]
            view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            view.selectionModel().select(chosen, flags)
        if places:
            view.scrollTo(self.model.index(places[0], 0))

    def _filter(self) -> None:
        chosen = [row.number for row in self.selected()]
        self.model.set_rows(self.filters.value().shown(self.all_rows))
        widen_columns(self._form.register_view, _WIDTHS.items())
        self._choose(chosen)
        self.empty.setVisible(bool(self.all_rows) and not self.model.rows)
        self.nothing.setVisible(not self.all_rows)
        self._form.register_view.setVisible(bool(self.model.rows))
        self._tell()

    # Telling

    def _tell(self) -> None:
        rows = self.selected()
        form = self._form
        form.save_pdf.setEnabled(bool(rows))
        form.correct.setEnabled(len(rows) == 1 or len(creditable_together(rows)) > 1)
        form.export_csv.setEnabled(bool(self.model.rows))
        chosen = f"E&xport {len(rows)} as CSV…" if len(rows) > 1 else "E&xport list as CSV…"
        form.export_csv.setText(chosen)
        form.record_payment.setEnabled(bool(payable_together(rows)))
        self._show_sum(rows)
        self.shown.emit(self.chosen, self._related(self.chosen))

    def _related(self, row: RegisterRow | None) -> tuple[RegisterRow, ...]:
        if row is None:
            return ()
        return tuple(each for each in self.all_rows if each.corrects == row.number and not each.is_void)

    def _show_sum(self, selected: tuple[RegisterRow, ...]) -> None:
        several = len(selected) > 1
        counted = selected if several else self.model.rows
        count = "1 document" if len(self.model.rows) == 1 else f"{len(self.model.rows):,} documents"
        words = f"{len(selected)} of {count} chosen" if several else count
        if not several and len(self.model.rows) < len(self.all_rows):
            words = f"{len(self.model.rows):,} of {len(self.all_rows):,} documents"
        self._form.register_sum.setText(words)
        self.totals.show_totals(register_totals(counted))

    def _offer_corrections(self) -> None:
        together = creditable_together(self.selected())
        if len(self.selected()) > 1:
            self.corrections.show_several(len(together))
            return
        row = self.chosen
        options = self._desk.read(correction_options, row.number, self._desk.today()) if row else None
        self.corrections.show_options(options)

    def _show_menu(self, place: QPoint) -> None:
        if self._form.correct.isEnabled():
            self.corrections.menu.popup(self._form.register_view.viewport().mapToGlobal(place))

    # Deeds

    def _save(self) -> None:
        self.save_asked.emit(tuple(row.number for row in self.selected()))

    def _export(self) -> None:
        rows = self.selected()
        self.export_asked.emit(rows if len(rows) > 1 else self.model.rows)

    def _pay(self) -> None:
        rows = payable_together(self.selected())
        if rows:
            self.payment_asked.emit(rows)

    def _open(self, _index: QModelIndex) -> None:
        self._pay()


def payable_together(rows: tuple[RegisterRow, ...]) -> tuple[RegisterRow, ...]:
    """The rows that one payment could settle: all still open and of one account; else nothing."""
    is_one_account = len({row.account_id for row in rows}) == 1
    return rows if is_one_account and all(row.is_open for row in rows) else ()


def creditable_together(rows: tuple[RegisterRow, ...]) -> tuple[RegisterRow, ...]:
    """The invoices among several documents that are not void: what one reason could credit."""
    return tuple(row for row in rows if not (row.is_credit_note or row.is_void))


def _read(desk: Desk, asked: int, _progress: Progress) -> tuple[int, tuple[RegisterRow, ...]]:
    with desk.context.store.reading() as uow:
        return asked, list_register(uow, desk.today())
