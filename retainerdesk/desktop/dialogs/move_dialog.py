"""Moving to another machine: one file with everything, and what to do with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.dialogs.work_bar import STOPPED, WorkBar, is_stopped
from retainerdesk.desktop.forms.ui_move_dialog import Ui_MoveDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation

if TYPE_CHECKING:
    from retainerdesk.domain.stopping import Stopping
    from retainerdesk.services.backup_archive import Written

_KINDS = "RetainerDesk backup (*.zip)"


class MoveDialog(QDialog):
    """Makes the file on the operations thread; the steps after it are words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, chooser: FileChooser | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Ui_MoveDialog()
        self.form.setupUi(self)
        self._desk = desk
        self._chooser: FileChooser = chooser or SystemFileChooser()
        form = self.form
        self.bar = WorkBar(desk.runner, self)
        form.column.insertWidget(form.column.indexOf(form.said) + 1, self.bar)
        set_style_property(form.hint, "tone", "muted")
        set_style_property(form.make_file, "variant", "primary")
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is form.make_file)
        form.make_file.clicked.connect(self.make_file)
        form.close_dialog.clicked.connect(self.reject)
        form.passphrase.setFocus()

    def reject(self) -> None:
        """Close; while the file is being made only stop that."""
        if self.bar.is_busy:
            self.bar.cancel()
        else:
            super().reject()

    def make_file(self) -> None:
        """Ask where, and write the file there."""
        passphrase = self.form.passphrase.text()
        try:
            self._check(passphrase)
        except RuleViolation as violation:
            self._say(bearable(violation.message), "bad")
            self.form.passphrase.setFocus()
            return
        name = f"{self._desk.context.path.stem}-{self._desk.today()}.zip"
        target = self._chooser.save_file(self, "One file with everything", name, _KINDS)
        if target is None:
            return
        self.form.make_file.setEnabled(False)
        self._say("Making the file…", "muted")
        named = target if target.suffix.lower() == ".zip" else target.with_name(target.name + ".zip")
        work = partial(_write, self._desk, named, passphrase or None)
        self.bar.run(work, self._note, self._fail, "Making one file with everything")

    def _check(self, passphrase: str) -> None:
        from retainerdesk.services.backup_archive import check_passphrase

        if passphrase:
            check_passphrase(passphrase)
        if passphrase != self.form.repeated.text():
            raise RuleViolation("backup.repeated", "The two passphrases differ. Type both again.", "repeated")

    def _note(self, done: Written) -> None:
        self.form.make_file.setEnabled(True)
        left_out = _left_out_words(len(done.left_out))
        files = "1 attached file" if done.documents == 1 else f"{done.documents} attached files"
        self._say(f"{done.path} holds the book and {files}.{left_out} Go on with step 2.", "good")

    def _fail(self, error: Exception) -> None:
        self.form.make_file.setEnabled(True)
        if is_stopped(error):
            self._say(STOPPED, "muted")
        elif isinstance(error, EnvironmentProblem | RuleViolation):
            self._say(str(error), "bad")
        else:
            self._say("", "bad")
            show_problem(self, error)

    def _say(self, sentence: str, tone: str) -> None:
        set_style_property(self.form.said, "tone", tone)
        self.form.said.setText(sentence)
        self.form.said.setAccessibleName(sentence)


def _left_out_words(count: int) -> str:
    if not count:
        return ""
    files = "1 attached file was" if count == 1 else f"{count} attached files were"
    return f" {files} left out: damaged, or sealed with another key."


def _write(desk: Desk, target: Path, passphrase: str | None, stopping: Stopping) -> Written:
    from retainerdesk.services.backup_archive import write_backup_zip

    return write_backup_zip(desk.context, target, passphrase, stopping)
