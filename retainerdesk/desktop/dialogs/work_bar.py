"""How far the work of a dialog is, and its Cancel; hidden while there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.domain.stopping import Stopped, Stopping

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Operation, OperationRunner, Progress

STOPPED = "Stopped. Nothing was changed, and nothing is left of it."
_STOPPING = "Stopping…"

Work = Callable[[Stopping], object]


class WorkBar(QWidget):
    """One piece of work at a time, on the runner's thread. Whoever stops it gets Stopped as its failure."""

    def __init__(self, runner: OperationRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._operation: Operation | None = None
        self._done: Callable[[Any], object] = self._forget
        self._failed: Callable[[Any], object] = self._forget
        self.progress, self.cancel_button = QProgressBar(self), QPushButton(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(SPACING.small)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING.medium)
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        runner.progressed.connect(self._step)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._operation is not None

    def run(
        self, work: Work, done: Callable[[Any], object], failed: Callable[[Any], object], title: str
    ) -> None:
        """Do `work`, then `done(value)` or `failed(error)` in the GUI thread. One piece at a time."""
        assert self._operation is None
        self._done, self._failed = done, failed
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(title)
        self.cancel_button.setText("&Cancel")
        self.cancel_button.setEnabled(True)
        self.show()
        self._operation = self._runner.run(partial(_do, work), self._finish, self._fail, title)

    def cancel(self) -> None:
        """Ask the work to stop; its end still arrives."""
        if self._operation is not None:
            self.cancel_button.setText(_STOPPING)
            self.cancel_button.setEnabled(False)
            self._operation.cancel()

    def _step(self, done: int, total: int) -> None:
        if self._operation is not None:
            self.progress.setRange(0, total)
            self.progress.setValue(done)

    def _finish(self, value: object) -> None:
        self._end()
        self._done(value)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._failed(error)

    def _end(self) -> None:
        self._operation = None
        self.hide()

    def _forget(self, _value: object) -> None:
        """Nobody waits yet."""


def is_stopped(error: BaseException) -> bool:
    """Whether work ended because somebody stopped it."""
    return isinstance(error, Stopped)


def _do(work: Work, progress: Progress) -> object:
    return work(Stopping(progress.step))
