"""Undo and redo of edits. Issued documents are never undone, but corrected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.results import Changes

Step = Callable[[], Changes]

_MOST_STEPS = 100


class UndoDesk(QObject):
    """The edits of this session, newest on top.

    Steps write through `Desk.write`, which tells the bus; nothing is told here a second time.
    Signals: `failed(error)` when an undo or redo was refused (that edit is then forgotten);
    `state_changed()` when what can be undone or redone is another.
    """

    failed = Signal(object)
    state_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_MOST_STEPS)
        self._stack.indexChanged.connect(self._tell_state)

    def do(self, text: str, forward: Step, backward: Step) -> Changes:
        """Run `forward` now and remember how to take it back; `text` names the edit in the menu ("note").

        What `forward` raises goes to the caller, and nothing is remembered.
        """
        changes = forward()
        self._stack.push(_Edit(self, text, forward, backward))
        return changes

    def undo(self) -> None:
        """Take the newest edit back."""
        self._stack.undo()

    def redo(self) -> None:
        """Do the edit that was taken back last once more."""
        self._stack.redo()

    @property
    def undo_text(self) -> str:
        """What `undo` would take back; empty if there is nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What `redo` would do again; empty if there is nothing."""
        return self._stack.redoText()

    @property
    def can_undo(self) -> bool:
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        return self._stack.canRedo()

    def clear(self) -> None:
        """Forget every edit, after something that cannot be taken back step by step."""
        self._stack.clear()

    def _tell_state(self, _index: int) -> None:
        self.state_changed.emit()


class _Edit(QUndoCommand):
    """One edit. Pushing it runs its redo, which then has been done already."""

    def __init__(self, desk: UndoDesk, text: str, forward: Step, backward: Step) -> None:
        super().__init__(text)
        self._desk = desk
        self._forward = forward
        self._backward = backward
        self._is_done = True

    def redo(self) -> None:
        if self._is_done:
            self._is_done = False
            return
        self._run(self._forward)

    def undo(self) -> None:
        self._run(self._backward)

    def _run(self, step: Step) -> None:
        # Qt calls this and cannot pass an exception on. Obsolete: Qt drops the edit from the stack.
        try:
            step()
        except (RuleViolation, EnvironmentProblem) as error:
            self.setObsolete(True)
            self._desk.failed.emit(error)
        except BaseException:
            self.setObsolete(True)
            raise
