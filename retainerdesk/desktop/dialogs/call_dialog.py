"""A call or meeting: when, how long, who was there, what was said, and whether it also counts as work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QListWidgetItem, QTimeEdit, QWidget

from retainerdesk.desktop.dialogs.choices import fill_people
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.fields.inputs import DateField
from retainerdesk.desktop.forms.ui_call_dialog import Ui_CallDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import Call, WorkEntry, WorkKind
from retainerdesk.services.rows import new_row_id


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A call, and the work entry of its minutes if that was asked for."""

    call: Call
    work: WorkEntry | None


def show_instant(day: DateField, clock: QTimeEdit, at: datetime) -> None:
    """Put a local date and time into its two fields."""
    day.set_day(at.date())
    clock.setTime(QTime(at.hour, at.minute))


def shown_instant(day: DateField, clock: QTimeEdit) -> datetime:
    """The local date and time of the two fields."""
    return datetime.combine(day.day, time(clock.time().hour(), clock.time().minute()))


class CallDialog(FormDialog):
    """Collects a LoggedCall; `existing` is the call to change. Only a new one may record work as well."""

    def __init__(
        self, context: EntryContext, existing: Call | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_CallDialog()
        self.form.setupUi(self)
        self._context = context
        self._is_new = existing is None
        self._id = existing.id if existing else new_row_id("c")
        self._fill(context, existing)
        self.setWindowTitle("Change call" if existing else f"Call with {in_sentence(context.account.name)}")
        form = self.form
        self.prepare(
            form.buttons, "&Save" if existing else "&Log call", form.title,
            on=form.on, at=form.on, minutes=form.minutes, title=form.title, text=form.title,
            person_id=form.person_id,
        )  # fmt: skip

    def _fill(self, context: EntryContext, existing: Call | None) -> None:
        form = self.form
        quarter = context.now.replace(minute=context.now.minute // 15 * 15, second=0, microsecond=0)
        show_instant(form.on, form.clock, existing.at if existing else quarter)
        form.minutes.set_minutes(existing.minutes if existing else 30)
        form.contacts.setMaximumHeight(110)
        for contact in context.account.contacts:
            item = QListWidgetItem(contact.name)
            item.setData(Qt.ItemDataRole.UserRole, contact.id)
            was_there = existing is not None and contact.id in existing.contact_ids
            item.setCheckState(Qt.CheckState.Checked if was_there else Qt.CheckState.Unchecked)
            form.contacts.addItem(item)
        form.form.setRowVisible(form.contacts, bool(context.account.contacts))
        fill_people(form.person_id, context.people, context.today, context.first_person_id)
        offers_work = self._is_new and bool(context.people)
        form.form.setRowVisible(form.as_work, offers_work)
        form.as_work.setChecked(offers_work)
        form.form.setRowVisible(form.person_id, offers_work and len(context.people) > 1)
        form.as_work.toggled.connect(form.person_id.setEnabled)
        if existing:
            form.title.setText(existing.title)
            form.text.setPlainText(existing.text)

    def value(self) -> LoggedCall:
        form = self.form
        title = form.title.text().strip()
        if not title:
            raise RuleViolation("call.title", "Enter a title; it is what you will find the call by.", "title")
        at = shown_instant(form.on, form.clock)
        minutes = form.minutes.minutes("minutes")
        account_id = self._context.account.id
        call = Call(
            account_id, self._id, at, minutes, title, form.text.toPlainText().strip(), self._present()
        )
        work = None
        if self._is_new and form.as_work.isChecked():
            work = WorkEntry(
                account_id, f"{self._id}-work", at.date(), minutes, form.person_id.currentData(),
                WorkKind.CALL, self._context.only_retainer_id, title,
            )  # fmt: skip
        return LoggedCall(call, work)

    def _present(self) -> tuple[str, ...]:
        items = [self.form.contacts.item(row) for row in range(self.form.contacts.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )
