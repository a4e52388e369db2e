"""The handbook, the shortcuts, and what program this is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from retainerdesk import __version__


class HelpActions(QObject):
    """What the Help menu does. Each window is made when it is asked for and once at a time."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def handbook(self) -> None:
        from retainerdesk.desktop.handbook_window import HandbookWindow

        HandbookWindow(self._window).show()

    def shortcuts(self) -> None:
        from retainerdesk.desktop.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window).open()

    def about(self) -> None:
        text = (
            f"RetainerDesk {__version__}\n\nThe desk of people who live on monthly retainers. One window, "
            "offline, on a file that is yours.\n\nInter, Noto Sans: SIL Open Font License. Lucide icons: "
            "ISC License. Qt: LGPL."
        )
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "About RetainerDesk",
            text,
            QMessageBox.StandardButton.Close,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
