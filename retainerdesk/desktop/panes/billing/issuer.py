"""One thing at a time on the operations thread for a page that issues: busy, done, or failed in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.panes.billing.issuing import IssueAnswer
from retainerdesk.desktop.problems import show_problem
from retainerdesk.services.drafts import DraftRunResult
from retainerdesk.services.results import EVERYTHING, Outcome

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress

T = TypeVar("T")


class Issuer(QObject):
    """Begins what a page has chosen; a second press while that is under way does nothing.

    Signals: `turned()` when it became busy or idle without a result; `warned(tuple of sentences)` when
    something cannot be printed and nothing was issued yet; `issued(IssueResult)`; `kept(DraftRunResult)`;
    `done()` after either and after a failure, when the page has to be read anew.
    """

    turned = Signal()
    warned = Signal(object)
    issued = Signal(object)
    kept = Signal(object)
    done = Signal()

    def __init__(self, desk: Desk, page: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self.is_busy = False

    def issue(self, work: Callable[[Progress], IssueAnswer], title: str) -> None:
        """Issue what `work` says, for the worker."""
        self._begin(work, self._issued, title)

    def keep(self, work: Callable[[Progress], Outcome[DraftRunResult]], title: str) -> None:
        """Set aside as drafts what would be issued."""
        self._begin(work, self._kept, title)

    def _begin(self, work: Callable[[Progress], T], done: Callable[[T], object], title: str) -> None:
        if self.is_busy:
            return
        self.is_busy = True
        self.turned.emit()
        self._desk.runner.run(work, done, self._fail, title)

    def _issued(self, answer: IssueAnswer) -> None:
        self.is_busy = False
        if answer.outcome is None:
            self.turned.emit()
            self.warned.emit(answer.warnings)
            return
        self._desk.bus.changed.emit(answer.outcome.changes)
        self.issued.emit(answer.outcome.value)
        self.done.emit()

    def _kept(self, outcome: Outcome[DraftRunResult]) -> None:
        self.is_busy = False
        self._desk.bus.changed.emit(outcome.changes)
        self.kept.emit(outcome.value)
        self.done.emit()

    def _fail(self, error: BaseException) -> None:
        self.is_busy = False
        self.turned.emit()
        show_problem(self._page.window(), error)
        # Each document is kept by itself: those before the failure are there.
        self._desk.bus.changed.emit(EVERYTHING)
        self.done.emit()
