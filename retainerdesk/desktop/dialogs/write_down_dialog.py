"""Time given up before it is billed: how much of one work entry, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.formatting import day, duration
from retainerdesk.desktop.forms.ui_write_down_dialog import Ui_WriteDownDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import WorkEntry


@dataclass(frozen=True, slots=True)
class WriteDownCommand:
    """Minutes given up (0: none any more), and why."""

    minutes: int
    reason: str


class WriteDownDialog(FormDialog):
    """Collects a WriteDownCommand for `entry`; all of it is proposed, or what was given up before."""

    def __init__(self, entry: WorkEntry, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_WriteDownDialog()
        self.form.setupUi(self)
        self._entry = entry
        form = self.form
        said = f": {in_sentence(entry.text)}" if entry.text else ""
        form.what.setText(
            f"{duration(entry.minutes)} on {day(entry.on, today)}{said}\n\nWhat you give up still costs"
            " what it cost, but it neither uses the allowance nor is it overage."
        )
        show_whole(self, form.what)
        form.minutes.set_minutes(entry.written_down_minutes or entry.minutes)
        form.reason.setText(entry.write_down_reason)
        set_style_property(form.effect, "tone", "muted")
        form.minutes.textChanged.connect(self._show_rest)
        self._show_rest()
        first = form.reason if not entry.write_down_reason else form.minutes
        self.prepare(form.buttons, "&Write down", first, minutes=form.minutes, reason=form.reason)

    def _show_rest(self) -> None:
        try:
            rest = self._entry.minutes - self.form.minutes.minutes("minutes")
        except RuleViolation as violation:
            self.form.effect.setText(bearable(violation.message))
            return
        words = f"{duration(rest)} still count." if rest > 0 else "Nothing of it counts any more."
        if rest == self._entry.minutes:
            words = "Nothing is given up; all of it counts."
        self.form.effect.setText(words if rest >= 0 else "That is more than the entry has.")

    def value(self) -> WriteDownCommand:
        form = self.form
        return WriteDownCommand(form.minutes.minutes("minutes"), form.reason.text().strip())
