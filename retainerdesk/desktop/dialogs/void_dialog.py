"""Cancelling a document: why, and what follows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_void_dialog import Ui_VoidDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.correction_options import CorrectionOptions


class VoidDialog(FormDialog):
    """Collects the reason (str) why a document is void."""

    def __init__(self, options: CorrectionOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_VoidDialog()
        self.form.setupUi(self)
        number = options.document.number
        self.setWindowTitle(f"Void {number}")
        self.form.what.setText(void_words(options))
        show_whole(self, self.form.what)
        self.prepare(self.form.buttons, "&Make it void", self.form.reason, reason=self.form.reason)

    def value(self) -> str:
        reason = self.form.reason.text().strip()
        if not reason:
            raise RuleViolation("void.reason", "Say why it is void; the reason is kept.", "reason")
        return reason


def void_words(options: CorrectionOptions) -> str:
    """What follows from making a document void, a paragraph each."""
    document = options.document
    what = "Credit note" if document.is_credit_note else "Invoice"
    first = (
        f"{what} {document.number} to {in_sentence(document.buyer.name)} over {money(document.payable)} is"
        " cancelled. Its number is kept and not given again."
    )
    ending = "This cannot be undone. If the account has it already, a credit note is the better way."
    if document.is_credit_note:
        then = f"What it took back of {document.corrects} is owed again."
        ending = "This cannot be undone."
    elif options.offered_again == 1:
        then = "Its charge will be offered again by the next run; the new invoice names this one."
    elif options.offered_again:
        count = options.offered_again
        then = f"Its {count} charges will be offered again by the next run; the new invoice names this one."
    else:
        then = "It carries no charge, so nothing is offered again."
    return f"{first}\n\n{then}\n\n{ending}"
