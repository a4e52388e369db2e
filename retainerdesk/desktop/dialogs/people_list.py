"""The people in the settings dialog."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.person_dialog import PersonDialog
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import number_text
from retainerdesk.desktop.forms.ui_settings_dialog import Ui_SettingsDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.widgets.views import arrange_rows
from retainerdesk.domain.account import Person


class PeopleList(QObject):
    """Keeps the people while the settings are open."""

    def __init__(
        self, form: Ui_SettingsDialog, people: Iterable[Person], today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._window = parent
        self._people = list(people)
        self._today = today
        self._changing: int | None = None
        arrange_rows(form.people)
        form.add_person.clicked.connect(self.add)
        form.change_person.clicked.connect(self.change)
        form.remove_person.clicked.connect(self.remove)
        form.people.itemActivated.connect(self.change)
        form.people.currentRowChanged.connect(self._apply)
        self._fill()

    def value(self) -> tuple[Person, ...]:
        """Everybody, as they stand in the list."""
        return tuple(self._people)

    def add(self) -> None:
        """Ask for one more person."""
        self._changing = None
        self._ask(None)

    def change(self) -> None:
        """Ask what changes about the chosen person."""
        row = self._form.people.currentRow()
        if row >= 0:
            self._changing = row
            self._ask(self._people[row])

    def remove(self) -> None:
        """Take the chosen person out; who has recorded work is refused when the settings are saved."""
        row = self._form.people.currentRow()
        if row >= 0:
            del self._people[row]
            self._fill()

    def _ask(self, existing: Person | None) -> None:
        currency = self._form.currency.currentText()[:3]
        taken = [person.id for person in self._people]
        dialog = PersonDialog(currency, self._today, taken, existing, self._window)
        dialog.accepted_value.connect(self._take)
        dialog.open()

    def _take(self, person: Person) -> None:
        if self._changing is None:
            self._people.append(person)
        else:
            self._people[self._changing] = person
        self._fill()

    def _fill(self) -> None:
        view = self._form.people
        row = max(0, view.currentRow())
        view.clear()
        view.addItems([self._words(person) for person in self._people])
        view.setCurrentRow(min(row, view.count() - 1))
        self._apply()

    def _apply(self) -> None:
        is_chosen = self._form.people.currentRow() >= 0
        self._form.change_person.setEnabled(is_chosen)
        self._form.remove_person.setEnabled(is_chosen)

    def _words(self, person: Person) -> str:
        rate = person.cost_rate_on(self._today)
        cost = f"{number_text(rate, number_form(), 2)} per hour" if rate is not None else "no cost rate yet"
        gone = "" if person.works_on(self._today) else " · left"
        return f"{in_sentence(person.name)} · {cost}{gone}"
