"""The terms of one plan, edited in place. It shows only what matters for how the allowance is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QWidget

from retainerdesk.desktop.dialogs import plan_words as words
from retainerdesk.desktop.dialogs.choices import choose, fill
from retainerdesk.desktop.forms.ui_plan_form import Ui_PlanForm
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Alignment
from retainerdesk.domain.plan import Overage, Plan, Rollover, RolloverPolicy, UsageUnit


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
        for field in (form.fee, form.allowance_money, form.session_price):
            field.set_currency(currency)
        form.session_price.setPlaceholderText("price of one more")
        fill(form.unit, words.UNITS)
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
            "allowance_money": form.allowance_money, "value_rate": form.value_rate,
            "session_price": form.session_price, "overage_rate": form.overage_rate,
            "cap_minutes": form.cap_minutes,
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
        self._show_allowance(plan)
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

    def _show_allowance(self, plan: Plan) -> None:
        form = self.form
        choose(form.unit, plan.unit)
        form.allowance_minutes.set_minutes(plan.allowance_minutes or None)
        form.allowance_minutes.setPlaceholderText("none")
        form.allowance_money.set_money(plan.allowance_money)
        form.allowance_sessions.setValue(plan.allowance_sessions or 0)
        form.value_rate.set_decimal(plan.value_rate, 2)
        form.session_price.set_money(plan.session_price)

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
            **self._allowance(),
            usage_cadence=form.usage_cadence.currentData(),
            rollover=self._rollover(),
            overage=Overage(self._overage_rate(), words.DECISIONS[form.overage_decision.currentIndex()][0]),
            text=form.text.text().strip(),
        )

    @property
    def unit(self) -> UsageUnit:
        """What the allowance on show is counted in."""
        return UsageUnit(self.form.unit.currentData())

    def _allowance(self) -> dict[str, Any]:
        """What is included, in the one unit that was chosen; nothing in the others."""
        form, unit = self.form, self.unit
        in_money, in_sessions = unit is UsageUnit.MONEY, unit is UsageUnit.SESSIONS
        return {
            "allowance_minutes": self._minutes(),
            "allowance_money": form.allowance_money.money("allowance_money") if in_money else None,
            "value_rate": self._value_rate() if in_money else None,
            "allowance_sessions": form.allowance_sessions.value() if in_sessions else None,
            "session_price": form.session_price.optional_money("session_price") if in_sessions else None,
        }

    def _minutes(self) -> int:
        if self.unit is not UsageUnit.MINUTES:
            return 0
        return self.form.allowance_minutes.optional_minutes("allowance_minutes") or 0

    def _value_rate(self) -> Decimal:
        rate = self.form.value_rate.optional_decimal("value_rate")
        if not rate:
            message = "Say what an hour of work takes from the money included."
            raise RuleViolation("plan.value_rate", message, "value_rate")
        return rate

    def _overage_rate(self) -> Decimal:
        """The price of an hour beyond; money beyond stands as it is, and sessions have their own price."""
        if self.unit is not UsageUnit.MINUTES:
            return self._plan.overage.hourly_rate if self._plan.unit is self.unit else Decimal(0)
        return self.form.overage_rate.optional_decimal("overage_rate") or Decimal(0)

    def _rollover(self) -> Rollover:
        form = self.form
        in_minutes = self.unit is UsageUnit.MINUTES
        return replace(
            self._plan.rollover,
            policy=words.POLICIES[form.rollover_policy.currentIndex()][0],
            periods=form.rollover_periods.value() or None,
            cap_minutes=form.cap_minutes.optional_minutes("cap_minutes") if in_minutes else None,
            cap_percent=form.cap_percent.value() or None,
            total_cap_minutes=(
                form.total_cap_minutes.optional_minutes("total_cap_minutes") if in_minutes else None
            ),
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
        self.form.allowance_sessions.valueChanged.connect(self._tell)

    def _tell(self) -> None:
        if not self._is_showing:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        """Show only what matters for the choices made."""
        form = self.form
        form.billing_day.setVisible(form.alignment.currentData() == Alignment.DAY)
        unit = self.unit
        in_minutes = unit is UsageUnit.MINUTES
        includes = not in_minutes or bool(form.allowance_minutes.text().strip())
        carries = includes and RolloverPolicy(form.rollover_policy.currentData()).carries_surplus
        form.allowance_minutes.setVisible(in_minutes)
        form.allowance_money.setVisible(unit is UsageUnit.MONEY)
        form.allowance_sessions.setVisible(unit is UsageUnit.SESSIONS)
        form.usage_cadence.setEnabled(includes)
        form.form.setRowVisible(form.value_rate, unit is UsageUnit.MONEY)
        form.form.setRowVisible(form.rollover_policy, includes)
        form.form.setRowVisible(form.rollover_periods, carries)
        form.form.setRowVisible(form.cap_row, carries)
        form.cap_minutes.setVisible(in_minutes)
        form.total_cap_minutes.setVisible(in_minutes)
        form.form.setRowVisible(form.until_term_end_row, carries)
        self._apply_overage(unit, has_allowance=includes)

    def _apply_overage(self, unit: UsageUnit, *, has_allowance: bool) -> None:
        form = self.form
        form.overage_rate.setVisible(unit is UsageUnit.MINUTES)
        form.session_price.setVisible(unit is UsageUnit.SESSIONS)
        # Without an allowance a rate makes every hour one to charge; without a rate the fee covers all.
        free = "none: the fee covers all work" if not has_allowance else "rate per hour"
        form.overage_rate.setPlaceholderText(free)
        form.overage_decision.setVisible(has_allowance or bool(form.overage_rate.text().strip()))


def _with(plan: Plan) -> tuple[tuple[object, str], ...]:
    """The usual cadences and the unusual one of this plan."""
    return (*words.CADENCES, (plan.cadence, words.cadence_words(plan.cadence)))
