"""Using the credit of an account for what it owes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_apply_credit_dialog import Ui_ApplyCreditDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.services.correction_options import CreditPart, CreditUseDraft


@dataclass(frozen=True, slots=True)
class ApplyCommand:
    """Which credit note is used (None: all credit), for which invoice (None: what is due first), at most."""

    source: str | None
    invoice: str | None
    amount: Money | None


class ApplyCreditDialog(FormDialog):
    """Collects an ApplyCommand; what it would settle is shown while it is chosen."""

    def __init__(
        self,
        draft: CreditUseDraft,
        parent: QWidget | None = None,
        *,
        source: str | None = None,
        invoice: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_ApplyCreditDialog()
        self.form.setupUi(self)
        self._draft = draft
        form = self.form
        account = draft.file.account
        self.setWindowTitle(f"Apply credit of {in_sentence(account.name)}")
        form.what.setText(_credit_words(draft))
        notes = [each for each in draft.sources if each.number is not None]
        everything = (None, "All credit, credit notes first")
        fill(
            form.source,
            [everything, *((each.number, f"{each.number}, {money(each.left)} left") for each in notes)],
            source,
        )
        earliest = (None, "What was due first")
        waiting = ((number, f"{number}, {money(left)} open") for number, left in draft.open_now)
        fill(form.invoice, [earliest, *waiting], invoice)
        form.amount.set_currency(account.currency)
        form.amount.setPlaceholderText("all of it")
        set_style_property(form.effect, "tone", "muted")
        form.source.currentIndexChanged.connect(self._show_effect)
        form.invoice.currentIndexChanged.connect(self._show_effect)
        form.amount.textChanged.connect(self._show_effect)
        self._show_effect()
        self.prepare(
            form.buttons, "&Apply", form.source, source=form.source, number=form.invoice,
            invoice=form.invoice, amount=form.amount,
        )  # fmt: skip

    def _show_effect(self) -> None:
        try:
            command = self._command()
            parts = self._draft.preview(command.source, command.invoice, command.amount)
        except RuleViolation as violation:
            self.form.effect.setText(bearable(violation.message))
            return
        self.form.effect.setText(use_words(parts) or "Nothing would be used.")
        show_whole(self, self.form.effect)

    def _command(self) -> ApplyCommand:
        form = self.form
        amount = form.amount.optional_money("amount")
        if amount is not None and amount.minor <= 0:
            raise RuleViolation("settlement.amount", "Enter more than zero, or nothing for all.", "amount")
        return ApplyCommand(form.source.currentData(), form.invoice.currentData(), amount)

    def value(self) -> ApplyCommand:
        return self._command()


def use_words(parts: Iterable[CreditPart]) -> str:
    """Which credit is used for which invoice, a line each."""
    return "\n".join(
        f"{money(each.amount)} of {each.source or 'money paid before'} for {each.number}" for each in parts
    )


def _credit_words(draft: CreditUseDraft) -> str:
    lines = [
        f"{money(each.left)} left of {f'credit note {each.number}' if each.number else 'what was paid'}"
        for each in draft.sources
    ]
    return "\n".join([f"Credit of {in_sentence(draft.file.account.name)}:", *lines])
