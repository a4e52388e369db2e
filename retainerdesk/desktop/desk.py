"""What every pane and dialog is given: the open book and the ways to read it, change it and work on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from retainerdesk.desktop.change_bus import ChangeBus
from retainerdesk.desktop.operation_runner import OperationRunner
from retainerdesk.desktop.undo import UndoDesk
from retainerdesk.services.results import Outcome

if TYPE_CHECKING:
    from retainerdesk.services.context import BookContext
    from retainerdesk.services.units import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Desk(QObject):
    """One open book on the screen. Belongs to the GUI thread; errors of services go through.

    `bus` tells changes, `runner` does long work on its one thread, `undo` remembers edits.
    """

    def __init__(self, context: BookContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.bus = ChangeBus(self)
        self.runner = OperationRunner(self)
        self.undo = UndoDesk(self)

    def today(self) -> date:
        """The business date: today in the time zone of the book."""
        return self.context.today()

    def read(self, fn: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of `fn(uow, *args)` in a reading unit of its own. Small, bounded reads only."""
        with self.context.store.reading() as uow:
            return fn(uow, *args, **kwargs)

    def write(
        self, fn: Callable[Concatenate[UnitOfWork, P], Outcome[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Run `fn(uow, *args)`, commit, and tell the bus what changed. On an error nothing is kept."""
        with self.context.store.writing() as uow:
            outcome = fn(uow, *args, **kwargs)
            uow.commit()
        self.bus.changed.emit(outcome.changes)
        return outcome

    def close(self) -> None:
        """Stop the work under way and give the book back."""
        self.runner.stop()
        self.undo.clear()
        self.context.store.close()
