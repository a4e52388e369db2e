"""The register: every issued invoice, searched, filtered, saved as PDF, paid."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_billing_screen import Ui_BillingScreen
from retainerdesk.desktop.models.register_model import (
    ROW_ROLE,
    STATE_WORDS,
    UNSETTLED,
    RegisterColumn,
    RegisterFilter,
    RegisterModel,
)
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.money import Money
from retainerdesk.services.invoices import InvoiceRow, InvoiceState, list_invoices

_FILTERS = (
    ("All", frozenset(InvoiceState)),
    ("Not settled", UNSETTLED),
    *((words, frozenset({state})) for state, words in STATE_WORDS.items()),
)


class RegisterPane(QObject):
    """Runs the second page of the billing screen.

    Signals: `shown(number)` when another invoice is chosen, empty for none; `save_asked(tuple of numbers)`;
    `payment_asked(InvoiceRow)`.
    """

    shown = Signal(str)
    save_asked = Signal(object)
    payment_asked = Signal(object)

    def __init__(self, form: Ui_BillingScreen, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._desk = desk
        self.model = RegisterModel(self)
        self.filter = RegisterFilter(self)
        self.filter.setSourceModel(self.model)
        self.search = SearchField("Number or account")
        form.search_place.addWidget(self.search)
        for words, states in _FILTERS:
            form.state.addItem(words, states)
        self._prepare_table(form.register_view)
        form.save_pdf.setIcon(icon("download"))
        form.record_payment.setIcon(icon("banknote"))
        self.search.textChanged.connect(self._filter)
        form.state.currentIndexChanged.connect(self._filter)
        form.save_pdf.clicked.connect(self._save)
        form.record_payment.clicked.connect(self._pay)
        form.register_view.activated.connect(self._open)

    def _prepare_table(self, view: QTableView) -> None:
        set_style_property(view, "framed", "true")
        prepare_view(view, framed=True)
        view.setModel(self.filter)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.setSortingEnabled(True)
        view.sortByColumn(RegisterColumn.ISSUED, Qt.SortOrder.DescendingOrder)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(RegisterColumn.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for column, width in ((0, 110), (2, 110), (3, 110), (4, 110), (5, 110), (6, 120)):
            view.setColumnWidth(column, width)
        view.selectionModel().selectionChanged.connect(self._tell)

    def load(self) -> None:
        """Read the register anew; what was chosen stays chosen."""
        chosen = {row.number for row in self.selected()}
        self.model.set_rows(self._desk.read(list_invoices, self._desk.today()))
        self._choose(chosen)
        self._show_sum()
        self._tell()

    def choose_first(self) -> None:
        """Choose the invoice on top if none is chosen."""
        if not self.selected() and self.filter.rowCount():
            self._form.register_view.selectRow(0)

    def selected(self) -> tuple[InvoiceRow, ...]:
        """The chosen invoices, from top to bottom."""
        indexes = self._form.register_view.selectionModel().selectedRows()
        return tuple(index.data(ROW_ROLE) for index in sorted(indexes, key=QModelIndex.row))

    def _choose(self, numbers: set[str]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for place in range(self.filter.rowCount()):
            index = self.filter.index(place, 0)
            if index.data(ROW_ROLE).number in numbers:
                self._form.register_view.selectionModel().select(index, flags)

    def _filter(self) -> None:
        self.filter.show_only(self.search.text(), self._form.state.currentData())
        self._show_sum()

    def _show_sum(self) -> None:
        rows = [self.filter.index(place, 0).data(ROW_ROLE) for place in range(self.filter.rowCount())]
        sums: dict[str, Money] = {}
        for row in rows:
            currency = row.balance.currency
            sums[currency] = sums.get(currency, Money(0, currency)) + row.balance
        still_open = ", ".join(money(total) for total in sums.values() if total)
        count = "1 invoice" if len(rows) == 1 else f"{len(rows)} invoices"
        self._form.register_sum.setText(
            f"{count} · {still_open} open" if still_open else f"{count} · all settled"
        )

    def _tell(self) -> None:
        rows = self.selected()
        self._form.save_pdf.setEnabled(bool(rows))
        self._form.record_payment.setEnabled(len(rows) == 1 and rows[0].state in UNSETTLED)
        self.shown.emit(rows[0].number if len(rows) == 1 else "")

    def _save(self) -> None:
        self.save_asked.emit(tuple(row.number for row in self.selected()))

    def _pay(self) -> None:
        rows = self.selected()
        if len(rows) == 1:
            self.payment_asked.emit(rows[0])

    def _open(self, _index: QModelIndex) -> None:
        rows = self.selected()
        if len(rows) == 1 and rows[0].state in UNSETTLED:
            self._pay()
