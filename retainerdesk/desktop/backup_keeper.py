"""Makes the backup of the day and clears up while nobody waits; says what is risky about the book's place."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import Stopped, Stopping

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.kept_forms import Settler

# Whoever opened the window has begun by then; whoever leaves it open over midnight gets the next one.
FIRST_PAUSE_MS = 20_000
PAUSE_MS = 3_600_000
_BUSY_PAUSE_MS = 5_000

_LOG = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Belongs to the GUI thread; the copy is made on the operations thread, and never before others.

    Signals: `warned(str)` when a backup could not be made, or the book's place is risky, or its files are
    not in the form they should be, each sentence once; `made()` after a backup was.
    """

    warned = Signal(str)
    made = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settler: Settler | None = None
        self._told = ""
        self._warnings_told: set[str] = set()
        self._is_stopped = False
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
        # Not at the start of the program: sealing takes a while to import.
        from retainerdesk.services.kept_forms import Settler

        self._settler = self._settler or Settler()
        work = partial(_back_up, self._desk.context, self._settler)
        self._desk.runner.run(work, self._note, self._fail, "Backing up")

    def _note(self, done: tuple[bool, tuple[str, ...]]) -> None:
        is_made, warnings = done
        self._told = ""
        if is_made:
            self.made.emit()
        fresh = [each for each in warnings if each not in self._warnings_told]
        if fresh and not self._is_stopped:
            self._warnings_told.update(fresh)
            self.warned.emit(" ".join(fresh))

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            # Somebody pressed Stop, who need not be told; the next hour goes on.
            return
        if not isinstance(error, EnvironmentProblem):
            _LOG.error("the backup of the day failed", exc_info=error)
        else:
            _LOG.warning("no backup of the day could be made")
        sentence = f"The backup of the day was not made. {error}"
        if sentence != self._told and not self._is_stopped:
            self._told = sentence
            self.warned.emit(sentence)


def _back_up(context: BookContext, settler: Settler, progress: Progress) -> tuple[bool, tuple[str, ...]]:
    from retainerdesk.services.backups import daily_backup
    from retainerdesk.services.place_warnings import place_warnings
    from retainerdesk.services.unfinished import clear_own_folders

    stopping = Stopping(progress.step)
    clear_own_folders(context)
    warnings = (*_settled(context, settler, stopping), *place_warnings(context.path))
    return daily_backup(context, stopping) is not None, warnings


def _settled(context: BookContext, settler: Settler, stopping: Stopping) -> tuple[str, ...]:
    """Bring kept files into the form of the book's key; a sentence if it cannot, which stops nothing."""
    from retainerdesk.services.book_keys import Keys

    key = context.store.file.key
    wanted = "in clear" if key is None else "encrypted"
    try:
        left = settler.settle(context, Keys([] if key is None else [key]).find, stopping)
    except EnvironmentProblem as problem:
        return (f"The files kept with the book are not all {wanted} yet: {problem}",)
    if not left:
        return ()
    files = "One file" if left == 1 else f"{left} files"
    sentence = (
        f"{files} kept with the book could not be brought into its form ({wanted}): damaged, or sealed "
    )
    return (f"{sentence}with a key that is not known here. Check the book names them.",)
