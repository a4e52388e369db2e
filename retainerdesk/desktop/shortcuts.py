"""The list of keys, made from the same specs as the menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from retainerdesk.desktop.action_specs import SPECS
from retainerdesk.desktop.command_palette import shortcut_text
from retainerdesk.desktop.widgets.surfaces import column
from retainerdesk.desktop.widgets.views import prepare_view


def shortcut_rows() -> tuple[tuple[str, str], ...]:
    """What can be done by a key, and the key as this platform writes it."""
    return tuple((spec.plain_text, shortcut_text(spec.shortcut)) for spec in SPECS if spec.shortcut)


class ShortcutsDialog(QDialog):
    """Every shortcut of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(460, 560)
        rows = shortcut_rows()
        self.table = QTableWidget(len(rows), 2, self)
        prepare_view(self.table)
        self.table.setAccessibleName("Shortcuts")
        self.table.setHorizontalHeaderLabels(["Action", "Keys"])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, texts in enumerate(rows):
            for place, text in enumerate(texts):
                self.table.setItem(row, place, QTableWidgetItem(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = column(self)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
