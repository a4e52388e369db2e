"""The dunning run: all letters that are due, created into a folder with progress, or left for later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableView, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.forms.ui_dunning_run_dialog import Ui_DunningRunDialog
from retainerdesk.desktop.models.letter_list_model import LetterColumn, LetterListModel
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.services.dunning_run import DunningResult, ProposedLetter, send_letters

if TYPE_CHECKING:
    from pathlib import Path

    from retainerdesk.desktop.operation_runner import Operation, Progress
    from retainerdesk.services.results import Outcome

_WIDTHS = {LetterColumn.STEP: 120, LetterColumn.DOCUMENTS: 190, LetterColumn.ASKS: 120}


class DunningRunDialog(QDialog):
    """Runs on the operations thread; closing it, or Cancel, stops after the letter under way.

    Signals: `done_with(Outcome of DunningResult)` after a run, also a stopped one.
    """

    done_with = Signal(object)

    def __init__(
        self,
        desk: Desk,
        proposed: Sequence[ProposedLetter],
        chooser: FileChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Ui_DunningRunDialog()
        self.form.setupUi(self)
        self._desk, self._chooser = desk, chooser
        self._running: Operation | None = None
        self.model = LetterListModel(proposed, self)
        self._prepare_table(self.form.letters)
        form = self.form
        self.begin = form.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.begin.setText("&Create letters…")
        set_style_property(self.begin, "variant", "primary")
        set_style_property(form.note, "tone", "muted")
        form.progress.setVisible(False)
        form.what.setText(
            "Each letter is written as a PDF into a folder you choose and marked as sent today; sending it is"
            " up to you. Take a tick off to leave a letter for later."
        )
        desk.runner.progressed.connect(self._show_progress)
        form.buttons.accepted.connect(self._begin)
        form.buttons.rejected.connect(self.reject)
        self.model.dataChanged.connect(self._count)
        self._count()

    def _prepare_table(self, view: QTableView) -> None:
        prepare_view(view, framed=True)
        view.setModel(self.model)
        view.setAccessibleDescription("Space takes the tick off or sets it again")
        header = view.horizontalHeader()
        header.setSectionResizeMode(LetterColumn.CREATE, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        if self.model.rowCount():
            view.setCurrentIndex(self.model.index(0, 0))

    def _count(self) -> None:
        count, total = len(self.model.chosen), self.model.rowCount()
        self.begin.setEnabled(count > 0 and self._running is None)
        self.form.note.setText(f"{count} of {total} letters will be created")

    def _begin(self) -> None:
        folder = self._chooser.folder(self, "Create letters in folder")
        if folder is None:
            return
        self.form.letters.setEnabled(False)
        self.form.progress.setVisible(True)
        work = partial(_send, self._desk, self.model.chosen, folder)
        self._running = self._desk.runner.run(work, self._take, self._fail, "Writing letters")
        self.begin.setEnabled(False)

    def _show_progress(self, done: int, total: int) -> None:
        if self._running is not None:
            self.form.progress.setRange(0, total)
            self.form.progress.setValue(done)

    def _take(self, outcome: Outcome[DunningResult]) -> None:
        self._running = None
        self.done_with.emit(outcome)
        self.form.progress.setVisible(False)
        self.form.note.setText(result_words(outcome.value))
        if not outcome.value.parked:
            self.accept()

    def _fail(self, error: BaseException) -> None:
        self._running = None
        self.form.progress.setVisible(False)
        self.form.letters.setEnabled(True)
        self._count()
        show_problem(self, error)

    def reject(self) -> None:
        """Stop a run under way, its result still arrives; otherwise close."""
        if self._running is not None:
            self._running.cancel()
            return
        super().reject()


def result_words(result: DunningResult) -> str:
    """What a run did, and whom it left alone and why."""
    count = len(result.sent)
    words = f"{count} letter{'s' * (count != 1)} created and marked as sent"
    if result.cancelled:
        words += "; stopped before the end"
    parked = [f"{in_sentence(name)}: {house_style(reason)}" for name, reason in result.parked]
    return "\n".join([f"{words}.", *parked])


def _send(
    desk: Desk, letters: Sequence[ProposedLetter], folder: Path, progress: Progress
) -> Outcome[DunningResult]:
    context = desk.context
    return send_letters(context.store, letters, context.files, folder, desk.today(), progress.step)
