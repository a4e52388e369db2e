"""A file to keep with an account: chosen or dropped, with a name and a day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill_retainers
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.file_choice import FileChooser, SystemFileChooser, dropped_files
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.forms.ui_attach_dialog import Ui_AttachDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.work import DocumentFile
from retainerdesk.services.rows import new_row_id


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on disk and how it is to be listed; its content is copied when it is kept."""

    source: Path
    document: DocumentFile


class AttachDialog(FormDialog):
    """Collects an Attachment; `source` is a file that was dropped elsewhere already."""

    def __init__(
        self,
        context: EntryContext,
        source: Path | None = None,
        parent: QWidget | None = None,
        chooser: FileChooser | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_AttachDialog()
        self.form.setupUi(self)
        form = self.form
        self._account_id = context.account.id
        self._id = new_row_id("d")
        self._chooser: FileChooser = chooser or SystemFileChooser()
        form.on.set_day(context.today)
        fill_retainers(form.retainer_id, context.retainers, None)
        form.choose.clicked.connect(self.choose_file)
        self.setAcceptDrops(True)
        self.setWindowTitle(f"Attach a file to {in_sentence(context.account.name)}")
        self.prepare(
            form.buttons, "&Attach", form.source, file=form.source, name=form.name, text=form.name, on=form.on
        )
        if source is not None:
            self.show_file(source)

    def choose_file(self) -> None:
        """Ask which file is meant."""
        chosen = self._chooser.open_files(self, "Attach file", "All files (*)")
        if chosen:
            self.show_file(chosen[0])

    def show_file(self, source: Path) -> None:
        """Take this file and suggest its own name."""
        self.form.source.setText(str(source))
        self.form.name.setText(source.name)
        self.form.name.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(dropped_files(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_file(dropped_files(event.mimeData())[0])
        event.acceptProposedAction()

    def value(self) -> Attachment:
        form = self.form
        typed = form.source.text().strip()
        if not typed:
            raise RuleViolation("document.file", "Choose the file to attach, or drop it here.", "file")
        source = Path(typed)
        name = form.name.text().strip() or source.name
        retainer_id = form.retainer_id.currentData()
        # What the content is, the service finds out when it keeps the file.
        document = DocumentFile(self._account_id, self._id, form.on.day, name, "", retainer_id)
        return Attachment(source, document)
