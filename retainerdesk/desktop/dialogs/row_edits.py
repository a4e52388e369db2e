"""Rows of an account: each dialog, and what it keeps, with undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.entry_context import EntryContext, load_entry_context, local_now
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.operation_runner import Progress
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
)
from retainerdesk.services.context import KeptFiles
from retainerdesk.services.results import Changes
from retainerdesk.services.rows import (
    Row,
    add_row,
    change_row,
    check_attachable,
    get_row,
    keep_content,
    remove_row,
)

# The timeline's word for a kind of row, the kind, and how the edit is called.
ROW_KINDS: dict[str, tuple[type[Row], str]] = {
    "call": (Call, "call"),
    "note": (Note, "note"),
    "work": (WorkEntry, "work"),
    "action": (Action, "action"),
    "decision": (Decision, "decision"),
    "file": (DocumentFile, "file"),
    "document": (DocumentFile, "file"),
    "charge": (OneOffCharge, "charge"),
    "expense": (Expense, "expense"),
}


class RowEdits(Keeper):
    """Calls, notes, work, actions, decisions, files, one-off charges and expenses."""

    def log_call(self, account_id: str, existing: Call | None = None) -> FormDialog:
        """A call: when, how long, with whom; also as work if asked for."""
        from retainerdesk.desktop.dialogs.call_dialog import CallDialog

        dialog = CallDialog(self._context(account_id), existing, self.window)
        return self.show(dialog, partial(self._keep_call, dialog, existing))

    def note(self, account_id: str, existing: Note | None = None, *, text: str = "") -> FormDialog:
        """A note; `text` is what was typed elsewhere already."""
        from retainerdesk.desktop.dialogs.note_dialog import NoteDialog

        dialog = NoteDialog(self._context(account_id), existing, self.window, text=text)
        return self._show_row(dialog, "note", existing)

    def work(self, account_id: str, existing: WorkEntry | None = None) -> FormDialog:
        """Minutes worked."""
        from retainerdesk.desktop.dialogs.work_dialog import WorkDialog

        dialog = WorkDialog(self._context(account_id), existing, self.window)
        return self._show_row(dialog, "work", existing)

    def action(self, account_id: str, existing: Action | None = None) -> FormDialog:
        """A next step."""
        from retainerdesk.desktop.dialogs.action_dialog import ActionDialog

        dialog = ActionDialog(self._context(account_id), existing, self.window)
        return self._show_row(dialog, "action", existing)

    def decision(self, account_id: str, existing: Decision | None = None) -> FormDialog:
        """A commercial decision."""
        from retainerdesk.desktop.dialogs.decision_dialog import DecisionDialog

        dialog = DecisionDialog(self._context(account_id), existing, self.window)
        return self._show_row(dialog, "decision", existing)

    def charge(self, account_id: str, existing: OneOffCharge | None = None) -> FormDialog:
        """A line for the next invoice."""
        from retainerdesk.desktop.dialogs.charge_dialog import ChargeDialog

        dialog = ChargeDialog(self._context(account_id), existing, self.window)
        return self._show_row(dialog, "charge", existing)

    def expense(self, account_id: str, existing: Expense | None = None) -> FormDialog:
        """Money spent for the account."""
        from retainerdesk.desktop.dialogs.expense_dialog import ExpenseDialog

        dialog = ExpenseDialog(self._context(account_id), existing, self.window)
        return self._show_row(dialog, "expense", existing)

    def attach(self, account_id: str, source: Path | None = None) -> FormDialog:
        """A file to keep; `source` was dropped already."""
        from retainerdesk.desktop.dialogs.attach_dialog import AttachDialog

        dialog = AttachDialog(self._context(account_id), source, self.window, self.chooser)
        return self.show(dialog, partial(self._keep_attachment, dialog))

    def change_row(self, account_id: str, kind: str, row_id: str) -> FormDialog | None:
        """Open a row for change, by the timeline's word for its kind. A file is changed by attaching anew."""
        openers: dict[str, Callable[[str, Any], FormDialog]] = {
            "call": self.log_call, "note": self.note, "work": self.work, "action": self.action,
            "decision": self.decision, "charge": self.charge, "expense": self.expense,
        }  # fmt: skip
        if kind not in openers:
            return None
        row = self.desk.read(get_row, ROW_KINDS[kind][0], account_id, row_id)
        return openers[kind](account_id, row)

    def remove_row(self, account_id: str, kind: str, row_id: str) -> bool:
        """Take a row out, with undo. False if it was refused."""
        row_type, text = ROW_KINDS[kind]
        row = self.desk.read(get_row, row_type, account_id, row_id)
        return self.edit(None, f"remove {text}", partial(self._remove, row), partial(self._add, row))

    def finish_action(self, account_id: str, action_id: str) -> bool:
        """Mark an action as done today, or open again if it was done; with undo."""
        from dataclasses import replace

        before = self.desk.read(get_row, Action, account_id, action_id)
        assert isinstance(before, Action)
        done_on = self.desk.today() if before.done_on is None else None
        after = replace(before, done_on=done_on)
        return self.edit(None, "action", partial(self._change, after), partial(self._change, before))

    def _context(self, account_id: str) -> EntryContext:
        return self.desk.read(load_entry_context, account_id, local_now(self.desk))

    def _show_row(self, dialog: FormDialog, text: str, existing: Row | None) -> FormDialog:
        return self.show(dialog, partial(self._keep_row, dialog, text, existing))

    def _keep_row(self, dialog: FormDialog, text: str, existing: Row | None, row: Row) -> None:
        if existing is None:
            self.edit(dialog, text, partial(self._add, row), partial(self._remove, row))
        elif row != existing:
            forward = partial(self._change, row)
            self.edit(dialog, f"change {text}", forward, partial(self._change, existing))

    def _keep_call(self, dialog: FormDialog, existing: Call | None, logged: Any) -> None:  # noqa: ANN401
        if logged.work is None:
            self._keep_row(dialog, "call", existing, logged.call)
            return
        rows = (logged.call, logged.work)
        self.edit(dialog, "call", partial(self._add, *rows), partial(self._remove, *rows))

    def _keep_attachment(self, dialog: FormDialog, attachment: Any) -> None:  # noqa: ANN401
        """Copy the file beside the window, however large it is; it is listed when all of it is there."""
        try:
            check_attachable(attachment.source)
        except RuleViolation as violation:
            dialog.show_violation(violation)
            return
        work = partial(_keep_content, attachment.source, self.desk.context.files, attachment.document)
        title = f"Attaching {in_sentence(attachment.document.name)}"
        self.desk.runner.run(work, self._list_file, self._fail_file, title)

    def _list_file(self, document: DocumentFile | None) -> None:
        if document is not None:
            self.edit(None, "file", partial(self._add, document), partial(self._remove, document))

    def _fail_file(self, error: BaseException) -> None:
        show_problem(self.window, error)

    def _add(self, *rows: Row) -> Changes:
        return self._each(add_row, rows)

    def _change(self, *rows: Row) -> Changes:
        return self._each(change_row, rows)

    def _remove(self, *rows: Row) -> Changes:
        return self._each(remove_row, rows)

    def _each(self, use_case: Callable[[Any, Row], Any], rows: tuple[Row, ...]) -> Changes:
        """Run a use-case on every row in one transaction."""
        changes = self.desk.write(partial(_on_all, use_case), rows).changes
        self._notice_late(rows)
        return changes

    def _notice_late(self, rows: tuple[Row, ...]) -> None:
        """Say at once what work in a closed period leads to."""
        from retainerdesk.services.late_work import late_notice

        days = [row.on if isinstance(row, WorkEntry) else row.at.date() for row in rows if _is_work(row)]
        if days:
            text = self.desk.read(late_notice, rows[0].account_id, days, self.desk.today())
            if text:
                self.noticed.emit(house_style(text))


def _keep_content(
    source: Path, files: KeptFiles, document: DocumentFile, progress: Progress
) -> DocumentFile | None:
    return keep_content(source, files, document, progress.step)


def _is_work(row: Row) -> TypeGuard[WorkEntry | Call]:
    return isinstance(row, WorkEntry | Call)


def _on_all(use_case: Callable[[Any, Row], Any], uow: Any, rows: tuple[Row, ...]) -> Any:  # noqa: ANN401
    outcomes = [use_case(uow, row) for row in rows]
    total = outcomes[0]
    for outcome in outcomes[1:]:
        total = type(total)(total.value, total.changes | outcome.changes)
    return total
