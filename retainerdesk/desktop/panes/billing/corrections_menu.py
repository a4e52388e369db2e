"""What can be done with one document, and why something cannot: the menu of the register."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from retainerdesk.desktop.action_specs import spec_of
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.widgets.text import plain_tooltip
from retainerdesk.services.correction_options import CorrectionOptions


class Correction(StrEnum):
    """A correction of one document, by the id of its action in the window."""

    CREDIT = "billing.credit_invoice"
    VOID = "billing.void_document"
    WRITE_OFF = "billing.write_off_invoice"
    APPLY = "billing.apply_credit"
    REFUND = "billing.refund_credit"


def refusal(correction: Correction, options: CorrectionOptions) -> str:
    """Why a correction is not possible now, in a sentence; empty if it is."""
    document = options.document
    if correction is Correction.VOID:
        return options.no_void
    if document.is_void():
        return f"{document.number} is void: nothing is owed on it."
    if correction is Correction.CREDIT:
        return _refused_credit(options)
    return (
        _refused_write_off(options)
        if correction is Correction.WRITE_OFF
        else _refused_use(correction, options)
    )


def _refused_credit(options: CorrectionOptions) -> str:
    number = options.document.number
    if options.document.is_credit_note:
        return f"{number} is a credit note itself; void it, or issue a new invoice."
    return "" if options.creditable else f"All of {number} is credited already."


def _refused_write_off(options: CorrectionOptions) -> str:
    number = options.document.number
    if options.document.is_credit_note:
        return f"{number} is a credit note; only invoices are written off."
    return "" if options.writable_off else f"Nothing is open of {number} that could be written off."


def _refused_use(correction: Correction, options: CorrectionOptions) -> str:
    document = options.document
    number, name = document.number, document.buyer.name
    if correction is Correction.APPLY:
        return (
            ""
            if options.applicable
            else f"{in_sentence(name)} has no credit to use, or nothing open to use it for."
        )
    whose = f"credit note {number}" if document.is_credit_note else f"what {in_sentence(name)} paid"
    return "" if options.refundable else f"Nothing is left of {whose} to pay back."


class CorrectionsMenu(QObject):
    """A menu whose entries say whether they are possible for the document it was opened for.

    Signals: `asked(Correction)`.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.menu = QMenu(parent)
        self.menu.setToolTipsVisible(True)
        self.entries: dict[Correction, QAction] = {}
        for correction in Correction:
            if correction is Correction.APPLY:
                self.menu.addSeparator()
            self._add(correction)

    def _add(self, correction: Correction) -> None:
        spec = spec_of(correction.value)
        entry = self.menu.addAction(icon(spec.icon), spec.text)
        entry.triggered.connect(partial(self.asked.emit, correction))
        self.entries[correction] = entry

    def show_options(self, options: CorrectionOptions | None) -> None:
        """Enable what is possible for a document; None for none."""
        for correction, entry in self.entries.items():
            why_not = "Choose one document" if options is None else refusal(correction, options)
            entry.setEnabled(not why_not)
            entry.setToolTip(plain_tooltip(why_not))
            entry.setStatusTip(why_not)

    def show_several(self, invoices: int) -> None:
        """Enable what is possible for several documents with `invoices` among them: crediting them whole."""
        for correction, entry in self.entries.items():
            is_possible = correction is Correction.CREDIT and invoices > 1
            why_not = "" if is_possible else "Choose one document"
            entry.setEnabled(is_possible)
            entry.setToolTip(plain_tooltip(why_not))
            entry.setStatusTip(why_not)
