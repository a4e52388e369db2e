"""The rows of the invoice run for a table: read-only over a tuple, formatted when asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QObject

from retainerdesk.desktop.formatting import day, house_style, money, span
from retainerdesk.desktop.models.frozen_rows import Column, FrozenRows
from retainerdesk.desktop.models.run_rows import AccountRow, ChargeRow, Choice, RunRow
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.services.tax_rates import TaxHint

_COUNTS = ("no invoice", "one invoice", "two invoices", "three invoices", "four invoices", "five invoices")
_CHOICE_WORDS = {Choice.CREATE: "Create", Choice.LATER: "Later", Choice.SKIP: "Skip"}


class RunColumn(IntEnum):
    """The columns of the run."""

    CHARGE = 0
    SERVICE = 1
    WHY = 2
    NET = 3
    CHOICE = 4


def invoice_count(count: int) -> str:
    """Such as "two invoices", or "14 invoices"."""
    return _COUNTS[count] if count < len(_COUNTS) else f"{count} invoices"


_COLUMNS = {
    RunColumn.CHARGE: Column("Charge"),
    RunColumn.SERVICE: Column("Service period"),
    RunColumn.WHY: Column("Why now"),
    RunColumn.NET: Column("Net", is_figure=True),
    RunColumn.CHOICE: Column("Do", is_choice=True),
}


class RunModel(FrozenRows[RunRow, RunColumn]):
    """Accounts, their charges and parked accounts, one row each."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._today = today

    def set_rows(self, rows: Iterable[RunRow], today: date) -> bool:
        """Show other rows. True if the rows are other ones, False if only choices in them changed."""
        fresh = tuple(rows)
        same = [_identity(each) for each in fresh] == [_identity(each) for each in self._rows]
        if same and today == self._today:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(RunColumn) - 1))
            return False
        self._today = today
        self.show_rows(fresh)
        return True

    def text_of(self, row: RunRow, column: RunColumn) -> str:
        if isinstance(row, AccountRow):
            return _account_text(row, column)
        if isinstance(row, ChargeRow):
            return self._charge_text(row, column)
        if isinstance(row, TaxHint):
            return {RunColumn.CHARGE: house_style(row.text), RunColumn.CHOICE: "Change…"}.get(column, "")
        if column is RunColumn.CHARGE:
            return f"{in_sentence(row.account_name)} is parked: {bearable(house_style(row.reason))}"
        return "Resolve…" if column is RunColumn.CHOICE else ""

    def detail_of(self, row: RunRow, column: RunColumn) -> str:
        """Under a charge what explains its amount, or why it is skipped."""
        if column is not RunColumn.CHARGE or not isinstance(row, ChargeRow):
            return ""
        if row.choice is Choice.SKIP:
            return f"skipped: {row.reason}"
        return " · ".join(row.charge.details)

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
        return f"{in_sentence(row.name)} · {invoice_count(row.invoices)}{off}"
    return money(row.net) if column is RunColumn.NET else ""


def _identity(row: RunRow) -> object:
    if isinstance(row, AccountRow):
        return row.account_id
    if isinstance(row, ChargeRow):
        return (row.charge, row.choice is Choice.SKIP)
    return row
