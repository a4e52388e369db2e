"""A goodwill statement: its days, what was given in them, and the page as it will be saved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.page_drawing import Drawn, PageDrawing
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_goodwill_dialog import Ui_GoodwillDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.line_words import duration_words
from retainerdesk.domain.period import Period, add_months
from retainerdesk.services.goodwill import GoodwillReport, goodwill_pdf, goodwill_reports, save_goodwill_pdf

_MONTHS = 12


class GoodwillDialog(FormDialog):
    """Collects the days (Period, half-open) and saves the statement where the user says.

    By default the last twelve full months and the running one, through today.
    """

    def __init__(
        self, desk: Desk, account: Account, chooser: FileChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_GoodwillDialog()
        self.form.setupUi(self)
        self._desk, self._account, self._chooser = desk, account, chooser
        self._today = desk.today()
        form = self.form
        self.setWindowTitle(f"Goodwill statement for {in_sentence(account.name)}")
        form.preview.setMinimumSize(340, 480)
        name = f"Goodwill statement for {in_sentence(account.name)}, first page"
        self._drawing = PageDrawing(desk, form.preview, name)
        self._drawing.drawn.connect(self._tell)
        form.from_on.set_day(add_months(self._today.replace(day=1), -_MONTHS))
        form.through.set_day(self._today)
        set_style_property(form.effect, "tone", "muted")
        self.prepare(form.buttons, "&Save PDF…", form.from_on, from_on=form.from_on, to=form.through)
        form.from_on.dateChanged.connect(self._changed)
        form.through.dateChanged.connect(self._changed)
        self.accepted_value.connect(self._save)
        self._changed()

    def value(self) -> Period:
        first, last = self.form.from_on.day, self.form.through.day
        if last < first:
            message = "The last day lies before the first; a statement covers at least one day."
            raise RuleViolation("goodwill.span", message, "to")
        return Period(first, last + timedelta(days=1))

    def _changed(self) -> None:
        """Add up and draw on the operations thread."""
        try:
            span = self.value()
        except RuleViolation as violation:
            self._drawing.show_words(bearable(violation.message))
            return
        self._drawing.show_page_of(partial(_draw, self._desk, self._account.id, span, self._today))

    def _tell(self, report: GoodwillReport | None) -> None:
        self.form.effect.setText(report_words(report) if report is not None else "")

    def _save(self, span: Period) -> None:
        name = f"{self._account.id}-goodwill-{span.last_day}.pdf"
        place = self._chooser.save_file(self, "Save PDF", name, "PDF (*.pdf)")
        if place is None:
            self.keep_open()
            return
        try:
            self._write(span, place)
        except EnvironmentProblem as problem:
            self.keep_open()
            show_problem(self, problem)

    def _write(self, span: Period, place: Path) -> None:
        with self._desk.context.store.reading() as uow:
            (report,) = goodwill_reports(uow, self._account.id, span.start, span.end, self._today)
            save_goodwill_pdf(uow, report, self._desk.context.files, place, self._today)


def report_words(report: GoodwillReport) -> str:
    """How much was given, and what it is worth."""
    if not report.given:
        return "Nothing was given without charge in this time."
    worth = f", worth {money(report.value)}" if report.value else ""
    return f"{duration_words(report.minutes)} given without charge{worth}."


def _draw(desk: Desk, account_id: str, span: Period, today: date) -> Drawn:
    with desk.context.store.reading() as uow:
        (report,) = goodwill_reports(uow, account_id, span.start, span.end, today)
        return Drawn(goodwill_pdf(uow, report, desk.context.files, today), report)
