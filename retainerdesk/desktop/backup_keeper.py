"""Makes the backup of the day and clears up while nobody waits; says what is risky about the book's place."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.context import BookContext

# Whoever opened the window has begun by then; whoever leaves it open over midnight gets the next one.
FIRST_PAUSE_MS = 20_000
PAUSE_MS = 3_600_000
_BUSY_PAUSE_MS = 5_000

_LOG = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Belongs to the GUI thread; the copy is made on the operations thread, and never before others.

    Signals: `warned(str)` when a backup could not be made, the same sentence once; `made()` after one was.
    """

    warned = Signal(str)
    made = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told = ""
        self._is_stopped = self._is_place_told = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.work)

    def start(self) -> None:
        """Begin after a while, and look again every hour."""
        self._timer.start(FIRST_PAUSE_MS)

    def stop(self) -> None:
        """Make no more backups."""
        self._is_stopped = True
        self._timer.stop()

    def work(self) -> None:
        """Make the backup of the day if it is due; later if something else is under way."""
        if self._is_stopped:
            return
        if self._desk.runner.is_busy:
            self._timer.start(_BUSY_PAUSE_MS)
            return
        self._timer.start(PAUSE_MS)
        self._desk.runner.run(partial(_back_up, self._desk.context), self._note, self._fail, "Backing up")

    def _note(self, done: tuple[bool, tuple[str, ...]]) -> None:
        is_made, warnings = done
        self._told = ""
        if is_made:
            self.made.emit()
        if warnings and not self._is_place_told and not self._is_stopped:
            self._is_place_told = True
            self.warned.emit(" ".join(warnings))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, EnvironmentProblem):
            _LOG.error("the backup of the day failed", exc_info=error)
        else:
            _LOG.warning("no backup of the day could be made")
        sentence = f"The backup of the day was not made. {error}"
        if sentence != self._told and not self._is_stopped:
            self._told = sentence
            self.warned.emit(sentence)


def _back_up(context: BookContext, _progress: Progress) -> tuple[bool, tuple[str, ...]]:
    from retainerdesk.services.backups import daily_backup
    from retainerdesk.services.place_warnings import place_warnings
    from retainerdesk.services.unfinished import clear_own_folders

    clear_own_folders(context)
    warnings = (*_settled(context), *place_warnings(context.path))
    return daily_backup(context) is not None, warnings


def _settled(context: BookContext) -> tuple[str, ...]:
    """Bring kept files into the form of the book's key; a sentence if it cannot, which stops nothing."""
    from retainerdesk.services.book_keys import Keys
    from retainerdesk.services.kept_forms import settle_files

    key = context.store.file.key
    try:
        settle_files(context, Keys([] if key is None else [key]).find)
    except EnvironmentProblem as problem:
        wanted = "in clear" if key is None else "encrypted"
        return (f"The files kept with the book are not all {wanted} yet: {problem}",)
    return ()
