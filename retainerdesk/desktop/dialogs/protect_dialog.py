"""Protect this book: its state, turning encryption on with the steps of the phrase, a new key, and off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QWidget

from retainerdesk.desktop.forms.ui_protect_dialog import Ui_ProtectDialog
from retainerdesk.desktop.problems import problem_text
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.text import DataLabel, data_label, role_font
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import Stopped, Stopping
from retainerdesk.services.backups import Reason, backup_if_changed
from retainerdesk.services.book_keys import (
    PHRASE_WORDS,
    decrypt_book,
    encrypt_book,
    left_in_clear,
    new_key,
    phrase_of,
    places_to_check,
    wrong_places,
)

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.book_keys import BookKey, KeyChange

_COLUMNS = 4
_MOST_NAMED = 3
ON = "This book is encrypted"
OFF = "This book is not encrypted"
ON_TEXT = (
    "Whoever gets the file reads nothing in it. Its key is in the keyring of this computer, if it has one; "
    "without it, or on another computer, the recovery phrase opens the book. Attached files, letters and "
    "backups are encrypted with the same key."
)
OFF_TEXT = (
    "Whoever gets the file, or a backup of it, can read it. Encrypted, it opens by itself on this computer, "
    "with a key in the keyring, and elsewhere with a recovery phrase of 24 words that you write down now."
)
_STOPPED = "Stopped. Nothing was changed."
STAYS = "Exports and PDFs stay readable, and so do backups made before."


class ProtectDialog(QDialog):
    """Works on the operations thread; while that lasts the dialog stays.

    Signals: `changed(is_encrypted, sentence)` when the book was written anew.
    """

    changed = Signal(bool, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key: BookKey | None = None
        self._words: tuple[str, ...] = ()
        self._places: tuple[int, ...] = ()
        self._is_busy = False
        self.form = Ui_ProtectDialog()
        self.form.setupUi(self)
        self._labels = self._make_labels()
        self._dress()
        self._connect()
        self._show_state()

    def reject(self) -> None:
        if not self._is_busy:
            super().reject()

    def _dress(self) -> None:
        form = self.form
        for heading in (form.state_heading, form.phrase_heading, form.check_heading, form.off_heading):
            heading.setFont(role_font("title"))
        for text in (form.state_text, form.phrase_text, form.check_text, form.off_text):
            set_style_property(text, "tone", "muted")
        for problem in (form.check_problem, form.off_problem):
            set_style_property(problem, "tone", "bad")
            problem.hide()
        set_style_property(form.state_clear, "tone", "warn")
        for button in (form.turn_on, form.written, form.encrypt):
            set_style_property(button, "variant", "primary")
        set_style_property(form.decrypt, "variant", "danger")

    def _connect(self) -> None:
        form = self.form
        form.close.clicked.connect(self.reject)
        form.turn_on.clicked.connect(self._show_phrase)
        form.turn_off.clicked.connect(self._show_off)
        form.phrase_cancel.clicked.connect(self._show_state)
        form.off_cancel.clicked.connect(self._show_state)
        form.written.clicked.connect(self._show_check)
        form.back.clicked.connect(self._show_words)
        form.encrypt.clicked.connect(self._encrypt)
        form.decrypt.clicked.connect(self._decrypt)

    def _show_state(self) -> None:
        form, is_on = self.form, self._desk.context.store.is_encrypted
        self._key, self._words = None, ()
        self._fill_words()
        form.state_heading.setText(ON if is_on else OFF)
        form.state_text.setText(ON_TEXT if is_on else OFF_TEXT)
        form.state_clear.setText(self._clear_words() if is_on else "")
        form.turn_on.setText("&New key…" if is_on else "Turn &on…")
        form.turn_off.setVisible(is_on)
        can_change = not self._desk.context.store.read_only
        form.turn_on.setEnabled(can_change)
        form.turn_off.setEnabled(can_change)
        self._turn_to(form.state_page, form.turn_on)

    def _clear_words(self) -> str:
        left = left_in_clear(self._desk.context.store.path)
        return "\n".join([STAYS, *(f"Still in clear: {path}" for path in left)])

    def _show_phrase(self) -> None:
        self._key = new_key()
        self._words = phrase_of(self._key)
        self._fill_words()
        self._show_words()

    def _show_words(self) -> None:
        self._turn_to(self.form.phrase_page, self.form.written)

    def _fill_words(self) -> None:
        """Nothing of a phrase stays behind: the same labels are emptied when its page is left."""
        for number, label in enumerate(self._labels):
            label.set_text(f"{number + 1}  {self._words[number]}" if self._words else "")

    def _make_labels(self) -> tuple[DataLabel, ...]:
        grid = QGridLayout(self.form.words)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(SPACING.small)
        labels = tuple(data_label("", "strong") for _ in range(PHRASE_WORDS))
        rows = PHRASE_WORDS // _COLUMNS
        for number, label in enumerate(labels):
            grid.addWidget(label, number % rows, number // rows)
        return labels

    def _show_check(self) -> None:
        form = self.form
        self._places = places_to_check()
        labels = (form.first_label, form.second_label, form.third_label)
        for place, label, field in zip(self._places, labels, self._fields, strict=True):
            label.setText(f"Word &{place + 1}")
            field.setAccessibleName(f"Word {place + 1}")
            field.clear()
        form.check_problem.hide()
        form.forget_old.setVisible(self._desk.context.store.is_encrypted)
        form.forget_old.setChecked(False)
        self._turn_to(form.check_page, form.encrypt)
        form.first.setFocus()

    @property
    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        return (self.form.first, self.form.second, self.form.third)

    def _encrypt(self) -> None:
        asked = [self._words[place] for place in self._places]
        wrong = wrong_places(asked, [field.text() for field in self._fields])
        if wrong:
            self._complain(self.form.check_problem, _wrong_words([self._places[each] + 1 for each in wrong]))
            self._fields[wrong[0]].setFocus()
            return
        assert self._key is not None
        work = partial(_encrypt, self._desk, self._key, forget_old=self.form.forget_old.isChecked())
        self._run(work, self._note_encrypted, "Encrypting the book")

    def _decrypt(self) -> None:
        work = partial(_decrypt, self._desk, forget_old=self.form.forget_key.isChecked())
        self._run(work, self._note_decrypted, "Writing the book in clear")

    def _show_off(self) -> None:
        self.form.off_problem.hide()
        self.form.forget_key.setChecked(False)
        self._turn_to(self.form.off_page, self.form.off_cancel)

    def _run(self, work: object, done: object, title: str) -> None:
        self._set_busy(is_busy=True)
        self._desk.runner.run(work, done, self._fail, title)  # type: ignore[arg-type]

    def _note_encrypted(self, change: KeyChange) -> None:
        where = "Its key is in the keyring of this computer."
        if not change.is_in_keyring:
            where = f"{change.note} The recovery phrase is asked for at each start."
        self._finish(f"The book is encrypted. {where}{_left_words(change)}", is_encrypted=True)

    def _note_decrypted(self, change: KeyChange) -> None:
        self._finish(f"The book is in clear now.{_left_words(change)}", is_encrypted=False)

    def _finish(self, sentence: str, *, is_encrypted: bool) -> None:
        self._set_busy(is_busy=False)
        self._show_state()
        self.changed.emit(is_encrypted, sentence)

    def _fail(self, error: Exception) -> None:
        from retainerdesk.desktop.problems import show_problem

        self._set_busy(is_busy=False)
        if not isinstance(error, EnvironmentProblem | Stopped):
            show_problem(self, error)
            return
        is_off = self.form.pages.currentWidget() is self.form.off_page
        sentence = _STOPPED if isinstance(error, Stopped) else problem_text(error)
        self._complain(self.form.off_problem if is_off else self.form.check_problem, sentence)

    def _complain(self, label: QLabel, sentence: str) -> None:
        label.setText(sentence)
        label.setAccessibleName(sentence)
        label.show()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.form.pages.setEnabled(not is_busy)

    def _turn_to(self, page: QWidget, button: QWidget) -> None:
        self.form.pages.setCurrentWidget(page)
        button.setFocus()


def _wrong_words(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return (
            f"Word {numbers[0]} is not the one that was shown. Look at your sheet, or go back to the words."
        )
    places = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    return f"Words {places} are not those that were shown. Look at your sheet, or go back to the words."


def _left_words(change: KeyChange) -> str:
    if not change.still_sealed:
        return ""
    names = ", ".join(path.name[:12] + "…" for path in change.still_sealed[:_MOST_NAMED])
    count = len(change.still_sealed)
    left = "One attached file is" if count == 1 else f"{count} attached files are"
    return f" {left} still sealed with the key of before, which stays in the keyring: {names}."


def _encrypt(desk: Desk, key: BookKey, progress: Progress, *, forget_old: bool) -> KeyChange:
    backup_if_changed(desk.context, Reason.BEFORE_KEY_CHANGE)
    stopping = Stopping(progress.step)
    return encrypt_book(desk.context.store, key, forget_old=forget_old, stopping=stopping)


def _decrypt(desk: Desk, progress: Progress, *, forget_old: bool) -> KeyChange:
    backup_if_changed(desk.context, Reason.BEFORE_KEY_CHANGE)
    return decrypt_book(desk.context.store, forget_old=forget_old, stopping=Stopping(progress.step))
