"""Closing periods, opening them again, and deciding about late work, with undo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.services.results import Changes, Outcome

if TYPE_CHECKING:
    from datetime import date

    from retainerdesk.desktop.dialogs.form_dialog import FormDialog
    from retainerdesk.desktop.dialogs.late_dialog import LateCommand
    from retainerdesk.domain.late import LateEffect
    from retainerdesk.domain.period_close import LateDecision
    from retainerdesk.services.closing import DecidedRow, PeriodRow
    from retainerdesk.services.units import UnitOfWork

_UNDONE = "closing undone"


class ClosingEdits(Keeper):
    """A credit note has no undo: it is issued."""

    def close_periods(
        self, through: date, account_id: str | None = None, retainer_id: str | None = None
    ) -> int | None:
        """Close what ended by a day; how many periods with something to close, None if it was refused."""
        from retainerdesk.services.closing import CloseCommand, close_periods

        done: list[PeriodRow] = []
        command = CloseCommand(through, account_id, retainer_id)

        def forward() -> Changes:
            outcome = self.desk.write(close_periods, command, self.desk.today())
            done[:] = outcome.value
            return outcome.changes

        is_kept = self.edit(None, "close periods", forward, partial(self._open_all_again, done))
        return sum(not row.is_empty for row in done) if is_kept else None

    def _open_all_again(self, done: list[PeriodRow]) -> Changes:
        return self.desk.write(_reopened, tuple(reversed(done)), self.desk.today()).changes

    def reopen_period(self, row: PeriodRow) -> FormDialog:
        """Ask why a closed period is opened again."""
        from retainerdesk.desktop.dialogs.late_dialog import ReopenDialog

        dialog = ReopenDialog(row, self.desk.today(), self.window)
        return self.show(dialog, partial(self._reopen, dialog, row))

    def _reopen(self, dialog: FormDialog, row: PeriodRow, reason: str) -> None:
        from retainerdesk.services.closing import CloseCommand, close_periods

        last_day = row.usage.span.last_day
        close = CloseCommand(last_day, row.account_id, row.retainer_id)

        def forward() -> Changes:
            return self.desk.write(_reopened, (row,), self.desk.today(), reason).changes

        def backward() -> Changes:
            return self.desk.write(close_periods, close, self.desk.today()).changes

        self.edit(dialog, "open period again", forward, backward)

    def decide_late(self, effect: LateEffect) -> FormDialog:
        """Show what each choice would do about a difference, and take one with its reason."""
        from retainerdesk.desktop.dialogs.late_dialog import LateDialog

        dialog = LateDialog(effect, self.desk.today(), self.window)
        return self.show(dialog, partial(self._keep_late, dialog, effect))

    def _keep_late(self, dialog: FormDialog, effect: LateEffect, command: LateCommand) -> None:
        from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
        from retainerdesk.domain.period_close import LateChoice

        made: list[LateDecision] = []
        forward = partial(self._decide_late, effect, command, made)
        if command.choice is not LateChoice.CREDIT:
            self.edit(dialog, "late work", forward, partial(self._take_late_back, effect, made))
            return
        try:
            forward()
        except (RuleViolation, EnvironmentProblem) as refused:
            self._refuse(dialog, refused)
            return
        self.kept.emit(f"credit note {made[0].invoice_number}")

    def _decide_late(self, effect: LateEffect, command: LateCommand, made: list[LateDecision]) -> Changes:
        from retainerdesk.services.late_work import decide_late

        outcome = self.desk.write(decide_late, effect.id, command.choice, command.reason, self.desk.today())
        made[:] = [outcome.value]
        return outcome.changes

    def _take_late_back(self, effect: LateEffect, made: list[LateDecision]) -> Changes:
        from retainerdesk.services.late_work import take_back_late

        return self.desk.write(take_back_late, effect.account_id, effect.retainer_id, made[0].id).changes

    def take_back_late(self, row: DecidedRow) -> bool:
        """Let a difference wait again; False if something stands on its decision."""
        from retainerdesk.services.late_work import restore_late, take_back_late

        def forward() -> Changes:
            taken = self.desk.write(take_back_late, row.account_id, row.retainer_id, row.decided.id)
            return taken.changes

        def backward() -> Changes:
            return self.desk.write(restore_late, row.account_id, row.retainer_id, row.decided).changes

        return self.edit(None, "decision taken back", forward, backward)


def _reopened(
    uow: UnitOfWork, rows: Iterable[PeriodRow], today: date, reason: str = _UNDONE
) -> Outcome[None]:
    """Open periods again in the order given; all of them or none."""
    from retainerdesk.services.closing import reopen_period

    changes = [
        reopen_period(uow, row.account_id, row.retainer_id, row.usage.span.start, reason, today).changes
        for row in rows
    ]
    return Outcome(None, reduce(or_, changes) if changes else Changes())
