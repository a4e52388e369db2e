"""Check the book: each kind of check with its outcome, what is wrong, what to do, and the repair."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from retainerdesk.desktop.forms.ui_check_dialog import Ui_CheckDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.desktop.widgets.views import prepare_view

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.operation_runner import Operation, Progress
    from retainerdesk.services.integrity import CheckPart, CheckReport
    from retainerdesk.services.repair import RepairReport

SOUND = "Everything is in order"
CHECKING = "Checking the book…"
STOPPED = "The check was stopped before its end"
_ROW_HEIGHT = 39


class CheckDialog(QDialog):
    """Checks as soon as it is opened, on the operations thread; closing it stops the check.

    Signals: `restore_asked()`; `checked(CheckReport)` after each check.
    """

    restore_asked = Signal()
    checked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._operation: Operation | None = None
        self._done: tuple[str, ...] = ()
        self.form = Ui_CheckDialog()
        self.form.setupUi(self)
        self._dress()
        self._connect()
        self._show_advice("")
        self.form.findings.hide()
        self.form.parts.hide()

    def start(self) -> None:
        """Check now, unless a check is under way."""
        self._done = ()
        self._begin(partial(_check, self._desk), self._show_report, "Checking the book")

    def repair(self) -> None:
        """Copy the book as it is, make anew what can be, and check again."""
        self._begin(partial(_repair, self._desk), self._show_repair, "Repairing the book")

    def done(self, result: int) -> None:
        if self._operation is not None:
            self._operation.drop()
            self._operation.cancel()
            self._operation = None
        super().done(result)

    def _dress(self) -> None:
        form = self.form
        form.heading.setFont(role_font("title"))
        set_style_property(form.again, "variant", "primary")
        prepare_view(form.parts, framed=True)
        form.parts.setFixedHeight(6 * _ROW_HEIGHT + 6)
        form.parts.setSelectionMode(form.parts.SelectionMode.NoSelection)

    def _connect(self) -> None:
        form = self.form
        form.close.clicked.connect(self.reject)
        form.again.clicked.connect(self.start)
        form.repair.clicked.connect(self.repair)
        form.stop.clicked.connect(self._stop)
        form.restore.clicked.connect(self._ask_restore)
        self._desk.runner.progressed.connect(self._step)

    def _begin(self, work: object, show: object, title: str) -> None:
        if self._operation is not None:
            return
        self.form.heading.setText(CHECKING)
        self.form.progress.setRange(0, 0)
        self._set_busy(is_busy=True)
        run = self._desk.runner.run
        self._operation = run(work, show, self._fail, title)  # type: ignore[arg-type]

    def _stop(self) -> None:
        if self._operation is not None:
            self._operation.cancel()

    def _step(self, done: int, total: int) -> None:
        if self._operation is not None:
            self.form.progress.setRange(0, total)
            self.form.progress.setValue(done)

    def _show_repair(self, done: RepairReport) -> None:
        self._done = (f"The book as it was is kept as {done.copy}.", *done.done)
        self._show_report(done.after)

    def _show_report(self, report: CheckReport) -> None:
        self._operation = None
        form = self.form
        form.heading.setText(_heading(report))
        form.parts.clear()
        form.parts.show()
        for part in report.parts:
            form.parts.addItem(_part_item(part, is_cancelled=report.is_cancelled))
        form.findings.setPlainText("\n".join(report.findings))
        form.findings.setVisible(bool(report.findings))
        form.findings.moveCursor(QTextCursor.MoveOperation.Start)
        self._show_advice("\n".join((*self._done, *report.advice)))
        self._set_busy(is_busy=False)
        is_bad = bool(report.findings)
        form.repair.setVisible(is_bad and not self._desk.context.store.read_only)
        form.restore.setVisible(is_bad)
        (form.restore if is_bad else form.close).setFocus()
        self.checked.emit(report)

    def _show_advice(self, text: str) -> None:
        self.form.advice.setText(text)
        self.form.advice.setAccessibleName(text)
        self.form.advice.setVisible(bool(text))

    def _fail(self, error: BaseException) -> None:
        self._operation = None
        self.form.heading.setText(STOPPED)
        self._set_busy(is_busy=False)
        show_problem(self, error)

    def _set_busy(self, *, is_busy: bool) -> None:
        form = self.form
        for widget in (form.progress, form.stop):
            widget.setVisible(is_busy)
        for button in (form.again, form.repair, form.restore):
            button.setVisible(not is_busy)
        if is_busy:
            form.stop.setFocus()

    def _ask_restore(self) -> None:
        self.accept()
        self.restore_asked.emit()


def _heading(report: CheckReport) -> str:
    if report.is_sound:
        return SOUND
    if report.is_cancelled and not report.findings:
        return STOPPED
    count = len(report.findings)
    return "1 thing is wrong" if count == 1 else f"{count} things are wrong"


def _part_item(part: CheckPart, *, is_cancelled: bool) -> QListWidgetItem:
    if part.findings:
        words, picture = f"{len(part.findings)} found", icon("circle-alert", "bad")
    elif part.is_done:
        words, picture = "in order", icon("circle-check", "good")
    else:
        reason = "stopped before" if is_cancelled else "left out, as what is above is not sound"
        words, picture = reason, icon("circle-dashed", "muted")
    item = QListWidgetItem(picture, f"{part.name}: {words}")
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


def _check(desk: Desk, progress: Progress) -> CheckReport:
    from retainerdesk.services.integrity import run_check

    return run_check(desk.context.store, desk.context.files, desk.today(), progress.step)


def _repair(desk: Desk, progress: Progress) -> RepairReport:
    from retainerdesk.services.repair import repair_book

    return repair_book(desk.context.store, desk.context.files, desk.today(), progress.step)
