"""The dialog of last resort: an apology and a report the user can read and copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from retainerdesk.desktop.forms.ui_bug_dialog import Ui_BugDialog


class BugDialog(QDialog):
    """Shows the report of a bug. Nothing is sent anywhere."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_BugDialog()
        self._form.setupUi(self)
        self._form.report.setPlainText(report)
        copy = self._form.buttons.addButton("&Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_report)

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._form.report.toPlainText())
