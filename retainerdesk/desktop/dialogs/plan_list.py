"""The plans of a retainer in its dialog: choose one, edit it, add new terms from a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.plan_form import PlanForm
from retainerdesk.desktop.formatting import day_long, plain_money
from retainerdesk.desktop.forms.ui_retainer_dialog import Ui_RetainerDialog
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import add_months
from retainerdesk.domain.plan import Plan


class PlanList(QObject):
    """Keeps the plans while the dialog is open. A plan that an invoice used is shown, but cannot change.

    Signals: `changed()` after a plan was added, removed or edited.
    """

    changed = Signal()

    def __init__(
        self,
        form: Ui_RetainerDialog,
        plans: Iterable[Plan],
        used: frozenset[date],
        parent: QWidget,
        *,
        is_new: bool,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._plans = list(plans)
        self._used = used
        self._is_new = is_new
        self._shown = -1
        self.editor = PlanForm(self._plans[0].fee.currency, parent)
        form.plan_place.addWidget(self.editor)
        form.plans.currentIndexChanged.connect(self._show)
        form.add_plan.clicked.connect(self.add)
        form.remove_plan.clicked.connect(self.remove)
        self.editor.changed.connect(self._edited)
        self._fill(len(self._plans) - 1)

    def value(self) -> tuple[Plan, ...]:
        """All plans in order of date. RuleViolation if the one being edited cannot be read."""
        if not self._is_used(self._shown):
            self._plans[self._shown] = self.editor.plan()
            self._is_new = False
        return tuple(sorted(self._plans, key=lambda plan: plan.from_on))

    def start_on(self, day: date) -> None:
        """Let the first plan of a new retainer begin with it."""
        if len(self._plans) == 1:
            self.editor.form.from_on.set_day(day)

    def add(self) -> None:
        """New terms like the last ones, from the first of the month after them."""
        if not self._keep():
            return
        last = self._plans[-1]
        later = replace(last, from_on=add_months(last.from_on, 1), text="")
        self._plans.append(later)
        self._fill(len(self._plans) - 1)
        self.editor.form.from_on.setFocus()
        self.changed.emit()

    def remove(self) -> None:
        """Take the plan on show out, unless an invoice used it or it is the only one."""
        if len(self._plans) > 1 and not self._is_used(self._shown):
            del self._plans[self._shown]
            self._fill(len(self._plans) - 1)
            self.changed.emit()

    def _keep(self) -> bool:
        """Take over what stands in the form; False if it cannot be read."""
        if self._is_used(self._shown):
            return True
        try:
            self._plans[self._shown] = self.editor.plan()
        except RuleViolation:
            # The sentence beside the form and, on Save, at the field says what is missing.
            return False
        return True

    def _is_used(self, index: int) -> bool:
        return self._plans[index].from_on in self._used

    def _fill(self, chosen: int) -> None:
        with QSignalBlocker(self._form.plans):
            self._form.plans.clear()
            self._form.plans.addItems([self._words(plan) for plan in self._plans])
            self._form.plans.setCurrentIndex(chosen)
        self._show(chosen, keep=False)

    def _words(self, plan: Plan) -> str:
        lead = "From" if plan.fee or not self._is_new else "First terms, from"
        fee = f" · {plain_money(plan.fee)}" if plan.fee else ""
        return f"{lead} {day_long(plan.from_on)}{fee}"

    def _show(self, index: int, *, keep: bool = True) -> None:
        if keep and not self._keep():
            with QSignalBlocker(self._form.plans):
                self._form.plans.setCurrentIndex(self._shown)
            return
        self._shown = index
        used = self._is_used(index)
        self.editor.show_plan(self._plans[index], is_new=self._is_new, read_only=used)
        self._form.plan_used.setVisible(used)
        self._form.plan_used.setText(
            "An issued invoice used this plan, so it stays as it is. For other terms add a plan from the day "
            "they hold."
        )
        self._form.remove_plan.setEnabled(len(self._plans) > 1 and not used)

    def _edited(self) -> None:
        if self._keep():
            with QSignalBlocker(self._form.plans):
                self._form.plans.setItemText(self._shown, self._words(self._plans[self._shown]))
        self.changed.emit()
