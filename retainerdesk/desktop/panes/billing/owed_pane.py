"""Who owes what by age, what is written next, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import day_long, money
from retainerdesk.desktop.forms.ui_owed_pane import Ui_OwedPane
from retainerdesk.desktop.models.frozen_rows import ROW_ROLE
from retainerdesk.desktop.models.owed_model import OwedColumn, OwedModel
from retainerdesk.desktop.panes.billing.owed_totals import OwedTotalsStrip
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.searching import has_all, words_of
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.views import prepare_view, widen_columns
from retainerdesk.domain.names import as_read
from retainerdesk.services.receivables import OwedReport, OwedRow, load_owed, load_owed_detail

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress

_WIDTHS = {
    OwedColumn.OPEN: 104,
    OwedColumn.NOT_DUE: 96,
    OwedColumn.TO_30: 96,
    OwedColumn.TO_60: 96,
    OwedColumn.TO_90: 96,
    OwedColumn.OVER_90: 96,
    OwedColumn.CREDIT: 92,
    OwedColumn.DAYS_LATE: 84,
    OwedColumn.NEXT: 150,
}
# The detail beside the list tells these, too; narrower tables give their room to the names.
_NEEDED_WIDTHS = {
    OwedColumn.CREDIT: 1040,
    OwedColumn.DAYS_LATE: 1010,
    OwedColumn.NOT_DUE: 860,
    OwedColumn.NEXT: 780,
}


class OwedPane(QWidget):
    """A page of the billing screen. Reads when it is looked at; what was chosen stays chosen.

    Signals: `shown(OwedRow | None)` when one other account is chosen, None for none or several.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, opener: DialogOpener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_OwedPane()
        self.form.setupUi(self)
        self._desk, self._opener = desk, opener
        self._round, self._is_stale = 0, True
        self._wanted = ""
        self.report = OwedReport(desk.today(), (), ())
        self.model = OwedModel(desk.today(), self)
        self.search = SearchField("Search accounts")
        self.totals = OwedTotalsStrip()
        self.empty = EmptyState(
            "circle-check", "Nothing is owed", "No document is open and no credit waits to be used."
        )
        self.none_fit = EmptyState("inbox", "No account fits", "Other words may find it.", "Show all")
        self.write_offs = QMenu(self)
        self._build()
        self._prepare_table(self.form.owed_view)
        self._connect()
        self._tell()

    def _build(self) -> None:
        form = self.form
        form.search_place.addWidget(self.search)
        self.search.setMinimumWidth(220)
        form.totals_place.addWidget(self.totals)
        for empty in (self.empty, self.none_fit):
            empty.setVisible(False)
            form.empty_place.addWidget(empty, 1)
        set_style_property(form.basis, "tone", "muted")
        form.write_off.setMenu(self.write_offs)
        for button, name in (
            (form.record_payment, "banknote"),
            (form.letter, "mail"),
            (form.statement, "notebook-text"),
            (form.write_off, "trending-down"),
            (form.apply_credit, "link"),
            (form.dunning_run, "send"),
        ):
            put_icon(button, name)

    def _prepare_table(self, view: QTableView) -> None:
        prepare_view(view, framed=True)
        view.setModel(self.model)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.setAccessibleDescription("Enter records a payment; several go into a dunning run")
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(OwedColumn.ACCOUNT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(64)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        view.setSortingEnabled(True)
        view.selectionModel().selectionChanged.connect(self._tell)
        view.installEventFilter(self)

    def _connect(self) -> None:
        form, opener = self.form, self._opener
        self.search.textChanged.connect(self._filter)
        self.none_fit.primary.connect(self.search.clear)
        form.owed_view.activated.connect(self._pay)
        form.record_payment.clicked.connect(self._pay)
        form.letter.clicked.connect(self._write)
        form.statement.clicked.connect(self._state)
        form.apply_credit.clicked.connect(self._apply)
        form.dunning_run.clicked.connect(self._run)
        self.write_offs.aboutToShow.connect(self._offer_write_offs)
        opener.letters_told.connect(self.load)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave columns out where there is little room."""
        if event.type() == QEvent.Type.Resize and watched is self.form.owed_view:
            view = self.form.owed_view
            for column, needed in _NEEDED_WIDTHS.items():
                view.setColumnHidden(column, view.width() < needed)
        return super().eventFilter(watched, event)

    # Loading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.load()

    def forget(self) -> None:
        """What is shown may have changed; it is read again when it is looked at."""
        self._is_stale = True
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Read anew. Only the newest answer counts."""
        self._is_stale = False
        self._round += 1
        work = partial(_read, self._desk, self._round)
        self._desk.runner.run(work, self._take, self._fail, "Adding up what is owed")

    def _take(self, answer: tuple[int, OwedReport]) -> None:
        asked, report = answer
        if asked != self._round:
            return
        self.report = report
        self.form.basis.setText(f"Ageing by due date as of {day_long(report.as_of)}")
        self.totals.show_totals(report.totals)
        self._filter()

    def _fail(self, error: BaseException) -> None:
        self._is_stale = True
        show_problem(self.window(), error)

    def _filter(self) -> None:
        words = words_of(self.search.text())
        chosen = [(row.account_id, row.currency) for row in self.selected()]
        found = [row for row in self.report.rows if has_all(as_read(row.account_name), words)]
        self.model.set_rows(found, self.report.as_of)
        widen_columns(self.form.owed_view, _WIDTHS.items())
        if self._wanted:
            chosen, self._wanted = [(self._wanted, "")], ""
        self._choose(chosen)
        self.empty.setVisible(not self.report.rows)
        self.none_fit.setVisible(bool(self.report.rows) and not found)
        self.form.owed_view.setVisible(bool(found))
        self._tell()

    # Choosing

    def selected(self) -> tuple[OwedRow, ...]:
        """The chosen rows, from top to bottom."""
        indexes = self.form.owed_view.selectionModel().selectedRows()
        return tuple(index.data(ROW_ROLE) for index in sorted(indexes, key=QModelIndex.row))

    @property
    def chosen(self) -> OwedRow | None:
        """The one row that is chosen, if it is one."""
        rows = self.selected()
        return rows[0] if len(rows) == 1 else None

    def go_to(self, account_id: str) -> None:
        """Choose an account as soon as it is read, whatever was searched for."""
        self._wanted = account_id
        self.search.clear()
        if not self._is_stale:
            self._filter()
        self.form.owed_view.setFocus()

    def _choose(self, names: list[tuple[str, str]]) -> None:
        view = self.form.owed_view
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        places = [place for name in names if (place := self.model.place_of(*name)) is not None]
        view.clearSelection()
        for place in places or ([0] if self.model.rows else []):
            view.selectionModel().setCurrentIndex(self.model.index(place, 0), flags)
        if places:
            view.scrollTo(self.model.index(places[0], 0))

    def _tell(self) -> None:
        rows, row, form = self.selected(), self.chosen, self.form
        is_late = row is not None and row.ageing.past_due.minor > 0
        form.record_payment.setEnabled(row is not None)
        form.letter.setEnabled(is_late)
        form.statement.setEnabled(row is not None)
        form.write_off.setEnabled(row is not None and row.open.minor > 0)
        form.apply_credit.setEnabled(row is not None and _may_apply(row))
        late = [each for each in rows if each.ageing.past_due.minor > 0]
        form.dunning_run.setText("Dunning &run…" if len(rows) < 2 else f"Dunning &run for {len(late)}…")
        form.dunning_run.setEnabled(bool(late) or (len(rows) < 2 and bool(self.report.rows)))
        self.shown.emit(row)

    # Deeds

    def _pay(self) -> None:
        if self.chosen is not None:
            self._opener.payment(self.chosen.account_id)

    def _write(self) -> None:
        if self.chosen is not None:
            self._opener.letter(self.chosen.account_id, self.chosen.currency)

    def _state(self) -> None:
        if self.chosen is not None:
            self._opener.statement(self.chosen.account_id)

    def _apply(self) -> None:
        if self.chosen is not None:
            self._opener.apply_credit(self.chosen.account_id)

    def _run(self) -> None:
        rows = self.selected()
        self._opener.dunning_run({row.account_id for row in rows} if len(rows) > 1 else ())

    def _offer_write_offs(self) -> None:
        """The open documents of the account, the longest due on top."""
        self.write_offs.clear()
        row = self.chosen
        if row is None:
            return
        detail = self._desk.read(load_owed_detail, row.account_id, row.currency, self.report.as_of)
        for document in detail.documents:
            if document.open.minor > 0:
                words = f"{document.number}, {money(document.open)}…"
                entry = self.write_offs.addAction(words)
                entry.triggered.connect(partial(self._opener.write_off, document.number))


def _may_apply(row: OwedRow) -> bool:
    """Whether there is money or a credit note to use, and something open to use it for."""
    return bool(row.credit) or any(amount.minor < 0 for amount in row.ageing.amounts)


def _read(desk: Desk, asked: int, _progress: Progress) -> tuple[int, OwedReport]:
    with desk.context.store.reading() as uow:
        return asked, load_owed(uow, desk.today())
