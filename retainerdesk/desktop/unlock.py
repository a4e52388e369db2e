"""From an encrypted book without its key to an open one: the keyring first, then the recovery phrase.

The keyring may wait for the person, so it is asked on a thread of its own, and the phrase can be entered
meanwhile. A keyring that answers at once opens the book without any question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
from retainerdesk.desktop.side_calls import SideCalls
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.book_keys import Keys, keep_key, read_phrase

if TYPE_CHECKING:
    from retainerdesk.domain.book_key import BookKey
    from retainerdesk.domain.errors import KeyNeeded
    from retainerdesk.services.context import BookContext

Reopen = Callable[["BookKey"], "BookContext"]

_PATIENCE_MS = 300
WIPED = (
    "The keyring of this computer has no key for it: this is a new computer, or the keyring was emptied. "
    "Enter the recovery phrase you wrote down."
)


class Unlock(QObject):
    """Belongs to the GUI thread. `begin` it; it ends with one of the signals.

    Signals: `opened()`, the book is in `context`; `given_up()`, the person quit; `failed(problem)`, the key
    is right and the book cannot be opened all the same, or, a KeyNeeded, something else is wanted.
    """

    opened = Signal()
    given_up = Signal()
    failed = Signal(object)

    def __init__(self, needed: KeyNeeded, book: Path, reopen: Reopen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context: BookContext | None = None
        self.dialog = UnlockDialog(book)
        self._calls = SideCalls(self)
        self._needed, self._sign = needed, needed.sign
        self._reopen = reopen
        self._keep = self._is_over = False
        self.dialog.phrase_entered.connect(self._read)
        self.dialog.retried.connect(self._look)
        self.dialog.given_up.connect(self._give_up)
        self.dialog.other_asked.connect(self._ask_for_other)

    def begin(self) -> None:
        """Ask the keyring; the dialog comes up if that takes long or does not help."""
        self._look()
        QTimer.singleShot(_PATIENCE_MS, self, self._show)

    def bring_up(self, _arguments: object = None) -> None:
        """Show the dialog over other windows: the program was started once more."""
        self._show()
        self.dialog.setWindowState(self.dialog.windowState() & ~Qt.WindowState.WindowMinimized)
        self.dialog.raise_()
        self.dialog.activateWindow()

    def end(self) -> None:
        """Leave nothing behind; a keyring that still waits is left to itself."""
        self._is_over = True
        self.dialog.hide()
        self.dialog.deleteLater()

    def _look(self) -> None:
        self.dialog.show_searching()
        self._calls.call(partial(_search, self._sign), self._take_found, self._fail)

    def _take_found(self, keys: Keys) -> None:
        if self._is_over:
            return
        found = keys.find(self._sign) if keys.trouble is None else None
        if found is not None:
            self._open(found)
            return
        self.dialog.ask(str(keys.trouble) if keys.trouble else WIPED, can_keep=keys.trouble is None)
        self._show()

    def _show(self) -> None:
        if not self._is_over and not self.dialog.isVisible():
            self.dialog.show()

    def _read(self, text: str, keep: bool) -> None:
        self._keep = keep
        self._calls.call(partial(read_phrase, text, self._sign), self._take_read, self._fail)

    def _take_read(self, key: BookKey) -> None:
        if self._keep:
            self._calls.call(partial(_keep, key), self._take_kept, self._fail)
        else:
            self._open(key)

    def _take_kept(self, key: BookKey) -> None:
        self._open(key)

    def _open(self, key: BookKey) -> None:
        if self._is_over:
            return
        try:
            self.context = self._reopen(key)
        except EnvironmentProblem as problem:
            self.failed.emit(problem)
        else:
            self.opened.emit()

    def _fail(self, error: Exception) -> None:
        if self._is_over:
            return
        if isinstance(error, RuleViolation | EnvironmentProblem):
            self._show()
            self.dialog.refuse(str(error))
        else:
            self.failed.emit(error)

    def _ask_for_other(self) -> None:
        if not self._is_over:
            self.failed.emit(self._needed)

    def _give_up(self) -> None:
        if not self._is_over:
            self.given_up.emit()


class UnlockWait(QObject):
    """Runs an `Unlock` to its end in an event loop of its own."""

    def __init__(self, unlock: Unlock) -> None:
        super().__init__()
        self._unlock = unlock
        self._loop = QEventLoop()
        self._error: Exception | None = None
        unlock.opened.connect(self.leave)
        unlock.given_up.connect(self.leave)
        unlock.failed.connect(self._note)

    def context(self) -> BookContext | None:
        """The open book; None if the person gave up. Raises what kept the book from opening."""
        self._unlock.begin()
        self._loop.exec()
        self._unlock.end()
        if self._error is not None:
            raise self._error
        return self._unlock.context

    def leave(self) -> None:
        """Wait no longer."""
        self._loop.quit()

    def _note(self, error: Exception) -> None:
        self._error = error
        self.leave()


def _search(sign: bytes) -> Keys:
    keys = Keys()
    keys.find(sign)
    return keys


def _keep(key: BookKey) -> BookKey:
    keep_key(key)
    return key
