"""File ▸ Protect this book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.protect_dialog import ProtectDialog


class ProtectionActions(QObject):
    """Opens the dialog that encrypts the book.

    Signals: `told(text)` when something was done; `changed(is_encrypted)`.
    """

    told = Signal(str)
    changed = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def protect(self) -> ProtectDialog:
        """Open the dialog over the window."""
        from PySide6.QtCore import Qt

        from retainerdesk.desktop.dialogs.protect_dialog import ProtectDialog

        dialog = ProtectDialog(self._desk, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._tell)
        dialog.open()
        return dialog

    def _tell(self, is_encrypted: bool, sentence: str) -> None:
        self.changed.emit(is_encrypted)
        self.told.emit(sentence)
