"""The question a retainer asks that began before today: invoice what is over, or was it settled elsewhere?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import day_long, money
from retainerdesk.desktop.forms.ui_settled_dialog import Ui_SettledDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.fees import fee_pieces
from retainerdesk.domain.money import Money
from retainerdesk.domain.retainer import Retainer
from retainerdesk.services.retainers import first_open_day


@dataclass(frozen=True, slots=True)
class Settlement:
    """The first day this book has to invoice; None: from the start."""

    settled_through: date | None


class SettledDialog(FormDialog):
    """Collects a Settlement for a retainer that started in the past."""

    def __init__(self, retainer: Retainer, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_SettledDialog()
        self.form.setupUi(self)
        form = self.form
        first = first_open_day(retainer, today)
        over = {piece.slice.span: piece for piece in fee_pieces(retainer, first)}
        zero = Money(0, retainer.plans[0].fee.currency)
        amount = sum((piece.net for piece in fee_pieces(retainer, first)), zero)
        count = "1 finished period" if len(over) == 1 else f"{len(over)} finished periods"
        form.what.setText(
            f"{in_sentence(retainer.name)} started on {day_long(retainer.starts_on)}. Were the periods up to"
            " now invoiced elsewhere, or shall this book invoice them?"
        )
        form.invoice.setText(f"&Invoice the {count} ({money(amount)} in fees)")
        form.settled.setChecked(True)
        form.first_day.set_day(first)
        form.first_day.setMinimumDate(form.first_day.date().addYears(-20))
        form.settled.toggled.connect(form.first_day.setEnabled)
        self.prepare(form.buttons, "&Save", form.settled, settled_through=form.first_day)

    def value(self) -> Settlement:
        return Settlement(self.form.first_day.day if self.form.settled.isChecked() else None)
