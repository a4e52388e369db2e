"""What closing the window means: with a tray the program goes on watching, without one it quits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from retainerdesk.desktop.main_window import MainWindow
    from retainerdesk.desktop.notifier import Notifier
    from retainerdesk.desktop.preferences import Preferences
    from retainerdesk.desktop.tray import Tray

GOES_ON = "RetainerDesk goes on watching. Quit it in the File menu or here in the tray."
QUITS = (
    "This desktop has no tray, so closing the window quits RetainerDesk and nothing is watched. "
    "Close it again to quit."
)


class Closing(QObject):
    """Decides when the user closes the window. Each of the two things is explained once on a machine.

    With `is_safe` there is no tray by choice, which was said already: closing quits.

    Signals: `quit_asked()` when closing means the end.
    """

    quit_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        tray: Tray,
        notifier: Notifier,
        preferences: Preferences,
        parent: QObject,
        *,
        is_safe: bool = False,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tray = tray
        self._notifier = notifier
        self._preferences = preferences
        self._is_safe = is_safe
        window.close_asked.connect(self.decide)

    def decide(self) -> None:
        """Hide the window, explain, or quit."""
        app = QGuiApplication.instance()
        if self._is_safe or (isinstance(app, QGuiApplication) and app.isSavingSession()):
            self.quit_asked.emit()
            return
        # Whoever closes the window before its first paint is quicker than the tray is started: what is said
        # once must not be said of a desktop nobody has looked at.
        self._tray.look()
        if self._tray.is_available:
            self._window.hide()
            self._explain_once()
        elif self._preferences.now.is_close_without_tray_told:
            self.quit_asked.emit()
        else:
            self._preferences.change(is_close_without_tray_told=True)
            self._window.banners.tell(QUITS, "warn")

    def _explain_once(self) -> None:
        if not self._preferences.now.is_close_to_tray_told:
            self._notifier.say("Still here", GOES_ON)
            self._preferences.change(is_close_to_tray_told=True)
