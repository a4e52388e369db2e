"""Somebody whose minutes are recorded, and what an hour of theirs costs from which day on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import (
    TextColumn,
    TextTable,
    begin_row,
    remove_current,
    show_table,
)
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import number_text, parse_number
from retainerdesk.desktop.forms.ui_person_dialog import Ui_PersonDialog
from retainerdesk.domain.account import CostRate, Person
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.accounts import free_id


class PersonDialog(FormDialog):
    """Collects a Person; `existing` is the one to change, `taken` are the short names in use."""

    def __init__(
        self,
        currency: str,
        today: date,
        taken: Iterable[str] = (),
        existing: Person | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_PersonDialog()
        self.form.setupUi(self)
        form = self.form
        self._existing = existing
        self._taken = tuple(taken)
        self._today = today
        rates = existing.cost_rates if existing else ()
        columns = (TextColumn("From (year-month-day)"), TextColumn(f"{currency} per hour", is_figure=True))
        rows = [(each.from_on.isoformat(), number_text(each.hourly_rate, number_form(), 2)) for each in rates]
        self._rates = TextTable(columns, rows)
        show_table(form.cost_rates, self._rates)
        form.name.setText(existing.name if existing else "")
        form.email.setText(existing.email if existing else "")
        form.left_on.name("The first day they work here no more", "first day away")
        form.left_on.set_day(existing.left_on if existing else None, today)
        form.add_rate.clicked.connect(self._add_rate)
        form.remove_rate.clicked.connect(self._remove_rate)
        self.setWindowTitle("Change person" if existing else "Add person")
        self.prepare(
            form.buttons, "&Save" if existing else "&Add person", form.name,
            name=form.name, email=form.email, cost_rates=form.cost_rates, left_on=form.left_on,
        )  # fmt: skip

    def _add_rate(self) -> None:
        first = self._today.replace(month=1, day=1) if not self._rates.rows else self._today
        begin_row(self.form.cost_rates, self._rates, (first.isoformat(), ""))

    def _remove_rate(self) -> None:
        remove_current(self.form.cost_rates, self._rates)

    def value(self) -> Person:
        name = self.form.name.text().strip()
        if not name:
            raise RuleViolation("person.name", "Enter the person's name.", "name")
        person_id = self._existing.id if self._existing else free_id(name, self._taken)
        rates = sorted(
            (self._rate(row) for row in self._rates.rows if any(row)), key=lambda each: each.from_on
        )
        starts = [each.from_on for each in rates]
        if len(set(starts)) < len(starts):
            raise RuleViolation("person.cost_rates", "Two rates start on one day; change one.", "cost_rates")
        return Person(person_id, name, tuple(rates), self.form.email.text().strip(), self.form.left_on.day)

    def _rate(self, row: tuple[str, ...]) -> CostRate:
        try:
            from_on = date.fromisoformat(row[0])
        except ValueError as wrong:
            message = f"“{row[0]}” is no day like {self._today.isoformat()}."
            raise RuleViolation("person.cost_rates", message, "cost_rates") from wrong
        return CostRate(from_on, parse_number(row[1], number_form(), "cost_rates"))
