"""The first minute: whose book it is, or a look around with the sample business."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from retainerdesk.desktop.dialogs.choices import choose, chosen_text, fill
from retainerdesk.desktop.dialogs.countries import (
    DOCUMENT_LOCALES,
    Suggestion,
    countries,
    currencies,
    suggestion_for,
    system_suggestion,
    time_zones,
    with_empty,
)
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_first_start_dialog import Ui_FirstStartDialog
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.account import Business
from retainerdesk.domain.errors import RuleViolation


class FirstStartDialog(FormDialog):
    """Collects the Business; currency, time zone and language follow the country until they are chosen.

    Signals: `sample_chosen()` instead of `accepted_value`, if somebody only wants to look around.
    """

    sample_chosen = Signal()

    def __init__(self, parent: QWidget | None = None, suggestion: Suggestion | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_FirstStartDialog()
        self.form.setupUi(self)
        form = self.form
        guess = suggestion or system_suggestion()
        form.welcome.setFont(role_font("title"))
        set_style_property(form.sentence, "tone", "muted")
        fill(form.country, with_empty(countries()), guess.country)
        fill(form.currency, currencies(), guess.currency)
        fill(form.time_zone, time_zones(), guess.time_zone)
        fill(form.locale, DOCUMENT_LOCALES, guess.locale)
        form.country.currentTextChanged.connect(self._follow_country)
        form.look_around.clicked.connect(self._look_around)
        form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("&Later")
        self.prepare(
            form.buttons, "&Begin", form.name,
            name=form.name, country=form.country, currency=form.currency, time_zone=form.time_zone,
        )  # fmt: skip

    def _follow_country(self) -> None:
        country = chosen_text(self.form.country)
        if len(country) == 2:
            guess = suggestion_for(country)
            if guess.currency not in dict(currencies()):
                self.form.currency.setCurrentText(guess.currency)
            choose(self.form.currency, guess.currency)
            choose(self.form.time_zone, guess.time_zone)
            choose(self.form.locale, guess.locale)

    def _look_around(self) -> None:
        self.done(FirstStartDialog.DialogCode.Rejected)
        self.sample_chosen.emit()

    def value(self) -> Business:
        form = self.form
        name = form.name.text().strip()
        if not name:
            raise RuleViolation("business.name", "Enter the name that stands on your invoices.", "name")
        country = chosen_text(form.country).upper()
        if country and len(country) != 2:
            raise RuleViolation("business.country", "Choose a country from the list.", "country")
        paper = "Letter" if country in ("US", "CA", "MX") else "A4"
        return Business(
            name, country=country, currency=chosen_text(form.currency).upper(),
            time_zone=chosen_text(form.time_zone), locale=form.locale.currentData(), paper=paper,
        )  # fmt: skip
