"""Crediting several invoices whole: one reason for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_void_dialog import Ui_VoidDialog
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.services.register import RegisterRow

_NAMED = 6


class BulkCreditDialog(FormDialog):
    """Collects the reason (str) why invoices are credited."""

    def __init__(self, rows: Sequence[RegisterRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The form of a void: what happens, and a reason.
        self.form = Ui_VoidDialog()
        self.form.setupUi(self)
        form = self.form
        self.setWindowTitle(f"Credit {len(rows)} invoices")
        form.what.setText(bulk_words(rows))
        form.reason.setPlaceholderText("Work not accepted in June")
        show_whole(self, form.what)
        self.prepare(form.buttons, f"&Credit {len(rows)} invoices", form.reason, reason=form.reason)

    def value(self) -> str:
        reason = self.form.reason.text().strip()
        if not reason:
            raise RuleViolation("credit.reason", "Say why they are credited; it is printed.", "reason")
        return reason


def bulk_words(rows: Sequence[RegisterRow]) -> str:
    """Which invoices, what they come to, and what follows; a paragraph each."""
    sums: dict[str, Money] = {}
    for row in rows:
        sums[row.gross.currency] = sums.get(row.gross.currency, Money(0, row.gross.currency)) + row.gross
    named = ", ".join(row.number for row in rows[:_NAMED])
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    total = " + ".join(money(each) for each in sums.values())
    return (
        f"{named}{more}: {total} in all, less what was credited before.\n\n"
        "Each invoice gets a credit note of its own for all that is left of it, with this reason. What"
        " cannot be credited is left alone and named.\n\nThis cannot be undone."
    )
