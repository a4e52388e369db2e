"""Undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from retainerdesk.desktop.undo import UndoDesk


class EditActions(QObject):
    """What the Edit menu does."""

    def __init__(self, undo: UndoDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._undo = undo

    def undo(self) -> None:
        self._undo.undo()

    def redo(self) -> None:
        self._undo.redo()
