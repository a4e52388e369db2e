"""A book that cannot be opened: why, its backups, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from retainerdesk.desktop.backup_words import COLUMNS, contents_words, table_row
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_choices
from retainerdesk.desktop.dialogs.work_bar import WorkBar
from retainerdesk.desktop.forms.ui_trouble_dialog import Ui_TroubleDialog
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import OperationRunner
    from retainerdesk.services.backups import Backup
    from retainerdesk.services.book_trouble import BookTrouble

_COLUMNS = tuple(TextColumn(each, is_editable=False, is_figure=each == "Size") for each in COLUMNS)
NO_BACKUPS = "There is no backup of it in the folder of backups. One may lie elsewhere: Restore a file."


class TroubleDialog(QDialog):
    """Shows a BookTrouble. Whoever made it does what is asked for.

    Signals: `retried()`, `begun()`, `looked()`, `other_asked()`, `file_asked()`, `restore_asked()`,
    `given_up()` when it is left.
    """

    retried = Signal()
    begun = Signal()
    looked = Signal()
    other_asked = Signal()
    file_asked = Signal()
    restore_asked = Signal()
    given_up = Signal()

    def __init__(
        self, trouble: BookTrouble, backups: tuple[Backup, ...], runner: OperationRunner,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.form = Ui_TroubleDialog()
        self.form.setupUi(self)
        self.backups = backups
        self.bar = WorkBar(runner, self)
        self._trouble = trouble
        self._table = TextTable(_COLUMNS, [table_row(each) for each in backups])
        self._show_trouble(trouble)
        self._show_backups()
        self._connect()
        self.show_busy(is_busy=False)

    @property
    def chosen(self) -> Backup | None:
        """The backup the selection is on."""
        rows = self.form.backups.selectionModel().selectedRows()
        return self.backups[rows[0].row()] if rows else None

    def say(self, sentence: str, tone: str) -> None:
        """Say how something went."""
        set_style_property(self.form.said, "tone", tone)
        self.form.said.setText(sentence)
        self.form.said.setAccessibleName(sentence)

    def show_text(self, text: str) -> None:
        """Show what was found, beside the list."""
        self.form.details.setPlainText(text)
        self.form.details.show()

    def show_busy(self, *, is_busy: bool) -> None:
        """Offer nothing else while work is under way."""
        form = self.form
        for button in (form.retry, form.begin, form.look, form.other, form.restore_file):
            button.setEnabled(not is_busy)
        form.restore.setEnabled(not is_busy and self.chosen is not None)

    def reject(self) -> None:
        """Quit; while work is under way only stop that."""
        if self.bar.is_busy:
            self.bar.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self.bar.is_busy:
            self.given_up.emit()

    def _show_trouble(self, trouble: BookTrouble) -> None:
        form = self.form
        self.setWindowTitle(f"RetainerDesk · {trouble.place.name}")
        form.heading.setFont(role_font("title"))
        form.heading.setText(trouble.heading)
        form.place.setText(str(trouble.place))
        form.why.setText(bearable(trouble.sentence))
        form.way_out.setText(bearable(trouble.way_out))
        form.way_out.setVisible(bool(trouble.way_out))
        for label, tone in ((form.place, "muted"), (form.why, "text"), (form.way_out, "text")):
            set_style_property(label, "tone", tone)
        form.list_label.setFont(role_font("strong"))
        form.look.setVisible(trouble.can_look)
        form.begin.setVisible(trouble.can_begin)
        form.retry.setText("Enter the &phrase…" if trouble.needs_phrase else "&Try again")
        form.restore.setText("&Restore…" if trouble.can_restore else "&Restore elsewhere…")

    def _show_backups(self) -> None:
        form = self.form
        form.column.insertWidget(form.column.indexOf(form.said) + 1, self.bar)
        show_choices(form.backups, self._table)
        form.backups.selectionModel().selectionChanged.connect(self._show_details)
        has_some = bool(self.backups)
        form.backups.setVisible(has_some)
        form.details.setVisible(has_some)
        form.restore.setVisible(has_some)
        form.column.setStretchFactor(form.halves, 1 if has_some else 0)
        form.list_label.setText("Its backups" if has_some else NO_BACKUPS)
        if has_some:
            form.backups.selectRow(0)

    def _connect(self) -> None:
        form = self.form
        for button, signal in (
            (form.retry, self.retried), (form.begin, self.begun), (form.look, self.looked),
            (form.other, self.other_asked), (form.restore_file, self.file_asked),
            (form.restore, self.restore_asked),
        ):  # fmt: skip
            button.clicked.connect(signal)
        form.quit.clicked.connect(self.reject)
        self.rejected.connect(self.given_up)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
        best = form.restore if self.backups else form.retry
        set_style_property(best, "variant", "primary")
        best.setFocus()

    def _show_details(self) -> None:
        if (chosen := self.chosen) is not None:
            self.form.details.setPlainText(contents_words(chosen))
