"""Short questions: why a charge is skipped, what to do about overage, until when something waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import money, span
from retainerdesk.desktop.forms.ui_overage_dialog import Ui_OverageDialog
from retainerdesk.desktop.forms.ui_skip_dialog import Ui_SkipDialog
from retainerdesk.desktop.forms.ui_snooze_dialog import Ui_SnoozeDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.usage_words import used_words
from retainerdesk.domain.charging import priced_overage
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge
from retainerdesk.domain.plan import OverageDecision
from retainerdesk.domain.retainer import UsageDecision
from retainerdesk.domain.usage_period import UsagePeriod

_LONGEST_ITEM = 240


class SkipDialog(FormDialog):
    """Collects the reason (str) why charges are not invoiced."""

    def __init__(self, charges: Sequence[Charge], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_SkipDialog()
        self.form.setupUi(self)
        self.form.what.setText(_skipped_words(charges, today))
        self.setWindowTitle("Skip" if len(charges) == 1 else f"Skip {len(charges)} charges")
        self.prepare(self.form.buttons, "&Skip", self.form.reason, reason=self.form.reason)

    def value(self) -> str:
        return self.form.reason.text().strip()


def _skipped_words(charges: Sequence[Charge], today: date) -> str:
    lines = [
        f"{in_sentence(charge.text)}, {span(charge.key.service, today)}, {money(charge.net)}"
        for charge in charges[:5]
    ]
    if len(charges) > len(lines):
        lines.append(f"and {len(charges) - len(lines)} more")
    ending = "It is not invoiced" if len(charges) == 1 else "They are not invoiced"
    return "\n".join([*lines, "", f"{ending} and not offered again; the reason is kept."])


class OverageDialog(FormDialog):
    """Collects the UsageDecision about the overage of one closed period."""

    def __init__(
        self,
        usage: UsagePeriod,
        name: str,
        today: date,
        parent: QWidget | None = None,
        *,
        suggested: OverageDecision | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_OverageDialog()
        self.form.setupUi(self)
        self._usage = usage
        self._today = today
        form = self.form
        price = money(priced_overage(usage, usage.plan.fee.currency))
        worked = used_words(usage, usage.used + usage.carried_in)
        covered = used_words(usage, usage.burned + usage.from_blocks)
        over = used_words(usage, usage.overage)
        form.what.setText(
            f"{in_sentence(name)}, {span(usage.span, today)}: {worked} worked, {covered} covered,"
            f" {over} over."
        )
        form.bill.setText(f"&Bill it: {price} on the next invoice")
        form.reason.setPlaceholderText("kept with the decision; needed when it is absorbed")
        form.reason.setText(usage.reason)
        current = {
            OverageDecision.ABSORB: form.absorb,
            OverageDecision.CARRY: form.carry,
            OverageDecision.OFFSET: form.offset,
        }
        decision = suggested or usage.decision
        chosen = current.get(decision) if decision else None
        (chosen or form.bill).setChecked(True)
        first = form.reason if suggested is OverageDecision.ABSORB else chosen or form.bill
        self.prepare(form.buttons, "&Decide", first, reason=form.reason, decision=form.offset)

    def value(self) -> UsageDecision:
        form = self.form
        reason = form.reason.text().strip()
        if form.absorb.isChecked() and not reason:
            message = "Say why it is absorbed; the goodwill is told at the renewal."
            raise RuleViolation("overage.reason", message, "reason")
        chosen = (
            (form.absorb, OverageDecision.ABSORB),
            (form.carry, OverageDecision.CARRY),
            (form.offset, OverageDecision.OFFSET),
        )
        decision = next((each for button, each in chosen if button.isChecked()), OverageDecision.BILL)
        return UsageDecision(self._usage.span.start, decision, reason, self._today)


class SnoozeDialog(FormDialog):
    """Collects the day (date) on which something is shown again."""

    def __init__(self, what: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_SnoozeDialog()
        self.form.setupUi(self)
        self._today = today
        form = self.form
        form.what.setText(in_sentence(what, _LONGEST_ITEM))
        choices = (
            (1, "Tomorrow"),
            (7, "In a week"),
            (14, "In two weeks"),
            (30, "In a month"),
            (0, "On a day…"),
        )
        fill(form.choice, choices, 7)
        form.until.set_day(today + timedelta(days=7))
        form.until.setMinimumDate(form.until.date().addDays(-6))
        form.choice.currentIndexChanged.connect(self._show_day)
        self._show_day()
        self.prepare(form.buttons, "S&nooze", form.choice, until=form.until)

    def _show_day(self) -> None:
        ahead = int(self.form.choice.currentData())
        if ahead:
            self.form.until.set_day(self._today + timedelta(days=ahead))
        self.form.until.setEnabled(ahead == 0)

    def value(self) -> date:
        return self.form.until.day
