"""A goodwill statement: its days, what was given in them, and the page as it will be saved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_goodwill_dialog import Ui_GoodwillDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.page_preview import page_image
from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.line_words import duration_words
from retainerdesk.domain.period import Period, add_months
from retainerdesk.services.goodwill import GoodwillReport, goodwill_pdf, goodwill_reports, save_goodwill_pdf

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Operation, Progress

_MONTHS = 12
_WAIT_MS = 150
_Answer = tuple[GoodwillReport, QImage]


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
        self._running: Operation | None = None
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._render)
        form = self.form
        self.setWindowTitle(f"Goodwill statement for {in_sentence(account.name)}")
        form.preview.setMinimumSize(340, 480)
        form.preview.show_words("The page is drawn…")
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
        if self._running is not None:
            self._running.drop()
        self._timer.start()

    def _render(self) -> None:
        """Add up and draw on the operations thread; only the newest answer is shown."""
        try:
            span = self.value()
        except RuleViolation as violation:
            self._say(violation.message)
            return
        work = partial(_page, self._desk, self._account.id, span, self._today)
        self._running = self._desk.runner.run(work, self._show, self._fail, "Goodwill statement")

    def _show(self, answer: _Answer) -> None:
        report, image = answer
        self.form.effect.setText(report_words(report))
        self.form.preview.show_page(
            image, f"Goodwill statement for {in_sentence(report.account_name)}, first page"
        )

    def _fail(self, error: BaseException) -> None:
        # What is in the way is said in place of the page; saving says it again.
        if isinstance(error, RuleViolation | EnvironmentProblem):
            self._say(error.message)
            return
        self._say("This page cannot be shown.")
        show_problem(self, error)

    def _say(self, words: str) -> None:
        self.form.effect.setText("")
        self.form.preview.show_words(words)

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


def _page(desk: Desk, account_id: str, span: Period, today: date, _progress: Progress) -> _Answer:
    with desk.context.store.reading() as uow:
        (report,) = goodwill_reports(uow, account_id, span.start, span.end, today)
        return report, page_image(goodwill_pdf(uow, report, desk.context.files, today))
