"""The stored exchange rates: a table to type into, to paste into, and to drop files on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser, dropped_files
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
from retainerdesk.desktop.forms.ui_rates_dialog import Ui_RatesDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.services.exchange_rates import known_currency, read_rate_file, read_rate_table

_COLUMNS = (
    TextColumn("From day"),
    TextColumn("1 unit of"),
    TextColumn("In"),
    TextColumn("Rate", is_figure=True),
    TextColumn("Source"),
)
_TABLES = "Tables (*.csv *.tsv *.txt)"


class RatesDialog(FormDialog):
    """Collects every ExchangeRate of the book. `wanted` is one somebody missed: its row waits to be typed."""

    def __init__(
        self,
        rates: Sequence[ExchangeRate],
        today: date,
        currency: str,
        parent: QWidget | None = None,
        chooser: FileChooser | None = None,
        *,
        wanted: tuple[str, str, date] | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_RatesDialog()
        self.form.setupUi(self)
        self._today, self._currency = today, currency
        self._chooser: FileChooser = chooser or SystemFileChooser()
        self._table = TextTable(_COLUMNS, [_row(each) for each in reversed(_by_day(rates))])
        form = self.form
        show_table(form.rates, self._table)
        form.hint.setFont(role_font("small"))
        set_style_property(form.hint, "tone", "muted")
        form.said.setVisible(False)
        form.add_rate.clicked.connect(self.add)
        form.remove_rate.clicked.connect(self.remove)
        form.paste_rates.clicked.connect(self.paste)
        form.choose_file.clicked.connect(self.choose)
        self.prepare(form.buttons, "&Save", form.rates, on=form.rates, rate=form.rates, rates=form.rates,
                     from_currency=form.rates, to_currency=form.rates)  # fmt: skip
        if wanted is not None:
            self._begin(*wanted)

    def add(self) -> None:
        """Start typing one more rate, into the currency of the books."""
        self._begin("", self._currency, self._today)

    def _begin(self, from_currency: str, to_currency: str, on: date) -> None:
        begin_row(self.form.rates, self._table, (on.isoformat(), from_currency, to_currency, "", ""))
        place = self._table.rowCount() - 1
        column = 3 if from_currency else 1
        self.form.rates.setCurrentIndex(self._table.index(place, column))
        self.form.rates.edit(self._table.index(place, column))

    def remove(self) -> None:
        """Take out the rate the keyboard is in."""
        remove_current(self.form.rates, self._table)

    def paste(self) -> None:
        """Take a table of rates from the clipboard."""
        self.take(QGuiApplication.clipboard().text())

    def choose(self) -> None:
        """Ask for a file with a table of rates."""
        self.take_files(self._chooser.open_files(self, "Table of exchange rates", _TABLES))

    def take_files(self, files: Iterable[Path]) -> None:
        """Take the tables of these files."""
        for path in files:
            try:
                self.take(read_rate_file(path))
            except (EnvironmentProblem, RuleViolation) as problem:
                show_problem(self, problem)

    def take(self, text: str) -> None:
        """Put the rates of a table into the list, in place of those of the same day; or say what is wrong."""
        rates, refused = read_rate_table(text)
        if refused:
            self._say(
                f"Nothing was taken: {refused[0]}"
                + (f" (and {len(refused) - 1} more)" if refused[1:] else ""),
                bad=True,
            )
            return
        keys = {(each.on.isoformat(), each.from_currency, each.to_currency) for each in rates}
        kept = [row for row in self._table.rows if (row[0], row[1].upper(), row[2].upper()) not in keys]
        self._table.set_rows([*(_row(each) for each in reversed(_by_day(rates))), *kept])
        self._say(f"{len(rates)} rates taken; Save keeps them.", bad=False)

    def _say(self, text: str, *, bad: bool) -> None:
        self.form.said.setText(text)
        set_style_property(self.form.said, "tone", "bad" if bad else "muted")
        self.form.said.setVisible(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasText() or dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            self.take_files(files)
        else:
            self.take(event.mimeData().text())
        event.acceptProposedAction()

    def value(self) -> tuple[ExchangeRate, ...]:
        found = (_rate(row) for row in self._table.rows if any(row[at] for at in (1, 3, 4)))
        return tuple(sorted(found, key=lambda each: each.key))


def _by_day(rates: Iterable[ExchangeRate]) -> list[ExchangeRate]:
    return sorted(rates, key=lambda each: (each.on, each.from_currency, each.to_currency))


def _row(rate: ExchangeRate) -> tuple[str, str, str, str, str]:
    figure = number_text(rate.rate, number_form())
    return rate.on.isoformat(), rate.from_currency, rate.to_currency, figure, rate.source


def _rate(row: Sequence[str]) -> ExchangeRate:
    try:
        on = date.fromisoformat(row[0])
    except ValueError as wrong:
        message = f"“{row[0]}” is not a day; write it like 2026-02-28."
        raise RuleViolation("rate.day", message, "on") from wrong
    from_currency, to_currency = known_currency(row[1].upper()), known_currency(row[2].upper())
    return ExchangeRate(from_currency, to_currency, on, parse_number(row[3], number_form(), "rate"), row[4])
