"""The one signal by which screens hear that the book has changed."""

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Edits, undo, operations and the watcher all tell their changes here.

    Signals: `changed(Changes)`, in the GUI thread, after the transaction was committed.
    """

    changed = Signal(object)
