"""File ▸ Check the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.check_dialog import CheckDialog


class IntegrityActions(QObject):
    """Opens the dialog that checks the book.

    Signals: `restore_asked()` when somebody wants a backup instead.
    """

    restore_asked = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def check(self) -> CheckDialog:
        """Open the dialog over the window; the check begins at once."""
        from retainerdesk.desktop.dialogs.check_dialog import CheckDialog

        dialog = CheckDialog(self._desk, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.restore_asked.connect(self.restore_asked)
        dialog.open()
        dialog.start()
        return dialog
