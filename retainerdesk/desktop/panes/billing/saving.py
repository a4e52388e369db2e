"""Files of the register: PDFs into a folder, the list as CSV; written on the operations thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.panes.billing.issuing import save_pdfs
from retainerdesk.desktop.problems import show_problem
from retainerdesk.services.register import RegisterRow, save_register_csv

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress


class RegisterFiles(QObject):
    """Asks where to, and writes.

    Signals: `told(text)` when something was written.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, chooser: FileChooser, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._chooser = chooser
        self._window = window

    def save_pdfs(self, numbers: tuple[str, ...]) -> None:
        """Ask for a folder and write the PDFs of these documents there."""
        if not numbers:
            return
        folder = self._chooser.folder(self._window, "Save PDFs to folder")
        if folder is not None:
            work = partial(_save_pdfs, self._desk, numbers, folder)
            self._desk.runner.run(work, self._saved_pdfs, self._fail, "Saving PDFs")

    def export_csv(self, rows: tuple[RegisterRow, ...]) -> None:
        """Ask for a file and write these rows there."""
        name = f"register-{self._desk.today().isoformat()}.csv"
        place = self._chooser.save_file(self._window, "Export list as CSV", name, "CSV (*.csv)")
        if place is not None:
            work = partial(_save_csv, rows, place)
            self._desk.runner.run(work, self._saved_csv, self._fail, "Exporting the register")

    def _saved_pdfs(self, answer: tuple[int, Path]) -> None:
        count, folder = answer
        self.told.emit(f"{count} PDF{'s' * (count != 1)} saved in {folder}")

    def _saved_csv(self, answer: tuple[int, Path]) -> None:
        count, place = answer
        self.told.emit(f"{count} document{'s' * (count != 1)} exported to {place}")

    def _fail(self, error: BaseException) -> None:
        show_problem(self._window.window(), error)


def _save_pdfs(desk: Desk, numbers: tuple[str, ...], folder: Path, progress: Progress) -> tuple[int, Path]:
    return save_pdfs(desk, numbers, folder, progress), folder


def _save_csv(rows: tuple[RegisterRow, ...], place: Path, _progress: Progress) -> tuple[int, Path]:
    save_register_csv(rows, place)
    return len(rows), place
