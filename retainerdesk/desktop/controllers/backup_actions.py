"""File ▸ Backups, Move to another machine, and Open a moved book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.backups_dialog import BackupsDialog
    from retainerdesk.desktop.dialogs.move_dialog import MoveDialog
    from retainerdesk.desktop.preferences import Preferences


class BackupActions(QObject):
    """Opens the dialogs about backups.

    Signals: `told(text)` when something was done; `copy_asked(Path)` to restore one as a book of its own.
    """

    told = Signal(str)
    copy_asked = Signal(Path)

    def __init__(self, desk: Desk, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._preferences = preferences
        self._window = window

    def show_backups(self) -> BackupsDialog:
        """Open the list of backups."""
        from retainerdesk.desktop.dialogs.backups_dialog import BackupsDialog

        dialog = BackupsDialog(self._desk, self._preferences, self._window)
        dialog.told.connect(self.told)
        dialog.copy_asked.connect(self.copy_asked)
        dialog.open()
        return dialog

    def move(self) -> MoveDialog:
        """Open the three steps to another machine."""
        from retainerdesk.desktop.dialogs.move_dialog import MoveDialog

        dialog = MoveDialog(self._desk, self._window)
        dialog.open()
        return dialog
