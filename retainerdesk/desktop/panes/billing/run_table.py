"""The table of the invoice run: keys for the choices, spans for accounts, rows as high as their text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from retainerdesk.desktop.models.run_model import RunColumn, RunModel
from retainerdesk.desktop.models.run_rows import AccountRow, ChargeRow, Choice
from retainerdesk.desktop.panes.billing.run_delegate import RunDelegate, choice_width
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.invoice import Charge
from retainerdesk.services.tax_rates import TaxHint
from retainerdesk.services.views import ParkedRow

_KEYS = {Qt.Key.Key_C: Choice.CREATE, Qt.Key.Key_L: Choice.LATER, Qt.Key.Key_S: Choice.SKIP}


_NEEDED_WIDTH = 780


class RunTable(QTableView):
    """Keyboard and mouse choose what happens with charges.

    Signals: `choice_asked(tuple of Charge, Choice)`; `resolve_asked(ParkedRow or TaxHint)`;
    `charge_changed(object)` with the Charge the keyboard is on, or None.
    """

    choice_asked = Signal(object, object)
    resolve_asked = Signal(object)
    charge_changed = Signal(object)

    def __init__(self, model: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Charges that can be invoiced")
        self.setAccessibleDescription("C creates, L leaves for later, S skips the selected charges")
        self._model = model
        self._last: Charge | None = None
        prepare_view(self, framed=True)
        # Qt measures a row at the width of its column only where words wrap.
        self.setWordWrap(True)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        delegate = RunDelegate(self)
        self.setItemDelegate(delegate)
        delegate.chosen.connect(self._chosen)
        delegate.resolve_pressed.connect(self._resolve)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._arrange()

    def _arrange(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(RunColumn.CHARGE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(60)
        self.setColumnWidth(RunColumn.SERVICE, 140)
        self.setColumnWidth(RunColumn.WHY, 170)
        self.setColumnWidth(RunColumn.NET, 110)
        self.setColumnWidth(RunColumn.CHOICE, choice_width() + 2 * SPACING.medium)

    def show_rows(self, *, are_new: bool) -> None:
        """After the model changed: span what is wide and keep a charge selected."""
        if are_new:
            self.clearSpans()
            for place, row in enumerate(self._model.rows):
                if isinstance(row, AccountRow):
                    self.setSpan(place, RunColumn.CHARGE, 1, RunColumn.NET)
                elif isinstance(row, ParkedRow | TaxHint):
                    self.setSpan(place, RunColumn.CHARGE, 1, RunColumn.CHOICE)
            if self._last is None or not self.go_to(self._last):
                self.go_to_first()
        self.resizeRowsToContents()

    def go_to_first(self) -> None:
        """Put the keyboard on the first charge, or say that there is none."""
        for place, row in enumerate(self._model.rows):
            if isinstance(row, ChargeRow):
                self._select(place)
                return
        self.charge_changed.emit(None)

    def go_to(self, charge: Charge) -> bool:
        """Put the keyboard on this charge, if it is there."""
        for place, row in enumerate(self._model.rows):
            if isinstance(row, ChargeRow) and row.charge.key == charge.key:
                self._select(place)
                return True
        return False

    def _select(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index(place, RunColumn.CHARGE), flags)

    def selected_charges(self) -> tuple[Charge, ...]:
        """The charges of the selected rows; an account stands for all of its own."""
        rows = [self._model.rows[index.row()] for index in self.selectionModel().selectedRows()]
        accounts = {row.account_id for row in rows if isinstance(row, AccountRow)}
        chosen = {row.charge.key for row in rows if isinstance(row, ChargeRow)}
        return tuple(
            row.charge
            for row in self._model.rows
            if isinstance(row, ChargeRow)
            and (row.charge.key in chosen or row.charge.key.account_id in accounts)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        choice = _KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if choice is not None and plain:
            charges = self.selected_charges()
            if charges:
                self.choice_asked.emit(charges, choice)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._resolve(self.currentIndex())
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Why it is due stands beside the page, too; a narrow table gives the room to the charge itself.
        self.setColumnHidden(RunColumn.WHY, self.width() < _NEEDED_WIDTH)
        self.resizeRowsToContents()

    def _chosen(self, index: QModelIndex, key: str) -> None:
        row = self._model.row(index)
        if isinstance(row, ChargeRow) and row.choice != key:
            self.choice_asked.emit((row.charge,), Choice(key))

    def _resolve(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if isinstance(row, ParkedRow | TaxHint):
            self.resolve_asked.emit(row)

    def _tell_current(self, current: QModelIndex) -> None:
        row = self._model.row(current)
        if row is None:
            # The rows are being replaced; `show_rows` goes back to the charge.
            return
        self._last = row.charge if isinstance(row, ChargeRow) else None
        self.charge_changed.emit(self._last)


def charges_of(rows: Iterable[object]) -> tuple[Charge, ...]:
    """Every charge among rows that is not skipped."""
    return tuple(row.charge for row in rows if isinstance(row, ChargeRow) and row.choice is not Choice.SKIP)
