"""Crediting several documents chosen in the register, on the operations thread, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.bulk_credit_dialog import BulkCreditDialog
from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.problems import show_problem
from retainerdesk.services.bulk_credit import BulkCreditResult, credit_documents
from retainerdesk.services.register import RegisterRow

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.results import Outcome

_SHOWN = 4


class BulkCrediting(QObject):
    """Asks for one reason over `window` and credits. The status line shows how far it is, and cancels.

    Signals: `told(text, numbers, is_clean)` with the numbers of the credit notes.
    """

    told = Signal(str, object, bool)

    def __init__(self, desk: Desk, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = window

    def begin(self, rows: Sequence[RegisterRow]) -> BulkCreditDialog:
        """Open the dialog for these invoices."""
        dialog = BulkCreditDialog(rows, self._window)
        numbers = tuple(row.number for row in sorted(rows, key=_age))
        dialog.accepted_value.connect(partial(self._credit, numbers))
        dialog.open()
        return dialog

    def _credit(self, numbers: Sequence[str], reason: str) -> None:
        work = partial(_credit, self._desk, numbers, reason)
        self._desk.runner.run(work, self._take, self._fail, "Crediting invoices")

    def _take(self, outcome: Outcome[BulkCreditResult]) -> None:
        result = outcome.value
        if result.credited:
            self._desk.bus.changed.emit(outcome.changes)
        notes = tuple(each.note.number for each in result.credited)
        self.told.emit(credited_words(result), notes, not (result.parked or result.cancelled))

    def _fail(self, error: BaseException) -> None:
        show_problem(self._window, error)


def credited_words(result: BulkCreditResult) -> str:
    """What was credited, and what was left alone and why."""
    count = len(result.credited)
    words = f"{count} credit note{'s' * (count != 1)} issued"
    if result.parked:
        words += f", {len(result.parked)} left alone"
    if result.cancelled:
        words += ", stopped before the end"
    reasons = [f"{number}: {house_style(reason)}" for number, reason in result.parked[:_SHOWN]]
    if len(result.parked) > _SHOWN:
        reasons.append(f"and {len(result.parked) - _SHOWN} more")
    return "\n".join([f"{words}.", *reasons])


def _age(row: RegisterRow) -> tuple[object, str]:
    return row.issued_on, row.number


def _credit(desk: Desk, numbers: Sequence[str], reason: str, progress: Progress) -> Outcome[BulkCreditResult]:
    return credit_documents(desk.context.store, numbers, reason, desk.today(), progress.step)
