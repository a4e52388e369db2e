"""Late work in a closed period: four choices with what each would do, and the reason; opening again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from retainerdesk.desktop.closing_words import effect_words, more_words
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import span
from retainerdesk.desktop.forms.ui_late_dialog import Ui_LateDialog
from retainerdesk.desktop.forms.ui_reopen_dialog import Ui_ReopenDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late import LateEffect
from retainerdesk.domain.period_close import LateChoice
from retainerdesk.services.closing import PeriodRow

_UNDER_THE_CHOICE = 24
"""Where the words of a radio button begin, in pixels."""


@dataclass(frozen=True, slots=True)
class LateCommand:
    """What is decided, and why."""

    choice: LateChoice
    reason: str


class LateDialog(FormDialog):
    """Collects a LateCommand; only what fits the difference can be chosen."""

    def __init__(self, effect: LateEffect, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_LateDialog()
        self.form.setupUi(self)
        form = self.form
        self.setWindowTitle(f"Late work at {in_sentence(effect.account_name)}")
        what = more_words(effect.difference, effect.unit)
        form.what.setText(
            f"{in_sentence(effect.retainer_name)}, {span(effect.span, today)}, is closed: {what} than when it"
            " was closed. What becomes of it?"
        )
        show_whole(self, form.what)
        self._choices: dict[LateChoice, tuple[QRadioButton, QLabel]] = {
            LateChoice.CORRECT: (form.correct, form.correct_effect),
            LateChoice.CREDIT: (form.credit, form.credit_effect),
            LateChoice.CARRY: (form.carry, form.carry_effect),
            LateChoice.ABSORB: (form.absorb, form.absorb_effect),
        }
        if effect.difference.to_place < 0:
            form.absorb.setText("Leave it as it &was")
        for choice, (button, label) in self._choices.items():
            option = effect.option(choice)
            button.setVisible(option is not None)
            label.setVisible(option is not None)
            if option is not None:
                label.setText(effect_words(effect, option, today))
                label.setContentsMargins(_UNDER_THE_CHOICE, 0, 0, SPACING.small)
                set_style_property(label, "tone", "muted")
                button.setAccessibleDescription(label.text())
        form.reason.setPlaceholderText("Agreed by phone on 3 Nov")
        first = self._choices[effect.options[0].choice][0]
        first.setChecked(True)
        self.prepare(form.buttons, "&Decide", first, reason=form.reason, choice=first)

    def value(self) -> LateCommand:
        reason = self.form.reason.text().strip()
        if not reason:
            message = "Say why; the reason is kept, and printed where a credit note is issued."
            raise RuleViolation("late.reason", message, "reason")
        chosen = next(choice for choice, (button, _) in self._choices.items() if button.isChecked())
        return LateCommand(chosen, reason)


class ReopenDialog(FormDialog):
    """Collects the reason (str) why a closed period is opened again."""

    def __init__(self, row: PeriodRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_ReopenDialog()
        self.form.setupUi(self)
        whose = f"{in_sentence(row.account_name)}, {in_sentence(row.retainer_name)}"
        self.form.what.setText(
            f"{whose}, {span(row.usage.span, today)}: open again, it is computed from its work as it is now,"
            " until it is closed anew. The closing and the reason are kept."
        )
        show_whole(self, self.form.what)
        self.prepare(self.form.buttons, "&Open again", self.form.reason, reason=self.form.reason)

    def value(self) -> str:
        reason = self.form.reason.text().strip()
        if not reason:
            raise RuleViolation("reopen.reason", "Say why; the reason is kept.", "reason")
        return reason
