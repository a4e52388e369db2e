"""The automatic backups of the book: what is inside each, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget

from retainerdesk.desktop.backup_words import COLUMNS, contents_words, table_row
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.backup_keys import BackupKeys
from retainerdesk.desktop.dialogs.backup_work import in_a_moment, look_inside_with, verify_with
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_choices
from retainerdesk.desktop.dialogs.work_bar import STOPPED, WorkBar, is_stopped
from retainerdesk.desktop.forms.ui_backups_dialog import Ui_BackupsDialog
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.domain.errors import EnvironmentProblem, KeyNeeded, RuleViolation
from retainerdesk.services.backups import Backup, backup_folder, list_backups
from retainerdesk.services.results import EVERYTHING

if TYPE_CHECKING:
    from retainerdesk.desktop.dialogs.work_bar import Work
    from retainerdesk.services.backup_preview import BackupPreview
    from retainerdesk.services.upkeep import Restored

_COLUMNS = tuple(TextColumn(heading, is_editable=False, is_figure=heading == "Size") for heading in COLUMNS)


class BackupsDialog(QDialog):
    """Lists the backups. Work on them runs on the operations thread, one piece at a time.

    Signals: `told(text)` after the book was restored; `copy_asked(Path)` to restore one as a book of its own.
    """

    told = Signal(str)
    copy_asked = Signal(Path)

    def __init__(
        self, desk: Desk, preferences: Preferences, parent: QWidget | None = None,
        chooser: FileChooser | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Ui_BackupsDialog()
        self.form.setupUi(self)
        self._desk, self._preferences = desk, preferences
        self._chooser: FileChooser = chooser or SystemFileChooser()
        self.backups: tuple[Backup, ...] = ()
        self.bar = WorkBar(desk.runner, self)
        self.keys = BackupKeys(desk.context.store.file.key, self)
        self._table = TextTable(_COLUMNS)
        form = self.form
        form.column.insertWidget(form.column.indexOf(form.said) + 1, self.bar)
        show_choices(form.backups, self._table)
        form.backups.selectionModel().selectionChanged.connect(self._show_details)
        set_style_property(form.place, "tone", "muted")
        set_style_property(form.restore, "variant", "primary")
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._connect()
        self.reload()

    @property
    def folder(self) -> Path:
        """Where the backups lie."""
        return backup_folder(self._desk.context.path, self._preferences.now)

    @property
    def chosen(self) -> Backup | None:
        """The backup the selection is on."""
        rows = self.form.backups.selectionModel().selectedRows()
        return self.backups[rows[0].row()] if rows else None

    def reload(self) -> None:
        """Read the list again; the selection stays where it was, or goes to the newest."""
        before = self.chosen.path if self.chosen else None
        try:
            self.backups = list_backups(self.folder)
        except EnvironmentProblem as problem:
            self.backups = ()
            self._say(str(problem), "bad")
        self._table.set_rows([table_row(each) for each in self.backups])
        places = [place for place, each in enumerate(self.backups) if each.path == before]
        if self.backups:
            self.form.backups.selectRow(places[0] if places else 0)
        self.form.place.setText(f"One a day while the book changes, in {self.folder}")
        self._show_details()

    def reject(self) -> None:
        """Close; while work is under way only ask it to stop, as its end has to be told."""
        if self.bar.is_busy:
            self.bar.cancel()
        else:
            super().reject()

    def back_up_now(self) -> None:
        """Make one more backup."""
        from retainerdesk.services.backups import Reason, make_backup

        context, settings = self._desk.context, self._preferences.now
        work = partial(make_backup, context.store, context.clock, Reason.BY_HAND, settings)
        self._run(work, self._note_made, "Backing up", self.back_up_now)

    def look_inside(self) -> None:
        """Show accounts and newest invoices of the chosen backup."""
        self._preview(self._show_preview, self.look_inside)

    def verify(self) -> None:
        """Open the chosen backup and check all of it."""
        if (backup := self.chosen) is not None:
            work = partial(verify_with, backup, self.keys.keys, self._desk.context.clock)
            self._run(work, self._note_verified, "Checking the backup", self.verify)

    def pin(self) -> None:
        """Keep the chosen backup for good, or let it go with the others again."""
        from retainerdesk.services.backups import pin_backup

        if (backup := self.chosen) is not None:
            pinned = not (backup.manifest is not None and backup.manifest.pinned)
            work = partial(in_a_moment, partial(pin_backup, backup, self._desk.context.clock, pinned=pinned))
            self._run(work, self._note_change, "Writing the note", self.pin)

    def delete(self) -> None:
        """Ask, and remove the chosen backup."""
        if (backup := self.chosen) is not None:
            text = f"Delete the backup {backup.name}? It cannot be brought back."
            self._ask(text, "Delete", self._delete)

    def restore(self) -> None:
        """Show what would be lost, ask, and put the chosen backup in the place of the book."""
        self._preview(self._ask_restore, self.restore)

    def restore_copy(self) -> None:
        """Restore the chosen backup as a book of its own."""
        if (backup := self.chosen) is not None:
            self.copy_asked.emit(backup.path)

    def open_folder(self) -> None:
        """Show the folder in the file manager of the system."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def change_folder(self) -> None:
        """Choose where backups go from now on, such as an external drive."""
        folder = self._chooser.folder(self, "Folder for backups")
        if folder is not None:
            self._preferences.change(backup_folder=str(folder))
            self.reload()
            self._say("From now on backups go there. Those of before stay where they are.", "good")

    def _connect(self) -> None:
        form = self.form
        for button, slot in (
            (form.back_up, self.back_up_now), (form.look_inside, self.look_inside),
            (form.verify, self.verify), (form.pin, self.pin), (form.delete_backup, self.delete),
            (form.restore, self.restore), (form.restore_copy, self.restore_copy),
            (form.open_folder, self.open_folder), (form.change_folder, self.change_folder),
            (form.close_dialog, self.reject),
        ):  # fmt: skip
            button.clicked.connect(slot)

    def _run(
        self, work: Work, done: Callable[[Any], object], title: str, again: Callable[[], object]
    ) -> None:
        """Do `work` on the chosen backup; `again` is what to do once its key is known."""
        if self.bar.is_busy:
            return
        self._say(f"{title}…", "muted")
        self._again = again
        self.bar.run(work, done, self._fail, title)
        self._enable()

    def _preview(self, done: Callable[[BackupPreview], object], again: Callable[[], object]) -> None:
        if (backup := self.chosen) is not None:
            work = partial(look_inside_with, backup, self.keys.keys, self._desk.context)
            self._run(work, done, "Looking inside", again)

    def _show_preview(self, found: BackupPreview) -> None:
        self._finish("")
        self.form.details.setPlainText(contents_words(found))

    def _ask_restore(self, found: BackupPreview) -> None:
        self._show_preview(found)
        text = (
            f"Put this backup in the place of the book?\n\n{found.difference}\n\n"
            "The present book is kept: a backup of it is made first."
        )
        self._ask(text, "Restore", self._restore)

    def _restore(self) -> None:
        from retainerdesk.services.upkeep import restore_open_book

        if (backup := self.chosen) is not None:
            work = partial(restore_open_book, self._desk.context, backup.path, self.keys.keys)
            self._run(work, self._note_restored, "Restoring", self._restore)

    def _delete(self) -> None:
        from retainerdesk.services.backups import delete_backup

        if (backup := self.chosen) is not None:
            work = partial(in_a_moment, partial(delete_backup, backup, self.backups))
            self._run(work, self._note_change, "Deleting", self._delete)

    def _ask(self, text: str, verb: str, deed: Callable[[], None]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "Backups", text, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(deed)
        box.open()

    def _note_made(self, made: Backup) -> None:
        self._finish(f"A verified backup was made: {made.name}.")

    def _note_verified(self, found: Backup) -> None:
        damage = found.manifest.damaged if found.manifest else ""
        self._finish(
            f"It cannot be used: {damage}" if damage else "It is sound.", "bad" if damage else "good"
        )

    def _note_change(self, _value: object) -> None:
        self._finish("")

    def _note_restored(self, done: Restored) -> None:
        self.keys.add(self._desk.context.store.file.key)
        self._desk.undo.clear()
        self._desk.bus.changed.emit(EVERYTHING)
        sentence = f"The backup is now the book, {done.words}. The book of before is the newest backup."
        self._finish(sentence)
        self.told.emit(sentence)

    def _finish(self, sentence: str, tone: str = "good") -> None:
        self.reload()
        self._say(sentence, tone)

    def _fail(self, error: Exception) -> None:
        self._finish("")
        if is_stopped(error):
            self._say(STOPPED, "muted")
        elif isinstance(error, KeyNeeded) and (backup := self.chosen) is not None:
            self.keys.ask(error, backup.path, "&Go on", self._again)
        elif isinstance(error, EnvironmentProblem | RuleViolation):
            self._say(str(error), "bad")
        else:
            show_problem(self, error)

    def _say(self, sentence: str, tone: str) -> None:
        set_style_property(self.form.said, "tone", tone)
        self.form.said.setText(sentence)

    def _show_details(self) -> None:
        chosen = self.chosen
        self.form.details.setPlainText(
            contents_words(chosen) if chosen else "No backup yet. The first is made soon after the start."
        )
        is_pinned = chosen is not None and chosen.manifest is not None and chosen.manifest.pinned
        self.form.pin.setText("Un&pin" if is_pinned else "&Pin")
        self._enable()

    def _enable(self) -> None:
        form, is_writable = self.form, not self._desk.context.store.read_only
        on_one = self.chosen is not None and not self.bar.is_busy
        for button in (form.look_inside, form.verify, form.pin, form.delete_backup, form.restore_copy):
            button.setEnabled(on_one)
        form.restore.setEnabled(on_one and is_writable)
        form.back_up.setEnabled(not self.bar.is_busy)
