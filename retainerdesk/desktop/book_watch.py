"""Looks at the book by itself: its pages after every start, everything once a week."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from datetime import date

    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.operation_runner import Operation, Progress
    from retainerdesk.services.context import BookContext

# Whoever starts the program wants to do something first.
FIRST_PAUSE_MS = 60_000
_NEXT_PAUSE_MS = 15_000

_LOG = logging.getLogger(__name__)


class BookWatch(QObject):
    """Belongs to the GUI thread; works on the operations thread once, when nothing else is to do there.

    Signals: `found(sentence, how_many)` with the first finding, if there is any.
    """

    found = Signal(str, int)
    finished = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._operation: Operation | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)

    def start(self, pause_ms: int = FIRST_PAUSE_MS) -> None:
        """Look when a while has passed and nothing else is under way."""
        self._timer.start(pause_ms)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        if self._operation is not None:
            self._operation.drop()
            self._operation.cancel()

    def _work(self) -> None:
        if self._desk.runner.is_busy:
            self._timer.start(_NEXT_PAUSE_MS)
            return
        work = partial(_look, self._desk.context, self._desk.today())
        self._operation = self._desk.runner.run(work, self._show, self._fail, "Checking the book")

    def _show(self, findings: tuple[str, ...]) -> None:
        self._operation = None
        if findings:
            _LOG.warning("the book is not sound: %d findings", len(findings))
            self.found.emit(findings[0], len(findings))
        self.finished.emit()

    def _fail(self, error: Exception) -> None:
        """Somebody else holds the book, or it is gone: whoever works with it is told then."""
        self._operation = None
        _LOG.warning("the book could not be checked: %s", error)
        self.finished.emit()


def _look(context: BookContext, today: date, progress: Progress) -> tuple[str, ...]:
    from retainerdesk.services.integrity import check_pages, is_check_due, run_check

    if findings := check_pages(context.store):
        return findings
    with context.store.reading() as uow:
        is_due = is_check_due(uow, today)
    return run_check(context.store, context.files, today, progress.step).findings if is_due else ()
