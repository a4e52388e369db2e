"""The keys that open backups: the book's own, those of the keyring, and phrases that are typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
from retainerdesk.desktop.side_calls import SideCalls
from retainerdesk.services.book_keys import Keys, keep_key, read_phrase

if TYPE_CHECKING:
    from retainerdesk.domain.book_key import BookKey
    from retainerdesk.domain.errors import KeyNeeded


class BackupKeys(QObject):
    """Asks for the phrase of a backup whose key nobody here knows, over `window`; `keys` are known."""

    def __init__(self, own: BookKey | None, window: QWidget, keys: Keys | None = None) -> None:
        super().__init__(window)
        self.keys = keys if keys is not None else Keys()
        self.add(own)
        self.dialog: UnlockDialog | None = None
        self._window = window
        self._calls = SideCalls(self)
        self._again: Callable[[], object] | None = None

    def add(self, key: BookKey | None) -> None:
        """Know the key the book has by now, too."""
        if key is not None:
            self.keys.add(key)

    def ask(
        self, needed: KeyNeeded, backup: Path, verb: str, again: Callable[[], object], *,
        is_for_good: bool = False,
    ) -> None:  # fmt: skip
        """Ask for the phrase of `backup`, and do `again` what needed it. `verb` is on the button.

        With `is_for_good` it becomes the key of the book: the keyring may take it, if it works.
        """
        self._again = again
        dialog = UnlockDialog(backup, self._window)
        dialog.ask_for_backup(
            "It was made with a key that is not in the keyring of this computer. Enter the recovery phrase "
            "of its time; each new key has a phrase of its own.",
            verb,
            can_keep=is_for_good and self.keys.trouble is None,
        )
        dialog.phrase_entered.connect(partial(self._read, needed.sign))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _read(self, sign: bytes, text: str, keep: bool) -> None:
        self._calls.call(partial(_key_of, text, sign, keep=keep), self._take, self._refuse)

    def _take(self, key: BookKey) -> None:
        self.keys.add(key)
        again, dialog = self._again, self.dialog
        if dialog is not None:
            dialog.accept()
            if again is not None:
                again()

    def _refuse(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.refuse(str(error))

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


def _key_of(text: str, sign: bytes, *, keep: bool) -> BookKey:
    key = read_phrase(text, sign)
    if keep:
        keep_key(key)
    return key
