"""A note: its text as typed (Markdown stays source), when, and whether it was contact."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.call_dialog import show_instant, shown_instant
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_note_dialog import Ui_NoteDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.work import Note
from retainerdesk.services.rows import new_row_id


class NoteDialog(FormDialog):
    """Collects a Note; `existing` is the one to change, `text` what was typed elsewhere already."""

    def __init__(
        self,
        context: EntryContext,
        existing: Note | None = None,
        parent: QWidget | None = None,
        *,
        text: str = "",
    ) -> None:
        super().__init__(parent)
        self.form = Ui_NoteDialog()
        self.form.setupUi(self)
        form = self.form
        self._account_id = context.account.id
        self._id = existing.id if existing else new_row_id("n")
        show_instant(form.on, form.clock, existing.at if existing else context.now)
        form.text.setPlainText(existing.text if existing else text)
        form.touch.setChecked(existing is not None and existing.touch)
        self.setWindowTitle("Change note" if existing else f"Note on {in_sentence(context.account.name)}")
        self.prepare(
            form.buttons, "&Save" if existing else "&Add note", form.text, text=form.text, at=form.on
        )

    def value(self) -> Note:
        form = self.form
        at = shown_instant(form.on, form.clock)
        return Note(self._account_id, self._id, at, form.text.toPlainText().strip(), form.touch.isChecked())
