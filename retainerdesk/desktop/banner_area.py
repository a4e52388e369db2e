"""The strip below the navigation where the window says something, one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.banner import Banner, BannerAction


class BannerArea(QObject):
    """Shows the latest banner; an earlier one gives way.

    Signals: `acted(str)` with the key of the action pressed; the banner is put aside then.
    """

    acted = Signal(str)

    def __init__(self, layout: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = layout
        self._banner: Banner | None = None

    @property
    def text(self) -> str:
        """What the strip says now; empty if nothing."""
        return self._banner.accessibleName() if self._banner is not None else ""

    def tell(self, text: str, tone: Tone = "accent", actions: Sequence[BannerAction] = ()) -> None:
        """Show a plain text and what can be done about it."""
        self.clear()
        banner = Banner(bearable(text), tone, actions)
        banner.acted.connect(self._act)
        banner.closed.connect(self.clear)
        self._layout.addWidget(banner)
        self._banner = banner

    def clear(self) -> None:
        """Show nothing."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None

    def _act(self, key: str) -> None:
        self.clear()
        self.acted.emit(key)
