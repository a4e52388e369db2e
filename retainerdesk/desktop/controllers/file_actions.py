"""Files in and out: import, export, invoices as PDF, backup and restore."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation
from retainerdesk.domain.stopping import Stopped, Stopping

if TYPE_CHECKING:
    from collections.abc import Callable

    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.opener import DialogOpener
    from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
    from retainerdesk.desktop.operation_runner import Progress

BOOK_FILES = "Book with documents (*.zip);;Book (*.json)"
MOVED_FILES = "RetainerDesk backup (*.zip)"
BACKUP_FILES = "Books (*.retainerdesk *.backup *.book *.db *.zip);;All files (*)"


class FileActions(QObject):
    """What the File menu does; long work goes to the operations thread.

    Signals: `told(text)` when something was done.
    """

    told = Signal(str)

    def __init__(
        self,
        desk: Desk,
        dialogs: Callable[[], DialogOpener],
        window: QWidget,
        chooser: FileChooser | None = None,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._dialogs = dialogs
        self._window = window
        self._chooser = chooser or SystemFileChooser()
        self._restoring = (Path(), Path())
        self._phrase_dialog: UnlockDialog | None = None
        self._passphrase, self._sign = "", b""

    def import_files(self) -> None:
        """Open the import dialog, empty."""
        self._dialogs().import_files()

    def settings(self) -> None:
        """Open the settings of the business."""
        self._dialogs().settings()

    def rates(self) -> None:
        """Open the stored exchange rates."""
        self._dialogs().rates()

    def open_book(self) -> None:
        """Ask for another book and open it in a window of its own."""
        chosen = self._chooser.open_files(self._window, "Open book", BACKUP_FILES)
        if chosen:
            open_in_own_window(chosen[0])

    def export_book(self) -> None:
        """Ask where, and write the whole book there."""
        name = f"{self._desk.context.path.stem}-{self._desk.today()}.zip"
        target = self._chooser.save_file(self._window, "Export book", name, BOOK_FILES)
        if target is not None:
            self._run(partial(_export, self._desk, _with_suffix(target, ".zip")), "Exporting the book")

    def export_invoice(self) -> None:
        """Ask which invoice and where, and write its PDF."""
        from retainerdesk.services.invoices import list_invoices

        rows = self._desk.read(list_invoices, self._desk.today())
        if not rows:
            self.told.emit("No invoice was issued yet.")
            return
        numbers = [row.number for row in rows]
        number, is_chosen = QInputDialog.getItem(
            self._window, "Export invoice as PDF", "&Invoice", numbers, 0, editable=False
        )
        if is_chosen:
            self.save_invoice(number)

    def save_invoice(self, number: str) -> None:
        """Ask where, and write the PDF of an issued document."""
        from retainerdesk.services.invoices import pdf_name

        name = pdf_name(number)
        target = self._chooser.save_file(self._window, f"Export {number} as PDF", name, "PDF (*.pdf)")
        if target is not None:
            work = partial(_export_invoice, self._desk, number, _with_suffix(target, ".pdf"))
            self._run(work, f"Writing {name}")

    def back_up(self) -> None:
        """Ask where, and write a verified copy of the book there."""
        path = self._desk.context.path
        name = f"{path.stem}-{self._desk.today()}{path.suffix}"
        target = self._chooser.save_file(self._window, "Back up", name, BACKUP_FILES)
        if target is not None:
            self._run(partial(_back_up, self._desk, target), "Backing up")

    def restore(self) -> None:
        """Ask for a backup and for a new place, restore it there, and offer to open it."""
        chosen = self._chooser.open_files(self._window, "Restore a backup", BACKUP_FILES)
        if chosen:
            self.restore_as_copy(chosen[0])

    def open_moved(self) -> None:
        """Ask for the file of another machine and for a place, and make a book of it there."""
        chosen = self._chooser.open_files(self._window, "Open a moved book", MOVED_FILES)
        if chosen:
            self.restore_as_copy(chosen[0])

    def restore_as_copy(self, backup: Path) -> None:
        """Ask for a new place, restore a backup there, and offer to open it."""
        from retainerdesk.services.backup_archive import is_sealed

        try:
            kind = is_sealed(backup)
        except EnvironmentProblem as problem:
            self._fail(problem)
            return
        self._passphrase = self._ask_passphrase(backup) if kind else ""
        if kind and not self._passphrase:
            return
        name = f"{backup.stem}-restored{backup.suffix if kind is None else '.retainerdesk'}"
        target = self._chooser.save_file(self._window, "Restore to a new book", name, BACKUP_FILES)
        if target is not None:
            self._restoring = (backup, target)
            self._restore("")

    def _ask_passphrase(self, backup: Path) -> str:
        text, is_given = QInputDialog.getText(
            self._window, "Passphrase", f"Passphrase of {backup.name}", QLineEdit.EchoMode.Password
        )
        return text if is_given else ""

    def _restore(self, phrase: str) -> None:
        work = partial(_restore, self._desk, *self._restoring, (phrase, self._sign), self._passphrase)
        self._desk.runner.run(work, self._tell_restored, self._ask_phrase, "Restoring")

    def _ask_phrase(self, error: Exception) -> None:
        """The backup needs a key nobody here has, or what was typed is not its phrase."""
        if self._phrase_dialog is not None:
            if isinstance(error, RuleViolation | EnvironmentProblem):
                self._phrase_dialog.refuse(str(error))
                return
            self._phrase_dialog.close()
        if not isinstance(error, KeyNeeded):
            self._fail(error)
            return
        from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog

        self._sign = error.sign
        dialog = UnlockDialog(self._restoring[0], self._window)
        dialog.ask_for_backup(error.message)
        dialog.phrase_entered.connect(self._restore)
        dialog.finished.connect(self._forget_dialog)
        self._phrase_dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        if self._phrase_dialog is not None:
            self._phrase_dialog.deleteLater()
            self._phrase_dialog = None

    def _run(self, work: partial[str], title: str) -> None:
        self._desk.runner.run(work, self._tell, self._fail, title)

    def _tell(self, text: str) -> None:
        self.told.emit(text)

    def _tell_restored(self, target: Path) -> None:
        if self._phrase_dialog is not None:
            self._phrase_dialog.accept()
        self.told.emit(f"The backup was restored to {target}.")
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Restore",
            f"The backup was restored to {target}. Open it in a window of its own?",
            QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Close,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(partial(open_in_own_window, target))
        box.open()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, Stopped):
            self.told.emit("Stopped. Nothing was changed, and nothing is left of it.")
        else:
            show_problem(self._window, error)


def open_in_own_window(book: Path) -> None:
    """Start this program once more for another book; if it is open already, its window comes up."""
    from PySide6.QtCore import QProcess

    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "retainerdesk"]
    QProcess.startDetached(start[0], [*start[1:], "--book", str(book)])


def _with_suffix(path: Path, suffix: str) -> Path:
    """Some file dialogs return what was typed, without the ending of the chosen kind."""
    return path if path.suffix else path.with_name(path.name + suffix)


def _export(desk: Desk, target: Path, _progress: Progress) -> str:
    from retainerdesk.services.book_files import export_book

    export_book(desk.context.store, desk.context.files, target)
    return f"The book was exported to {target}."


def _export_invoice(desk: Desk, number: str, target: Path, _progress: Progress) -> str:
    from retainerdesk.services.invoices import save_invoice_pdf

    with desk.context.store.reading() as uow:
        save_invoice_pdf(uow, number, desk.context.files, target)
    return f"{number} was written to {target}."


def _back_up(desk: Desk, target: Path, progress: Progress) -> str:
    from retainerdesk.services.upkeep import backup_book

    backup_book(desk.context.store, target, Stopping(progress.step))
    return f"A verified backup was written to {target}."


def _restore(
    desk: Desk, backup: Path, target: Path, phrase: tuple[str, bytes], passphrase: str, progress: Progress
) -> Path:
    """With the key of the book on screen, those of the keyring, and the phrase that was typed, if any."""
    from retainerdesk.services.book_keys import Keys, read_phrase
    from retainerdesk.services.upkeep import restore_book

    own = desk.context.store.file.key
    keys = Keys([own] if own is not None else [])
    if phrase[0]:
        keys.add(read_phrase(*phrase))
    restore_book(backup, target, keys, passphrase or None, Stopping(progress.step))
    return target
