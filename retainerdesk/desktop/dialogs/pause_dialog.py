"""A pause of a retainer, with its consequences in words before anybody confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.plan_words import PAUSE_FEES, PAUSE_LOTS
from retainerdesk.desktop.formatting import day_long, duration, house_style, money
from retainerdesk.desktop.forms.ui_pause_dialog import Ui_PauseDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.retainer import Pause, PauseFee, PauseLots
from retainerdesk.services.pause_effects import PauseEffects

EffectsOf = Callable[[Pause], PauseEffects]


class PauseDialog(FormDialog):
    """Collects a Pause. `effects_of` computes what it would change; `existing` is the one to change."""

    def __init__(
        self,
        effects_of: EffectsOf,
        today: date,
        existing: Pause | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_PauseDialog()
        self.form.setupUi(self)
        self._effects_of = effects_of
        form = self.form
        first = existing.span.start if existing else add_months(today.replace(day=1), 1)
        form.from_on.set_day(first)
        form.last_day.set_day(
            existing.span.last_day if existing else add_months(first, 1) - timedelta(days=1)
        )
        fill(form.fee, PAUSE_FEES, existing.fee if existing else PauseFee.NONE)
        fill(form.lots, PAUSE_LOTS, existing.lots if existing else PauseLots.FREEZE)
        for changed in (
            form.from_on.dateChanged, form.last_day.dateChanged, form.fee.currentIndexChanged,
            form.lots.currentIndexChanged,
        ):  # fmt: skip
            changed.connect(self._show_consequences)
        self._show_consequences()
        self.prepare(
            form.buttons, "&Pause", form.from_on,
            from_on=form.from_on, last_day=form.last_day, pauses=form.last_day,
        )  # fmt: skip

    def value(self) -> Pause:
        form = self.form
        if form.last_day.day < form.from_on.day:
            raise RuleViolation("pause.empty", "The last day lies before the first.", "last_day")
        span = Period(form.from_on.day, form.last_day.day + timedelta(days=1))
        return Pause(span, PauseFee(form.fee.currentData()), PauseLots(form.lots.currentData()))

    def _show_consequences(self) -> None:
        try:
            pause = self.value()
            sentences = consequences(pause, self._effects_of(pause))
        except RuleViolation as violation:
            sentences = [bearable(house_style(violation.message))]
        self.form.consequences.setText("\n".join(sentences))
        self.form.consequences.setAccessibleName("\n".join(sentences))


def consequences(pause: Pause, effects: PauseEffects) -> list[str]:
    """What a pause changes, a sentence each."""
    found = []
    if pause.fee is PauseFee.FULL:
        found.append("The fee is invoiced as usual.")
    elif effects.fee_less.minor > 0:
        found.append(f"The fees are {money(effects.fee_less)} less.")
    else:
        found.append("No fee falls away.")
    if effects.credit:
        found.append(
            f"{money(effects.credit)} of this is invoiced already; "
            "it comes back as a credit on the next invoice."
        )
    if effects.minutes_less:
        found.append(f"{duration(effects.minutes_less)} are not granted.")
    if effects.live_minutes and pause.lots is PauseLots.FREEZE:
        found.append(
            f"The {duration(effects.live_minutes)} alive in lots do not grow older in periods "
            "that are paused most of the time."
        )
    elif effects.live_minutes:
        found.append(f"The {duration(effects.live_minutes)} alive in lots go on growing older.")
    found.append(f"Service goes on from {day_long(pause.span.end)}.")
    return found
