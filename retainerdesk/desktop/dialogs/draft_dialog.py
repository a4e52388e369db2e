"""The note of a draft and what is taken off it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_draft_dialog import Ui_DraftDialog
from retainerdesk.domain.draft import Draft, DraftEdit


class DraftDialog(FormDialog):
    """Collects a DraftEdit of the note and the discount; texts and order are edited in the list."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_DraftDialog()
        self.form.setupUi(self)
        form = self.form
        form.note.setPlainText(draft.note)
        form.discount_percent.set_decimal(draft.discount_percent)
        self.setWindowTitle(f"Note and discount of draft {draft.id}")
        self.prepare(form.buttons, "&Save", form.note, note=form.note, discount_percent=form.discount_percent)

    def value(self) -> DraftEdit:
        percent = self.form.discount_percent.optional_decimal("discount_percent") or Decimal(0)
        return DraftEdit(note=self.form.note.toPlainText(), discount_percent=percent)
