"""From a book that cannot be opened to a way on: look what is left, restore, begin anew, another book.

The book itself is never touched but by a restore, which keeps what was there under another name.
"""

from __future__ import annotations

import enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox

from retainerdesk.desktop.dialogs.backup_keys import BackupKeys
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.dialogs.trouble_dialog import TroubleDialog
from retainerdesk.desktop.dialogs.work_bar import STOPPED, is_stopped
from retainerdesk.desktop.operation_runner import OperationRunner
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation
from retainerdesk.services.backups import backup_folder, list_backups, machine_settings
from retainerdesk.services.book_trouble import trouble_of, what_is_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from retainerdesk.domain.stopping import Stopping
    from retainerdesk.services.backups import Backup
    from retainerdesk.services.book_keys import Keys
    from retainerdesk.services.upkeep import Restored

BOOK_FILES = "Books (*.retainerdesk *.backup *.book *.db *.zip);;All files (*)"


class Way(enum.Enum):
    """What the person chose: open the same place again, begin a new book there, or leave."""

    RETRY = "retry"
    BEGIN = "begin"
    LEAVE = "leave"

    @property
    def is_last(self) -> bool:
        """Whether nothing is to be opened any more."""
        return self is Way.LEAVE

    @property
    def begins(self) -> bool:
        """Whether a new book may begin where one was."""
        return self is Way.BEGIN


