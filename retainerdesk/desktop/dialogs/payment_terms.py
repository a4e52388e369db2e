"""When documents of an account are due, in one part or several, and how late they may be; in its dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from retainerdesk.desktop.dialogs.text_table import (
    TextColumn,
    TextTable,
    begin_row,
    remove_current,
    show_table,
)
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import number_text, parse_number
from retainerdesk.desktop.formatting import days, exact_percent, money
from retainerdesk.desktop.forms.ui_account_dialog import Ui_AccountDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.account import Account, PaymentStep
from retainerdesk.domain.agreed_interest import agreed_bps, agreed_percent
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import check_plan
from retainerdesk.domain.money import Money, exponent

_COLUMNS = (
    TextColumn("Days after the issue", is_figure=True),
    TextColumn("Percent", is_figure=True),
)
_FIELD = "payment_plan"
_EXAMPLE_UNITS = 1000
_USUAL = (("0", "50"), ("30", "50"))


class PaymentTerms(QObject):
    """Runs the page about payment of the account dialog."""

    def __init__(self, form: Ui_AccountDialog, account: Account) -> None:
        super().__init__(form.payment_plan)
        self._form = form
        self._currency = account.currency
        steps = [(str(step.days), number_text(step.percent, number_form())) for step in account.payment_plan]
        self.table = TextTable(_COLUMNS, steps)
        show_table(form.payment_plan, self.table)
        form.payment_plan.setMinimumHeight(120)
        form.payment_terms_days.setValue(account.payment_terms_days)
        form.in_parts.setChecked(bool(steps))
        form.grace_days.setValue(account.grace_days)
        coin = account.cash_rounding_minor
        form.cash_rounding.set_money(Money(coin, account.currency) if coin else None)
        bps = account.late_interest_bps
        form.late_interest.set_decimal(None if bps is None else agreed_percent(bps))
        for label in (form.plan_words, form.late_words):
            set_style_property(label, "tone", "muted")
        _align(form)
        self._listen()
        self._apply()

    def use_currency(self, currency: str) -> None:
        """Read the smallest coin in this currency."""
        if len(currency) == 3:
            self._currency = currency
            self._form.cash_rounding.set_currency(currency)
            self._form.cash_rounding.setPlaceholderText("as it comes")
            self._say()

    def changes(self) -> dict[str, Any]:
        """The fields of the account this page is about; RuleViolation for what cannot be read."""
        form = self._form
        coin = form.cash_rounding.optional_money("cash_rounding")
        interest = form.late_interest.optional_decimal("late_interest")
        steps = self.steps() if form.in_parts.isChecked() else ()
        check_plan(steps, _FIELD)
        return {
            "payment_terms_days": form.payment_terms_days.value(),
            "payment_plan": steps,
            "grace_days": form.grace_days.value(),
            "cash_rounding_minor": coin.minor if coin is not None else None,
            "late_interest_bps": None if interest is None else agreed_bps(interest),
        }

    def steps(self) -> tuple[PaymentStep, ...]:
        """The parts as they stand in the table; empty rows are left out."""
        return tuple(_step(row) for row in self.table.rows if any(row))

    def _listen(self) -> None:
        form = self._form
        form.in_parts.toggled.connect(self._begin)
        form.add_step.clicked.connect(self._add)
        form.remove_step.clicked.connect(self._remove)
        self.table.dataChanged.connect(self._say)
        self.table.rowsRemoved.connect(self._say)
        form.payment_terms_days.valueChanged.connect(self._say)
        form.grace_days.valueChanged.connect(self._say)

    def _begin(self) -> None:
        if self._form.in_parts.isChecked() and not self.table.rows:
            self.table.set_rows(_USUAL)
        self._apply()

    def _apply(self) -> None:
        form, in_parts = self._form, self._form.in_parts.isChecked()
        form.payment_terms_days.setEnabled(not in_parts)
        for part in (form.payment_plan, form.add_step, form.remove_step):
            part.setVisible(in_parts)
        self._say()

    def _add(self) -> None:
        begin_row(self._form.payment_plan, self.table, ("", ""))

    def _remove(self) -> None:
        remove_current(self._form.payment_plan, self.table)

    def _say(self) -> None:
        form = self._form
        grace = form.grace_days.value()
        late = f"{days(grace)} past due" if grace else "the day after it is due"
        form.late_words.setText(f"An invoice counts as late from {late} on.")
        if not form.in_parts.isChecked():
            form.plan_words.setText(f"An invoice is due {_after(form.payment_terms_days.value())}.")
            return
        try:
            steps = self.steps()
            check_plan(steps, _FIELD)
            form.plan_words.setText(plan_sentence(steps, self._currency))
        except RuleViolation as violation:
            form.plan_words.setText(bearable(violation.message))


def _align(form: Ui_AccountDialog) -> None:
    """Let the fields above and below the table stand in one line."""
    labels = (
        form.payment_terms_days_label,
        form.grace_days_label,
        form.cash_rounding_label,
        form.late_interest_label,
    )
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)
    # What the days mean stands below them, like every hint; a table between is as wide as the page.
    form.plan_words.setIndent(widest + form.payment_tab_form.horizontalSpacing())


def plan_sentence(steps: Sequence[PaymentStep], currency: str) -> str:
    """What a payment plan asks for, of an invoice of 1,000."""
    if not steps:
        return "Add the first part."
    whole = Money(_EXAMPLE_UNITS * 10 ** exponent(currency), currency)
    amounts = whole.allocate([step.percent for step in steps])
    parts = [
        f"{money(amount)} ({exact_percent(step.percent)}) {_after(step.days)}"
        for step, amount in zip(steps, amounts, strict=True)
    ]
    return f"Of an invoice of {money(whole)}: {', '.join(parts)}."


def _after(count: int) -> str:
    return f"{days(count)} after its issue" if count else "on the day of its issue"


def _step(row: Sequence[str]) -> PaymentStep:
    count, share = row
    if not (count.isdigit() and count.isascii()):
        raise RuleViolation("payment_plan.days", f"“{count}” is not a number of days.", _FIELD)
    return PaymentStep(int(count), parse_number(share, number_form(), _FIELD))
