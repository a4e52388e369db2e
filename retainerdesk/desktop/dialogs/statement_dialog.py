"""A statement of account: its days, and the page as it will be."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.letter_dialog import save_asked
from retainerdesk.desktop.dialogs.page_drawing import Drawn, PageDrawing
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_statement_dialog import Ui_StatementDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.page_preview import PagePreview
from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.statement import Statement
from retainerdesk.services.letters import render_statement_pdf, save_statement_pdf, statement_of_account

_MONTHS = 12


class StatementDialog(FormDialog):
    """Collects the days (Period, half-open) of a statement that is marked as sent.

    By default the last twelve full months and the running one, through today.
    """

    def __init__(
        self, desk: Desk, account: Account, chooser: FileChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_StatementDialog()
        self.form.setupUi(self)
        self._desk, self._account, self._chooser = desk, account, chooser
        self._today = desk.today()
        form = self.form
        self.setWindowTitle(f"Statement of account for {in_sentence(account.name)}")
        self.page = PagePreview()
        self.page.setMinimumSize(340, 480)
        form.page_place.addWidget(self.page)
        self.preview = PageDrawing(desk, self.page, f"Statement for {in_sentence(account.name)}, first page")
        form.from_on.set_day(add_months(self._today.replace(day=1), -_MONTHS))
        form.through.set_day(self._today)
        set_style_property(form.effect, "tone", "muted")
        self.save_pdf = QPushButton("Save P&DF…")
        put_icon(self.save_pdf, "file-text")
        form.buttons.addButton(self.save_pdf, QDialogButtonBox.ButtonRole.ActionRole)
        self.prepare(form.buttons, "&Mark as sent", form.from_on, from_on=form.from_on, through=form.through)
        form.from_on.dateChanged.connect(self._show)
        form.through.dateChanged.connect(self._show)
        self.save_pdf.clicked.connect(self._save)
        self._show()

    def _show(self) -> None:
        try:
            span = self.value()
        except RuleViolation as violation:
            self.form.effect.setText("")
            self.preview.show_words(bearable(violation.message))
            return
        statement = self._desk.read(statement_of_account, self._account.id, span)
        self.form.effect.setText(statement_words(statement))
        self.preview.show_page_of(partial(_render, self._desk, self._account.id, span, self._today))

    def value(self) -> Period:
        first, last = self.form.from_on.day, self.form.through.day
        if last < first:
            message = "The last day lies before the first; a statement covers at least one day."
            raise RuleViolation("statement.span", message, "through")
        return Period(first, last + timedelta(days=1))

    def _save(self) -> None:
        try:
            span = self.value()
        except RuleViolation as violation:
            self.show_violation(violation)
            return
        name = f"{self._account.id}-statement-{span.last_day}.pdf"
        save_asked(self, self._chooser, name, partial(self._write, span))

    def _write(self, span: Period, place: Path) -> None:
        statement = self._desk.read(statement_of_account, self._account.id, span)
        files = self._desk.context.files
        self._desk.read(save_statement_pdf, self._account.id, statement, files, place, self._today)


def statement_words(statement: Statement) -> str:
    """What it opens and closes with."""
    count = len(statement.entries)
    moves = "1 entry" if count == 1 else f"{count} entries"
    return (
        f"Opens with {money(statement.opening)}, {moves}, closes with {money(statement.closing)};"
        f" {money(statement.ageing.past_due)} of it is past due on the last day."
    )


def _render(desk: Desk, account_id: str, span: Period, today: date) -> Drawn:
    with desk.context.store.reading() as uow:
        statement = statement_of_account(uow, account_id, span)
        return Drawn(render_statement_pdf(uow, account_id, statement, desk.context.files, today))
