"""The terms of one plan, edited in place. Hours that are not metered hide what is only about hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QWidget

from retainerdesk.desktop.dialogs import plan_words as words
from retainerdesk.desktop.dialogs.choices import choose, fill
from retainerdesk.desktop.forms.ui_plan_form import Ui_PlanForm
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Alignment
from retainerdesk.domain.plan import Overage, Plan, Rollover, RolloverPolicy


class PlanForm(QWidget):
    """Shows one plan and reads it back. What it does not show (an expiry by date) stays as it was.

    Signals: `changed()` after anything was typed or chosen.
    """

    changed = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_PlanForm()
        self.form.setupUi(self)
        self._currency = currency
        self._plan = Plan(date.min, Money(0, currency), words.CADENCES[0][0])
        self._is_showing = False
        form = self.form
        form.fee.set_currency(currency)
        form.rollover_periods.setSuffix(" periods")
        fill(form.alignment, words.ALIGNMENTS)
        fill(form.timing, words.TIMINGS)
        fill(form.proration, words.PRORATIONS)
        fill(form.rollover_policy, words.POLICIES)
        fill(form.overage_decision, words.DECISIONS)
        self._listen()

    def fields(self) -> dict[str, QWidget]:
        """The fields by the names violations use."""
        form = self.form
        return {
            "fee": form.fee, "from_on": form.from_on, "allowance_minutes": form.allowance_minutes,
            "overage_rate": form.overage_rate, "cap_minutes": form.cap_minutes,
            "total_cap_minutes": form.total_cap_minutes,
        }  # fmt: skip

    def show_plan(self, plan: Plan, *, is_new: bool = False, read_only: bool = False) -> None:
        """Show `plan`; a new one without a fee shows an empty field, not a zero."""
        self._is_showing = True
        self._plan = plan
        form = self.form
        form.from_on.set_day(plan.from_on)
        form.fee.set_money(None if is_new and not plan.fee else plan.fee)
        cadences = words.CADENCES if plan.cadence in dict(words.CADENCES) else _with(plan)
        fill(form.cadence, cadences, plan.cadence)
        per = [(None, "per billing period"), *((each, f"per {text.lower()}") for each, text in cadences)]
        fill(form.usage_cadence, per, plan.usage_cadence)
        self._show_rest(plan)
        self.setEnabled(not read_only)
        self._is_showing = False
        self._apply()

    def _show_rest(self, plan: Plan) -> None:
        form = self.form
        for combo, value in (
            (form.alignment, plan.alignment), (form.timing, plan.timing), (form.proration, plan.proration),
            (form.rollover_policy, plan.rollover.policy), (form.overage_decision, plan.overage.decision),
        ):  # fmt: skip
            choose(combo, value)
        form.billing_day.setValue(plan.billing_day or plan.from_on.day)
        form.allowance_minutes.set_minutes(plan.allowance_minutes or None)
        form.allowance_minutes.setPlaceholderText("none")
        form.rollover_periods.setValue(plan.rollover.periods or 0)
        form.cap_minutes.set_minutes(plan.rollover.cap_minutes)
        form.cap_minutes.setPlaceholderText("all hours")
        form.cap_percent.setValue(plan.rollover.cap_percent or 0)
        form.total_cap_minutes.set_minutes(plan.rollover.total_cap_minutes)
        form.total_cap_minutes.setPlaceholderText("no total cap")
        form.until_term_end.setChecked(plan.rollover.until_term_end)
        form.exclude_partial_first.setChecked(plan.rollover.exclude_partial_first)
        form.overage_rate.set_decimal(plan.overage.hourly_rate or None, 2)
        form.text.setText(plan.text)

    def plan(self) -> Plan:
        """The plan as the form says it. RuleViolation for what cannot be read."""
        form = self.form
        by_day = form.alignment.currentData() == Alignment.DAY
        return replace(
            self._plan,
            from_on=form.from_on.day,
            fee=form.fee.money("fee"),
            cadence=form.cadence.currentData(),
            alignment=Alignment(form.alignment.currentData()),
            billing_day=form.billing_day.value() if by_day else None,
            timing=words.TIMINGS[form.timing.currentIndex()][0],
            proration=words.PRORATIONS[form.proration.currentIndex()][0],
            allowance_minutes=form.allowance_minutes.optional_minutes("allowance_minutes") or 0,
            usage_cadence=form.usage_cadence.currentData(),
            rollover=self._rollover(),
            overage=Overage(
                form.overage_rate.optional_decimal("overage_rate") or Decimal(0),
                words.DECISIONS[form.overage_decision.currentIndex()][0],
            ),
            text=form.text.text().strip(),
        )

    def _rollover(self) -> Rollover:
        form = self.form
        return replace(
            self._plan.rollover,
            policy=words.POLICIES[form.rollover_policy.currentIndex()][0],
            periods=form.rollover_periods.value() or None,
            cap_minutes=form.cap_minutes.optional_minutes("cap_minutes"),
            cap_percent=form.cap_percent.value() or None,
            total_cap_minutes=form.total_cap_minutes.optional_minutes("total_cap_minutes"),
            until_term_end=form.until_term_end.isChecked(),
            exclude_partial_first=form.exclude_partial_first.isChecked(),
        )

    def _listen(self) -> None:
        for line in self.findChildren(QLineEdit):
            if not isinstance(line.parent(), QAbstractSpinBox):
                line.textChanged.connect(self._tell)
        for combo in self.findChildren(QComboBox):
            combo.currentIndexChanged.connect(self._tell)
        for box in self.findChildren(QCheckBox):
            box.toggled.connect(self._tell)
        self.form.from_on.dateChanged.connect(self._tell)
        self.form.billing_day.valueChanged.connect(self._tell)
        self.form.rollover_periods.valueChanged.connect(self._tell)
        self.form.cap_percent.valueChanged.connect(self._tell)

    def _tell(self) -> None:
        if not self._is_showing:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        """Show only what matters for the choices made."""
        form = self.form
        form.billing_day.setVisible(form.alignment.currentData() == Alignment.DAY)
        metered = bool(form.allowance_minutes.text().strip())
        carries = metered and RolloverPolicy(form.rollover_policy.currentData()).carries_surplus
        form.usage_cadence.setEnabled(metered)
        form.form.setRowVisible(form.rollover_policy, metered)
        form.form.setRowVisible(form.rollover_periods, carries)
        form.form.setRowVisible(form.cap_row, carries)
        form.form.setRowVisible(form.until_term_end_row, carries)
        form.form.setRowVisible(form.overage_row, metered)


def _with(plan: Plan) -> tuple[tuple[object, str], ...]:
    """The usual cadences and the unusual one of this plan."""
    return (*words.CADENCES, (plan.cadence, words.cadence_words(plan.cadence)))
