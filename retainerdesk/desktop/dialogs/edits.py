"""Keeping what a dialog collected: through the undo desk, with violations back at the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.results import Changes

Step = Callable[[], Changes]


class Keeper(QObject):
    """Opens dialogs and keeps their values.

    Signals: `kept(text)` says what was done, for the status line; `noticed(text)` what it leads to.
    """

    kept = Signal(str)
    noticed = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, chooser: FileChooser | None = None) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        self.chooser: FileChooser = chooser or SystemFileChooser()

    def edit(self, dialog: FormDialog | None, text: str, forward: Step, backward: Step) -> bool:
        """Do an edit that can be undone; `text` names it ("note"). False if it was refused."""
        try:
            self.desk.undo.do(text, forward, backward)
        except RuleViolation as violation:
            self._refuse(dialog, violation)
            return False
        except EnvironmentProblem as problem:
            self._refuse(dialog, problem)
            return False
        self.kept.emit(text)
        return True

    def _refuse(self, dialog: FormDialog | None, error: RuleViolation | EnvironmentProblem) -> None:
        if dialog is None:
            show_problem(self.window, error)
            return
        if isinstance(error, RuleViolation):
            dialog.show_violation(error)
            return
        dialog.keep_open()
        show_problem(dialog, error)

    def show(self, dialog: FormDialog, keep: Callable[[Any], object]) -> FormDialog:
        """Open a dialog; `keep`, a bound method, takes its value."""
        dialog.accepted_value.connect(keep)
        dialog.open()
        return dialog
