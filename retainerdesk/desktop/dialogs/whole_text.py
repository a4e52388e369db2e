"""Sentences in dialogs that are never cut."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

_SIDES = 48
"""The margins of a dialog, left and right together."""


def show_whole(dialog: QWidget, *labels: QLabel) -> None:
    """Give wrapped labels the height that their text has at the width of the dialog.

    A form layout squeezes them otherwise as soon as a row is added.
    """
    for label in labels:
        label.setMinimumHeight(label.heightForWidth(dialog.width() - _SIDES))
