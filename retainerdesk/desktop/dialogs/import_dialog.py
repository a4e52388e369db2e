"""Import with a preview: what would be added, changed and refused, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser, dropped_files
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.forms.ui_import_dialog import Ui_ImportDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.book_files import ImportOptions, ImportReport
    from retainerdesk.services.results import Outcome

_FILES = "Books and time exports (*.json *.zip *.csv);;All files (*)"
_ORDERS = (
    (None, "as the file says"),
    ("day_first", "day first"),
    ("month_first", "month first"),
)


class ImportDialog(FormDialog):
    """Shows what an import would do and does it on the operations thread.

    Signals: `imported(ImportReport)` after it was done.
    """

    imported = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None, chooser: FileChooser | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_ImportDialog()
        self.form.setupUi(self)
        self._desk = desk
        self._chooser: FileChooser = chooser or SystemFileChooser()
        self._paths: tuple[Path, ...] = ()
        self._round = 0
        self._is_importing = False
        form = self.form
        self._table = TextTable((TextColumn("Refused rows and remarks", is_editable=False),))
        show_table(form.refused, self._table)
        fill(form.date_order, _ORDERS)
        form.progress.setVisible(False)
        form.summary.setFont(role_font("strong"))
        form.choose.clicked.connect(self.choose_files)
        form.update_rows.toggled.connect(self._preview)
        form.create_missing.toggled.connect(self._preview)
        form.date_order.currentIndexChanged.connect(self._preview)
        copy = form.buttons.addButton("&Copy list", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_list)
        QShortcut(QKeySequence.StandardKey.Copy, form.refused, self.copy_list)
        self.setAcceptDrops(True)
        self.prepare(form.buttons, "&Import", form.choose)
        self._set_ready(is_ready=False)

    def choose_files(self) -> None:
        """Ask for the files."""
        self.show_files(self._chooser.open_files(self, "Import", _FILES))

    def show_files(self, paths: Iterable[Path]) -> None:
        """Preview these files; none leaves those already there."""
        chosen = tuple(paths)
        if chosen:
            self._paths = chosen
            self.form.files.setText(", ".join(path.name for path in chosen))
            self.form.files.setToolTip("")
            self._preview()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and not self._is_importing:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_files(dropped_files(event.mimeData()))
        event.acceptProposedAction()

    def copy_list(self) -> None:
        """Put every refused row and remark on the clipboard, a line each."""
        QGuiApplication.clipboard().setText("\n".join(row[0] for row in self._table.rows))

    def value(self) -> ImportOptions:
        from retainerdesk.services.book_files import ImportOptions

        form = self.form
        return ImportOptions(
            update=form.update_rows.isChecked(),
            create=form.create_missing.isChecked(),
            date_order=form.date_order.currentData(),
            today=self._desk.today(),
        )

    def accept(self) -> None:
        """Import what was previewed; a second press finds nothing to do."""
        if self._is_importing or not self._save_button.isEnabled():
            return
        self._is_importing = True
        self._set_ready(is_ready=False)
        self._begin_progress()
        work = partial(_import, self._desk, self._paths, self.value())
        self._desk.runner.run(work, self._finish, self._fail, "Importing")

    @property
    def _save_button(self) -> QWidget:
        return self.form.buttons.button(QDialogButtonBox.StandardButton.Save)

    def _preview(self) -> None:
        if not self._paths or self._is_importing:
            return
        self._round += 1
        self._set_ready(is_ready=False)
        self._begin_progress()
        self.form.summary.setText("Reading…")
        options = replace(self.value(), dry_run=True)
        work = partial(_preview, self._desk, self._paths, options, self._round)
        self._desk.runner.run(work, self._show_preview, self._fail, "Reading the files")

    def _begin_progress(self) -> None:
        self.form.progress.setRange(0, 0)
        self.form.progress.setVisible(True)

    def _show_preview(self, answer: tuple[int, ImportReport]) -> None:
        asked, report = answer
        if asked != self._round:
            return
        self.form.progress.setVisible(False)
        self.form.summary.setText(report_words(report, is_done=False))
        self._show_lines(report)
        self._set_ready(is_ready=bool(report.added or report.changed))

    def _finish(self, outcome: Outcome[ImportReport]) -> None:
        self._desk.bus.changed.emit(outcome.changes)
        self._desk.undo.clear()
        self._is_importing = False
        report = outcome.value
        self.form.progress.setVisible(False)
        self.form.summary.setText(report_words(report, is_done=True))
        self._show_lines(report)
        self.form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("&Close")
        self.imported.emit(report)
        if not report.refused:
            self.done(ImportDialog.DialogCode.Accepted)

    def _show_lines(self, report: ImportReport) -> None:
        """Refused rows first, then remarks; these name the boxes of this dialog."""
        lines = (*report.refused, *report.notes)
        self._table.set_rows([(_in_words_of_the_dialog(line),) for line in lines])

    def _fail(self, error: BaseException) -> None:
        self._is_importing = False
        self.form.progress.setVisible(False)
        if isinstance(error, RuleViolation):
            self.form.summary.setText(bearable(error.message))
        elif isinstance(error, EnvironmentProblem):
            self.form.summary.setText(bearable(str(error)))
        else:
            show_problem(self, error)

    def _set_ready(self, *, is_ready: bool) -> None:
        self._save_button.setEnabled(is_ready)


def _in_words_of_the_dialog(line: str) -> str:
    line = line.replace("--create adds what is missing", "tick “Create” to add what is missing")
    return line.replace("--update takes the file's version", "tick “Update” to take the file's version")


def report_words(report: ImportReport, *, is_done: bool) -> str:
    """Such as "12 added, 3 changed, 140 already there, 2 refused"."""
    verb = "added" if is_done else "to add"
    parts = [f"{report.added} {verb}", f"{report.changed} {'changed' if is_done else 'to change'}"]
    return ", ".join([*parts, f"{report.left} already there", f"{len(report.refused)} refused"])


def _preview(
    desk: Desk, paths: tuple[Path, ...], options: ImportOptions, asked: int, _progress: Progress
) -> tuple[int, ImportReport]:
    from retainerdesk.services.book_files import import_files

    return asked, import_files(desk.context.store, desk.context.files, paths, options).value


def _import(
    desk: Desk, paths: tuple[Path, ...], options: ImportOptions, progress: Progress
) -> Outcome[ImportReport]:
    from retainerdesk.services.backups import Reason, warned_backup
    from retainerdesk.services.book_files import import_files

    warning = warned_backup(desk.context, Reason.BEFORE_IMPORT)
    outcome = import_files(desk.context.store, desk.context.files, paths, options)
    progress.step(1, 1)
    if warning:
        report = replace(outcome.value, notes=(warning, *outcome.value.notes))
        return replace(outcome, value=report)
    return outcome
