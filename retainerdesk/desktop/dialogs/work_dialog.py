"""Minutes of one person on one day."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import KIND_WORDS, fill, fill_people, fill_retainers
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import duration
from retainerdesk.desktop.forms.ui_work_dialog import Ui_WorkDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.rows import new_row_id


class WorkDialog(FormDialog):
    """Collects a WorkEntry; `existing` is the one to change."""

    def __init__(
        self, context: EntryContext, existing: WorkEntry | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_WorkDialog()
        self.form.setupUi(self)
        self._account_id = context.account.id
        self._existing = existing
        self._id = existing.id if existing else new_row_id("w")
        self._fill(context, existing)
        self.setWindowTitle("Change work" if existing else f"Work for {in_sentence(context.account.name)}")
        form = self.form
        self.prepare(
            form.buttons, "&Save" if existing else "&Add work", form.minutes,
            on=form.on, minutes=form.minutes, person_id=form.person_id, kind=form.kind, text=form.text,
            retainer_id=form.retainer_id,
        )  # fmt: skip

    def _fill(self, context: EntryContext, existing: WorkEntry | None) -> None:
        form = self.form
        form.on.set_day(existing.on if existing else context.today)
        chosen = existing.person_id if existing else context.first_person_id
        fill_people(form.person_id, context.people, context.today, chosen)
        fill(form.kind, KIND_WORDS, existing.kind if existing else WorkKind.DELIVERY)
        retainer_id = existing.retainer_id if existing else context.only_retainer_id
        fill_retainers(form.retainer_id, context.retainers, retainer_id)
        if existing:
            form.minutes.set_minutes(existing.minutes)
            form.text.setText(existing.text)
        self._several = len(context.retainers) > 1
        form.retainer_id.currentIndexChanged.connect(self._show_remark)
        self._show_remark()

    def _show_remark(self) -> None:
        """Say what was given up of an entry, which stays so, and that it may be charged to nobody."""
        entry = self._existing
        remarks = []
        if entry is not None and entry.written_down_minutes:
            remarks.append(f"{duration(entry.written_down_minutes)} written down: {entry.write_down_reason}")
        if self._several and self.form.retainer_id.currentData() is None:
            remarks.append("Without a retainer it uses no allowance and is charged to nobody.")
        self.form.remark.setText("\n".join(remarks))
        self.form.remark.setVisible(bool(remarks))

    def value(self) -> WorkEntry:
        form = self.form
        person_id = form.person_id.currentData()
        if not person_id:
            message = "Nobody works here yet; add yourself under Settings, People."
            raise RuleViolation("work.person", message, "person_id")
        entry = WorkEntry(
            self._account_id, self._id, form.on.day, form.minutes.minutes("minutes"), person_id,
            WorkKind(form.kind.currentData()), form.retainer_id.currentData(), form.text.text().strip(),
        )  # fmt: skip
        before = self._existing
        if before is None:
            return entry
        return replace(
            entry,
            written_down_minutes=before.written_down_minutes,
            write_down_reason=before.write_down_reason,
        )
