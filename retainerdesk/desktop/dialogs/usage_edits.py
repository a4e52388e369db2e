"""What is done about time: written down, sold in blocks, settled at an early exit; with undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.accounts import get_account
from retainerdesk.services.corrections import write_down
from retainerdesk.services.results import Changes
from retainerdesk.services.retainers import list_retainers
from retainerdesk.services.rows import change_row, change_rows, get_row
from retainerdesk.services.unassigned import assign_work, list_unassigned

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.assign_work_dialog import AssignCommand
    from retainerdesk.desktop.dialogs.write_down_dialog import WriteDownCommand


class UsageEdits(Keeper):
    """Write-downs, goodwill, work without a retainer."""

    def write_down(self, account_id: str, entry_id: str) -> FormDialog:
        """Give up minutes of a work entry before they are billed."""
        from retainerdesk.desktop.dialogs.write_down_dialog import WriteDownDialog

        entry = self.desk.read(get_row, WorkEntry, account_id, entry_id)
        assert isinstance(entry, WorkEntry)
        dialog = WriteDownDialog(entry, self.desk.today(), self.window)
        return self.show(dialog, partial(self._keep_write_down, dialog, entry))

    def goodwill(self, account_id: str) -> FormDialog:
        """What an account was given without charge, as a page to save. Nothing in the book changes."""
        from retainerdesk.desktop.dialogs.goodwill_dialog import GoodwillDialog

        account = self.desk.read(get_account, account_id)
        dialog = GoodwillDialog(self.desk, account, self.chooser, self.window)
        dialog.open()
        return dialog

    def assign_work(self, account_id: str) -> FormDialog | None:
        """Charge work that names no retainer to one; None, with a word, where nothing is loose."""
        from retainerdesk.desktop.dialogs.assign_work_dialog import AssignWorkDialog

        today = self.desk.today()
        entries = self.desk.read(list_unassigned, account_id, today)
        if not entries:
            message = "Every entry of this account is charged to a retainer."
            show_problem(self.window, RuleViolation("work.assigned", message))
            return None
        dialog = AssignWorkDialog(entries, self.desk.read(list_retainers, account_id), today, self.window)
        return self.show(dialog, partial(self._keep_assignment, dialog, account_id, entries))

    def _keep_assignment(
        self, dialog: FormDialog, account_id: str, entries: Sequence[WorkEntry], command: AssignCommand
    ) -> None:
        before = tuple(entry for entry in entries if entry.id in command.entry_ids)
        forward = partial(self._assign, account_id, command)
        self.edit(dialog, "work charged", forward, partial(self._put_all_back, before))

    def _assign(self, account_id: str, command: AssignCommand) -> Changes:
        return self.desk.write(assign_work, account_id, command.entry_ids, command.retainer_id).changes

    def _put_all_back(self, entries: Sequence[WorkEntry]) -> Changes:
        return self.desk.write(change_rows, entries).changes

    def _keep_write_down(self, dialog: FormDialog, entry: WorkEntry, command: WriteDownCommand) -> None:
        self.edit(
            dialog, "write-down", partial(self._write_down, entry, command), partial(self._put_back, entry)
        )

    def _write_down(self, entry: WorkEntry, command: WriteDownCommand) -> Changes:
        return self.desk.write(
            write_down, entry.account_id, entry.id, command.minutes, command.reason
        ).changes

    def _put_back(self, entry: WorkEntry) -> Changes:
        return self.desk.write(change_row, entry).changes
