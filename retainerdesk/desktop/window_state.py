"""Where the window was and what it showed, for the next start on this machine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FILE_NAME = "window.ini"
FIRST_SIZE = QSize(1440, 900)
FIRST_PLACE = "accounts"


@runtime_checkable
class Remembering(Protocol):
    """A screen that stands where it stood: its splitters, its selection."""

    def keep_state(self, settings: QSettings) -> None: ...

    def restore_state(self, settings: QSettings) -> None: ...


class WindowState:
    """Geometry of the window; for each book, by its key, the place in view and what the screens remember."""

    def __init__(self, folder: Path, book_key: str) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)
        self._book_key = book_key

    def restore(self, window: QWidget) -> None:
        """Put the window where it was; the first time in the middle, as large as the screen allows."""
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray) and window.restoreGeometry(geometry):
            return
        room = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(FIRST_SIZE.boundedTo(room.size()))
        window.move(room.center() - window.rect().center())

    def forget(self) -> None:
        """Drop what was remembered of the window and of this book."""
        self._settings.remove("geometry")
        self._settings.remove(f"books/{self._book_key}")

    def restore_screen(self, _key: str, screen: QWidget) -> None:
        """Let a screen that was just made stand where it was in this book, if it remembers anything."""
        if isinstance(screen, Remembering):
            self._settings.beginGroup(f"books/{self._book_key}")
            screen.restore_state(self._settings)
            self._settings.endGroup()

    def save(self, window: QWidget, place: str, screens: Iterable[QWidget]) -> None:
        """Remember the window, the place in view, and what the screens want to remember."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.beginGroup(f"books/{self._book_key}")
        self._settings.setValue("place", place)
        for screen in screens:
            if isinstance(screen, Remembering):
                screen.keep_state(self._settings)
        self._settings.endGroup()
        self._settings.sync()

    def place(self, known: Collection[str]) -> str:
        """The place that was in view last; Accounts the first time, or if there is no such place."""
        place = str(self._settings.value(f"books/{self._book_key}/place", FIRST_PLACE))
        return place if place in known else FIRST_PLACE
