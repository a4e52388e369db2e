"""A commercial decision with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_decision_dialog import Ui_DecisionDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.work import Decision
from retainerdesk.services.rows import new_row_id


class DecisionDialog(FormDialog):
    """Collects a Decision; `existing` is the one to change."""

    def __init__(
        self, context: EntryContext, existing: Decision | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_DecisionDialog()
        self.form.setupUi(self)
        form = self.form
        self._account_id = context.account.id
        self._id = existing.id if existing else new_row_id("d")
        form.on.set_day(existing.on if existing else context.today)
        if existing:
            form.text.setText(existing.text)
            form.reason.setPlainText(existing.reason)
        self.setWindowTitle(
            "Change decision" if existing else f"Decision about {in_sentence(context.account.name)}"
        )
        self.prepare(
            form.buttons, "&Save" if existing else "&Record decision", form.text,
            text=form.text, reason=form.reason, on=form.on,
        )  # fmt: skip

    def value(self) -> Decision:
        form = self.form
        return Decision(
            self._account_id, self._id, form.on.day, form.text.text().strip(),
            form.reason.toPlainText().strip(),
        )  # fmt: skip
