"""A next step: what, who, until when."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_action_dialog import Ui_ActionDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.work import Action
from retainerdesk.services.rows import new_row_id

_DAYS_AHEAD = 7


class ActionDialog(FormDialog):
    """Collects an Action; `existing` is the one to change."""

    def __init__(
        self, context: EntryContext, existing: Action | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_ActionDialog()
        self.form.setupUi(self)
        self._account_id = context.account.id
        self._id = existing.id if existing else new_row_id("a")
        self._snoozed_until: date | None = existing.snoozed_until if existing else None
        self._fill(context, existing)
        self.setWindowTitle(
            "Change action" if existing else f"Next action for {in_sentence(context.account.name)}"
        )
        form = self.form
        self.prepare(
            form.buttons, "&Save" if existing else "&Add action", form.text,
            text=form.text, owner=form.owner, due_on=form.due_on, done_on=form.done_on,
        )  # fmt: skip

    def _fill(self, context: EntryContext, existing: Action | None) -> None:
        form = self.form
        names = [person.name for person in context.people] + [each.name for each in context.account.contacts]
        fill(form.owner, [("", ""), *((name, name) for name in names)])
        form.owner.setCurrentText(existing.owner if existing else names[0] if names else "")
        form.due_on.name("Due")
        form.done_on.name("Done")
        form.form.setRowVisible(form.done_on, existing is not None)
        form.done_on.set_day(existing.done_on if existing else None, context.today)
        form.due_on.set_day(
            existing.due_on if existing else None, context.today + timedelta(days=_DAYS_AHEAD)
        )
        if existing:
            form.text.setText(existing.text)

    def value(self) -> Action:
        form = self.form
        return Action(
            self._account_id, self._id, form.text.text().strip(), form.owner.currentText().strip(),
            form.due_on.day, form.done_on.day, self._snoozed_until,
        )  # fmt: skip
