"""The rows of the invoice run for a table: read-only over a tuple, formatted when asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retainerdesk.desktop.formatting import day, house_style, money, span
from retainerdesk.desktop.models.run_rows import AccountRow, ChargeRow, Choice, RunRow
from retainerdesk.domain.money import Money
from retainerdesk.services.tax_rates import TaxHint

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE = ROW_ROLE + 1

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COUNTS = ("no invoice", "one invoice", "two invoices", "three invoices", "four invoices", "five invoices")
_CHOICE_WORDS = {Choice.CREATE: "Create", Choice.LATER: "Later", Choice.SKIP: "Skip"}


class RunColumn(IntEnum):
    """The columns of the run."""

    CHARGE = 0
    SERVICE = 1
    WHY = 2
    NET = 3
    CHOICE = 4


_HEADINGS = ("Charge", "Service period", "Why now", "Net", "Do")


def invoice_count(count: int) -> str:
    """Such as "two invoices", or "14 invoices"."""
    return _COUNTS[count] if count < len(_COUNTS) else f"{count} invoices"


class RunModel(QAbstractTableModel):
    """Accounts, their charges and parked accounts, one row each."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: tuple[RunRow, ...] = ()

    @property
    def rows(self) -> tuple[RunRow, ...]:
        return self._rows

    def set_rows(self, rows: Iterable[RunRow], today: date) -> bool:
        """Show other rows. True if the rows are other ones, False if only choices in them changed."""
        fresh = tuple(rows)
        same = [_identity(each) for each in fresh] == [_identity(each) for each in self._rows]
        if same and today == self._today:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(RunColumn) - 1))
            return False
        self.beginResetModel()
        self._rows, self._today = fresh, today
        self.endResetModel()
        return True

    def row(self, index: Index) -> RunRow | None:
        """What stands in the row of `index`."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(RunColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        column = RunColumn(index.column())
        if role in (ROW_ROLE, Qt.ItemDataRole.DisplayRole):
            return row if role == ROW_ROLE else self._text(row, column)
        if role == DETAIL_ROLE:
            return _detail_of(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (self._text(row, column), _detail_of(row, column)) if part)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is RunColumn.NET:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= RunColumn.NET:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: RunRow, column: RunColumn) -> str:
        if isinstance(row, AccountRow):
            return _account_text(row, column)
        if isinstance(row, ChargeRow):
            return self._charge_text(row, column)
        if isinstance(row, TaxHint):
            return {RunColumn.CHARGE: house_style(row.text), RunColumn.CHOICE: "Change…"}.get(column, "")
        if column is RunColumn.CHARGE:
            return f"{row.account_name} is parked: {house_style(row.reason)}"
        return "Resolve…" if column is RunColumn.CHOICE else ""

    def _charge_text(self, row: ChargeRow, column: RunColumn) -> str:
        charge = row.charge
        if column is RunColumn.CHARGE:
            return charge.text
        if column is RunColumn.SERVICE:
            return span(charge.key.service, self._today)
        if column is RunColumn.WHY:
            later = charge.billable_on > self._today
            return f"{charge.why}, due {day(charge.billable_on, self._today)}" if later else charge.why
        if column is RunColumn.NET:
            return money(charge.net if row.net is None else row.net)
        return _CHOICE_WORDS[row.choice]


def _account_text(row: AccountRow, column: RunColumn) -> str:
    if column is RunColumn.CHARGE:
        off = f", less {row.discount_percent.normalize():f} % discount" if row.discount_percent else ""
        return f"{row.name} · {invoice_count(row.invoices)}{off}"
    return money(row.net) if column is RunColumn.NET else ""


def _detail(row: RunRow) -> str:
    """The line under a charge: what explains its amount, or why it is skipped."""
    if not isinstance(row, ChargeRow):
        return ""
    if row.choice is Choice.SKIP:
        return f"skipped: {row.reason}"
    return " · ".join(row.charge.details)


def _detail_of(row: RunRow, column: RunColumn) -> str:
    return _detail(row) if column is RunColumn.CHARGE else ""


def _identity(row: RunRow) -> object:
    if isinstance(row, AccountRow):
        return row.account_id
    if isinstance(row, ChargeRow):
        return (row.charge, row.choice is Choice.SKIP)
    return row


def net_per_currency(rows: Iterable[AccountRow]) -> tuple[Money, ...]:
    """What is to be invoiced, a sum for each currency, in the order they appear."""
    sums: dict[str, Money] = {}
    for row in rows:
        sums[row.net.currency] = sums.get(row.net.currency, Money(0, row.net.currency)) + row.net
    return tuple(total for total in sums.values() if total)
