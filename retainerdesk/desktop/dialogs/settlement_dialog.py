"""Money given up or paid back: an amount, a reason, and what remains."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_settlement_dialog import Ui_SettlementDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class SettlementCommand:
    """How much, and why."""

    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class SettlementWords:
    """The texts of one kind of settlement; `rest` follows the amount that is left."""

    title: str
    what: str
    save: str
    reason_hint: str
    no_reason: str
    rest: str
    no_rest: str


class SettlementDialog(FormDialog):
    """Collects a SettlementCommand of at most `most`, which is proposed."""

    def __init__(self, words: SettlementWords, most: Money, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_SettlementDialog()
        self.form.setupUi(self)
        self._words, self._most = words, most
        form = self.form
        self.setWindowTitle(words.title)
        form.what.setText(words.what)
        show_whole(self, form.what)
        form.amount.set_currency(most.currency)
        form.amount.set_money(most)
        form.reason.setPlaceholderText(words.reason_hint)
        set_style_property(form.effect, "tone", "muted")
        form.amount.textChanged.connect(self._show_rest)
        self._show_rest()
        self.prepare(form.buttons, words.save, form.reason, amount=form.amount, reason=form.reason)

    def _show_rest(self) -> None:
        try:
            rest = self._most - self._amount()
        except RuleViolation as violation:
            self.form.effect.setText(bearable(violation.message))
            return
        self.form.effect.setText(f"{money(rest)} {self._words.rest}" if rest else self._words.no_rest)

    def _amount(self) -> Money:
        amount = self.form.amount.money("amount")
        if not 0 < amount.minor <= self._most.minor:
            message = f"Enter more than zero and at most {money(self._most)}."
            raise RuleViolation("settlement.amount", message, "amount")
        return amount

    def value(self) -> SettlementCommand:
        amount, reason = self._amount(), self.form.reason.text().strip()
        if not reason:
            raise RuleViolation("settlement.reason", self._words.no_reason, "reason")
        return SettlementCommand(amount, reason)


def write_off_words(number: str, name: str, most: Money) -> SettlementWords:
    """Giving up what is open of an invoice."""
    return SettlementWords(
        f"Write off {number}",
        f"{money(most)} of {number} is open. What you write off is given up as uncollectable:"
        f" {in_sentence(name)} is not reminded of it any more, and the margin falls by its net share."
        " The invoice itself stays as it was issued.",
        "&Write off",
        "Insolvent since October",
        "Say why it will not come; the reason is kept.",
        "stays open.",
        "Nothing stays open.",
    )


def refund_words(source: str, name: str, most: Money) -> SettlementWords:
    """Paying back what is left of `source` (such as "credit note CN-2026-0001")."""
    return SettlementWords(
        f"Refund to {in_sentence(name)}",
        f"{money(most)} is left of {source}. This records what you pay back; the money itself leaves"
        " through your bank.",
        "&Record refund",
        "Paid back by bank transfer",
        "Say why it is paid back; the reason is kept.",
        f"stays as credit of {in_sentence(name)}.",
        "No credit stays.",
    )
