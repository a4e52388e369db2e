"""What every dialog has in common: read the form, hand the value over, show a violation at its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from retainerdesk.desktop.fields.inputs import OptionalDate
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import DataLabel, data_label
from retainerdesk.desktop.widgets.views import prepare_view
from retainerdesk.domain.errors import RuleViolation

_GROWING = (QPlainTextEdit, QTableView, QListWidget, QTabWidget)


class FormDialog(QDialog):
    """A form with Save and Cancel.

    A subclass sets its form up, calls `prepare`, and answers `value()`, which may raise RuleViolation. Fields
    are found by the names violations use. Signals: `accepted_value(object)`, once for each Save; the dialog
    closes afterwards unless `show_violation` was called meanwhile.
    """

    accepted_value = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fields: dict[str, QWidget] = {}
        self._sentence: DataLabel | None = None
        self._blamed: QWidget | None = None
        self._refused = False

    def prepare(self, buttons: QDialogButtonBox, save_text: str, first: QWidget, **fields: QWidget) -> None:
        """Name the button that saves, the field to begin in, and those that violations may name."""
        self._fields.update(fields)
        save = buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(save_text)
        set_style_property(save, "variant", "primary")
        save.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is save)
        for label in self.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for view in self.findChildren(QListWidget):
            prepare_view(view, framed=True)
        self._fit()
        first.setFocus()

    def _fit(self) -> None:
        """Be no higher than a form of single lines needs, and never lower than its text."""
        column = self.layout()
        if column is None:
            return
        column.activate()
        needed = column.totalHeightForWidth(self.width()) if column.hasHeightForWidth() else 0
        needed = max(needed, column.totalMinimumSize().height())
        # The calendar behind a date field is a table too, but not one of ours.
        growing = [view for kind in _GROWING for view in self.findChildren(kind)]
        grows = any(not (view.isHidden() or view.objectName().startswith("qt_")) for view in growing)
        self.resize(self.width(), max(needed, self.height()) if grows else needed)

    def value(self) -> object:
        """The value the form says. Raises RuleViolation for what cannot be read."""
        raise NotImplementedError

    def accept(self) -> None:
        """Read the form and hand its value over; what is refused is shown and keeps the dialog open."""
        self._clear_violation()
        try:
            value = self.value()
        except RuleViolation as violation:
            self.show_violation(violation)
            return
        self._refused = False
        self.accepted_value.emit(value)
        if not self._refused:
            super().accept()

    @property
    def is_refused(self) -> bool:
        """Whether the last value that was told was not kept."""
        return self._refused

    def keep_open(self) -> None:
        """Called while `accepted_value` is told: the value was not kept, so the dialog stays."""
        self._refused = True

    def show_violation(self, violation: RuleViolation) -> None:
        """Show the sentence under its field (or at the foot), mark the field and put the keyboard there."""
        self.keep_open()
        self._clear_violation()
        message = bearable(violation.message[:1].upper() + violation.message[1:])
        self._sentence = data_label(message, "small", tone="bad", wrap=True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        field = self._field_of(violation)
        if field is None or not self._insert_under(field, self._sentence):
            self._insert_at_foot(self._sentence)
        if field is not None:
            self._blame(field, message)
        self._fit()

    @property
    def shown_violation(self) -> str:
        """The sentence of the violation on show; empty if there is none."""
        return self._sentence.full_text if self._sentence is not None else ""

    def _field_of(self, violation: RuleViolation) -> QWidget | None:
        name = violation.field or ""
        return self._fields.get(name) or self._fields.get(name.rpartition(".")[2])

    def _blame(self, field: QWidget, message: str) -> None:
        self._show_tab_of(field)
        target = field.field if isinstance(field, OptionalDate) else field
        set_style_property(target, "invalid", "true")
        target.setAccessibleDescription(message)
        target.setFocus()
        if isinstance(target, QLineEdit):
            target.selectAll()
        self._blamed = target

    def _clear_violation(self) -> None:
        if self._sentence is not None:
            form, row = self._row_of(self._sentence)
            if form is not None:
                form.removeRow(row)
            else:
                self._sentence.deleteLater()
            self._sentence = None
        if self._blamed is not None:
            set_style_property(self._blamed, "invalid", "false")
            self._blamed.setAccessibleDescription("")
            self._blamed = None

    def _insert_under(self, field: QWidget, sentence: QWidget) -> bool:
        form, row = self._row_of(field)
        if form is None:
            return False
        form.insertRow(row + 1, "", sentence)
        return True

    def _insert_at_foot(self, sentence: QWidget) -> None:
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, sentence)

    def _row_of(self, field: QWidget) -> tuple[QFormLayout | None, int]:
        """The form layout and the row that hold the field, directly or inside a line of several fields."""
        for form in self.findChildren(QFormLayout):
            for row in range(form.rowCount()):
                for role in (QFormLayout.ItemRole.FieldRole, QFormLayout.ItemRole.SpanningRole):
                    item = form.itemAt(row, role)
                    if item is None:
                        continue
                    inner = item.layout()
                    if item.widget() is field or (inner is not None and _holds(inner, field)):
                        return form, row
        return None, -1

    def _show_tab_of(self, field: QWidget) -> None:
        for tabs in self.findChildren(QTabWidget):
            for index in range(tabs.count()):
                page = tabs.widget(index)
                if page is not None and page.isAncestorOf(field):
                    tabs.setCurrentIndex(index)


def _holds(layout: QLayout, field: QWidget) -> bool:
    return layout.indexOf(field) >= 0
