"""Asks for the recovery phrase of an encrypted book before there is a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from retainerdesk.desktop.forms.ui_unlock_dialog import Ui_UnlockDialog
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font

if TYPE_CHECKING:
    from pathlib import Path

SEARCHING = "Looking for its key in the keyring of this computer…"


class UnlockDialog(QDialog):
    """Signals: `phrase_entered(text, keep)`, `retried()` for the keyring, `other_asked()`, `given_up()`."""

    phrase_entered = Signal(str, bool)
    retried = Signal()
    other_asked = Signal()
    given_up = Signal()

    def __init__(self, book: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_UnlockDialog()
        self.form.setupUi(self)
        form = self.form
        self.setWindowTitle(f"RetainerDesk · {book.name}")
        form.heading.setFont(role_font("title"))
        form.book.setText(str(book))
        for label, tone in ((form.book, "muted"), (form.why, "text"), (form.problem, "bad")):
            set_style_property(label, "tone", tone)
        set_style_property(form.open, "variant", "primary")
        form.open.setDefault(True)
        form.open.clicked.connect(self._enter)
        form.again.clicked.connect(self.retried)
        form.something_else.clicked.connect(self.other_asked)
        form.quit.clicked.connect(self.reject)
        self.rejected.connect(self.given_up)
        self.show_searching()

    def show_searching(self) -> None:
        """Say that the keyring is being asked; the phrase can be entered meanwhile."""
        self.form.why.setText(SEARCHING)
        self.form.again.setEnabled(False)
        # A keyring that does not answer could not be given a key either.
        self.form.keep.hide()
        self._complain("")

    def ask(self, why: str, *, can_keep: bool) -> None:
        """Say why the phrase is needed, and whether the key can be kept once it is here."""
        self.form.why.setText(why)
        self.form.again.setEnabled(True)
        self.form.keep.setVisible(can_keep)
        self.form.phrase.setFocus()

    def ask_for_backup(self, why: str, verb: str = "&Restore", *, can_keep: bool = False) -> None:
        """Ask for the phrase of a backup, which the keyring was asked for already; `verb`: of its button.

        `can_keep`: its key will be that of the book, and the keyring takes keys.
        """
        form = self.form
        self.setWindowTitle("Key of a backup")
        form.heading.setText("This backup is encrypted")
        form.open.setText(verb)
        form.quit.setText("&Cancel")
        form.again.hide()
        form.something_else.hide()
        self.ask(why, can_keep=can_keep)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the phrase; what was typed stays, to be mended."""
        self.set_busy(is_busy=False)
        self._complain(sentence)
        self.form.phrase.setFocus()

    def set_busy(self, *, is_busy: bool) -> None:
        """Take no further phrase while one is looked at."""
        self.form.open.setEnabled(not is_busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.given_up.emit()

    def _enter(self) -> None:
        self._complain("")
        self.set_busy(is_busy=True)
        keep = self.form.keep.isChecked() and not self.form.keep.isHidden()
        self.phrase_entered.emit(self.form.phrase.toPlainText(), keep)

    def _complain(self, sentence: str) -> None:
        self.form.problem.setText(sentence)
        self.form.problem.setVisible(bool(sentence))
        self.form.phrase.setAccessibleDescription(sentence)
