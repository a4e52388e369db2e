"""Corrections begun in the register: whether one is possible, its dialog, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import house_style, money
from retainerdesk.desktop.panes.billing.bulk_crediting import BulkCrediting
from retainerdesk.desktop.panes.billing.corrections_menu import Correction, refusal
from retainerdesk.desktop.panes.billing.register_pane import RegisterPane, creditable_together
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice
from retainerdesk.services.correction_options import correction_options
from retainerdesk.services.corrections import CreditResult
from retainerdesk.services.register import RegisterRow


class Correcting(QObject):
    """Opens the dialog of a correction for the document chosen in the register.

    Signals: `told(text, number)` after something final was done; `number` is a new document, or empty.
    """

    told = Signal(str, str)

    def __init__(self, desk: Desk, opener: DialogOpener, register: RegisterPane, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._opener = opener
        self._register = register
        self._window = window
        self.bulk = BulkCrediting(desk, opener.window, self)
        opener.credited.connect(self._credited)
        opener.voided.connect(self._voided)

    def begin(self, correction: Correction) -> None:
        """Open the dialog, or say why it is not possible."""
        several = creditable_together(self._register.selected())
        if correction is Correction.CREDIT and len(several) > 1:
            self.bulk.begin(several)
            return
        row = self._register.chosen
        if row is None:
            self._refuse("Choose one document in the register, then correct it.")
            return
        options = self._desk.read(correction_options, row.number, self._desk.today())
        why_not = refusal(correction, options)
        if why_not:
            self._refuse(house_style(why_not))
        else:
            self._open(correction, row)

    def _open(self, correction: Correction, row: RegisterRow) -> None:
        if correction is Correction.CREDIT:
            self._opener.credit_invoice(row.number)
        elif correction is Correction.VOID:
            self._opener.void_document(row.number)
        elif correction is Correction.WRITE_OFF:
            self._opener.write_off(row.number)
        elif correction is Correction.REFUND:
            self._opener.refund(row.number)
        elif row.is_credit_note:
            self._opener.apply_credit(row.account_id, source=row.number)
        else:
            self._opener.apply_credit(row.account_id, invoice=row.number if row.is_open else None)

    def _refuse(self, message: str) -> None:
        show_problem(self._window.window(), RuleViolation("correction.not_now", message))

    def _credited(self, result: CreditResult) -> None:
        note = result.note
        words = f"Credit note {note.number} of {money(-note.payable)} issued"
        if result.applied is not None:
            words += f"; {money(result.applied.amount)} settled {result.applied.invoice_number}"
        if result.left:
            words += f"; {money(result.left)} is left as credit"
        self.told.emit(f"{words}.", note.number)

    def _voided(self, document: Invoice) -> None:
        words = f"{document.number} is void; its number is kept."
        if not document.is_credit_note:
            words += " Its charges are offered again under “To issue”."
        self.told.emit(words, "")
