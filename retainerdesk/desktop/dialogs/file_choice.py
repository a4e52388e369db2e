"""Asking for files and folders. A dialog is given one of these, so that tests answer without a person."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget


class FileChooser(Protocol):
    """Who is asked which file is meant."""

    def open_files(self, parent: QWidget, title: str, kinds: str) -> tuple[Path, ...]:
        """The existing files chosen; empty if the question was put aside."""
        ...

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """The folder chosen, or None."""
        ...

    def save_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        """The place chosen for a new file, or None; overwriting was confirmed."""
        ...


class SystemFileChooser:
    """Asks with the file dialog of the system."""

    def open_files(self, parent: QWidget, title: str, kinds: str) -> tuple[Path, ...]:
        from PySide6.QtWidgets import QFileDialog

        names, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
        return tuple(Path(name) for name in names)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None

    def save_file(self, parent: QWidget, title: str, suggestion: str, kinds: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
        return Path(name) if name else None


def dropped_files(data: QMimeData) -> tuple[Path, ...]:
    """The local files somebody drags; empty for anything else."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
