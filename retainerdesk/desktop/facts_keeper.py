"""Keeps the figures of accounts up to date beside the book while nobody waits for anything."""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from retainerdesk.desktop.desk import Desk

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.results import Changes

# The watcher looks first, and whoever opened the window does.
_FIRST_PAUSE_MS = 3000
_PAUSE_MS = 1500

_LOG = logging.getLogger(__name__)


class FactsKeeper(QObject):
    """Belongs to the GUI thread; works in short portions on the operations thread, and never before others.

    Signal: `settled()`, when it found none to add up (any more).
    """

    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_stopped = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)

    def start(self) -> None:
        """Begin, and go on after every change."""
        if not self._desk.context.store.read_only:
            self._desk.bus.changed.connect(self._hear)
            self._timer.start(_FIRST_PAUSE_MS)

    def stop(self) -> None:
        """Begin no more portions."""
        self._is_stopped = True
        self._timer.stop()

    def _hear(self, _changes: Changes) -> None:
        if not self._is_stopped:
            self._timer.start(_PAUSE_MS)

    def _work(self) -> None:
        if self._desk.runner.is_busy:
            self._timer.start(_PAUSE_MS)
            return
        portion = partial(_portion, self._desk.context, self._desk.today())
        self._desk.runner.run(portion, self._note, self._fail, "Adding up")

    def _note(self, count: int) -> None:
        if self._is_stopped:
            return
        if count:
            self._timer.start(0)
        else:
            self.settled.emit()

    def _fail(self, error: Exception) -> None:
        # Nothing is lost: what is not kept is computed when it is looked at.
        _LOG.warning("figures were not kept: %s", error)


def _portion(context: BookContext, today: date, progress: Progress) -> int:
    from retainerdesk.services.kept_facts import refresh_portion

    return refresh_portion(context.store, today, lambda: not progress.is_cancelled)