class Trouble(QObject):
    """Belongs to the GUI thread. Signals: `chosen(Way)`; before leaving for a book `other_chosen(Path)`.

    `keys` are those known by now; it learns those of the phrases that are typed.
    """

    chosen = Signal(object)
    other_chosen = Signal(Path)

    def __init__(
        self, place: str, problem: EnvironmentProblem, chooser: FileChooser | None = None,
        parent: QObject | None = None, keys: Keys | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.trouble = trouble_of(place, problem)
        self._runner = OperationRunner(self)
        self._chooser: FileChooser = chooser or SystemFileChooser()
        self._target, self._source, self._passphrase = self.trouble.place, Path(), ""
        self.dialog = TroubleDialog(self.trouble, _backups_of(self.trouble.place), self._runner)
        self.keys = BackupKeys(None, self.dialog, keys)
        self._again: Callable[[], None] = self.look
        self._connect(self.dialog)

    def _connect(self, dialog: TroubleDialog) -> None:
        dialog.retried.connect(self._retry)
        dialog.begun.connect(self._begin)
        dialog.looked.connect(self.look)
        dialog.other_asked.connect(self._ask_other)
        dialog.file_asked.connect(self._ask_file)
        dialog.restore_asked.connect(self._restore_chosen)
        dialog.given_up.connect(self._leave)

    def begin(self) -> None:
        """Show what is wrong."""
        self.dialog.show()

    def bring_up(self, _arguments: object = None) -> None:
        """Show the dialog over other windows: the program was started once more."""
        self.dialog.setWindowState(self.dialog.windowState() & ~Qt.WindowState.WindowMinimized)
        self.dialog.raise_()
        self.dialog.activateWindow()

    def end(self) -> None:
        """Leave nothing behind."""
        self._runner.stop()
        self.dialog.hide()
        self.dialog.deleteLater()

    def look(self) -> None:
        """Read through what is left of the book."""
        work = partial(_look, self.trouble.place, self.keys.keys)
        self._run(work, self._show_left, "Reading what is left", self.look)

    def restore(self, backup: Path) -> None:
        """Ask, and put a backup in the place of the book, or into a new one where that cannot be."""
        is_free, self._passphrase = self._passphrase_of(backup)
        if not is_free:
            return
        self._source, place = backup, self.trouble.place
        if not self.trouble.can_restore:
            name = f"{place.stem}-restored.retainerdesk"
            target = self._chooser.save_file(self.dialog, "Restore to a new book", name, BOOK_FILES)
            if target is not None:
                self._target = target
                self._restore()
        elif place.exists():
            self._confirm()
        else:
            self._restore()

    def _restore_chosen(self) -> None:
        if (backup := self.dialog.chosen) is not None:
            self.restore(backup.path)

    def _ask_file(self) -> None:
        chosen = self._chooser.open_files(self.dialog, "Restore a backup", BOOK_FILES)
        if chosen:
            self.restore(chosen[0])

    def _ask_other(self) -> None:
        chosen = self._chooser.open_files(self.dialog, "Open another book", BOOK_FILES)
        if chosen:
            self._go_to(chosen[0])

    def _go_to(self, book: Path) -> None:
        self.other_chosen.emit(book)
        self.chosen.emit(Way.LEAVE)

    def _confirm(self) -> None:
        text = (
            f"Put {self._source.name} in the place of {self.trouble.place}?\n\nThe file that is there now is "
            "kept beside it, with “.before-restore” in its name."
        )
        box = QMessageBox(QMessageBox.Icon.Question, "Restore", text, parent=self.dialog)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self._restore)
        box.open()

    def _passphrase_of(self, backup: Path) -> tuple[bool, str]:
        """Whether to go on, and the passphrase of a sealed backup."""
        from retainerdesk.services.backup_archive import is_sealed

        try:
            if not is_sealed(backup):
                return True, ""
        except EnvironmentProblem as problem:
            self.dialog.say(str(problem), "bad")
            return False, ""
        text, is_given = QInputDialog.getText(
            self.dialog, "Passphrase", f"Passphrase of {backup.name}", QLineEdit.EchoMode.Password
        )
        return is_given and bool(text), text

    def _restore(self) -> None:
        work = partial(_restore, self._source, self._target, self.keys.keys, self._passphrase)
        self._run(work, self._note_restored, "Restoring", self._restore)

    def _run(
        self, work: Callable[[Stopping], object], done: Callable[..., object], title: str,
        again: Callable[[], None],
    ) -> None:  # fmt: skip
        if self.dialog.bar.is_busy:
            return
        self._again = again
        self.dialog.say(f"{title}…", "muted")
        self.dialog.bar.run(work, done, self._fail, title)
        self.dialog.show_busy(is_busy=True)

    def _show_left(self, text: str) -> None:
        self._finish("")
        self.dialog.show_text(text)

    def _note_restored(self, _done: Restored) -> None:
        self._finish("The backup is restored.", "good")
        if self._target == self.trouble.place:
            self.chosen.emit(Way.RETRY)
        else:
            self._go_to(self._target)

    def _fail(self, error: Exception) -> None:
        self._finish("")
        if is_stopped(error):
            self.dialog.say(STOPPED, "muted")
        elif isinstance(error, KeyNeeded):
            is_look = self._again == self.look
            file = self.trouble.place if is_look else self._source
            self.keys.ask(error, file, "&Go on", self._again, is_for_good=not is_look)
        elif isinstance(error, EnvironmentProblem | RuleViolation):
            self.dialog.say(str(error), "bad")
        else:
            show_problem(self.dialog, error)

    def _finish(self, sentence: str, tone: str = "muted") -> None:
        self.dialog.say(sentence, tone)
        self.dialog.show_busy(is_busy=False)

    def _retry(self) -> None:
        self.chosen.emit(Way.RETRY)

    def _begin(self) -> None:
        self.chosen.emit(Way.BEGIN)

    def _leave(self) -> None:
        self.chosen.emit(Way.LEAVE)


class TroubleWait(QObject):
    """Runs a `Trouble` to its end in an event loop of its own."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self._trouble = trouble
        self._loop = QEventLoop()
        self._way = Way.LEAVE
        trouble.chosen.connect(self._note)

    def way(self) -> Way:
        """What was chosen."""
        self._trouble.begin()
        self._loop.exec()
        self._trouble.end()
        return self._way

    def leave(self) -> None:
        """Wait no longer."""
        self._loop.quit()

    def _note(self, way: Way) -> None:
        self._way = way
        self.leave()


def _backups_of(place: Path) -> tuple[Backup, ...]:
    try:
        return list_backups(backup_folder(place, machine_settings()))
    except EnvironmentProblem:
        # Their drive is not there either; a file from elsewhere can still be chosen.
        return ()


def _look(place: Path, keys: Keys, stopping: Stopping) -> str:
    return what_is_left(place, keys, stopping)


def _restore(backup: Path, place: Path, keys: Keys, passphrase: str, stopping: Stopping) -> Restored:
    from retainerdesk.services.upkeep import restore_book

    return restore_book(backup, place, keys, passphrase or None, stopping)
