"""One thing that needs attention: what, about whom, when, and what can be done about it now."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from retainerdesk.desktop.models.due_groups import DueLine
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.icons import IconRole, icon
from retainerdesk.desktop.theme.tokens import METRICS, SPACING
from retainerdesk.desktop.widgets.buttons import icon_button, secondary_button
from retainerdesk.desktop.widgets.icon_label import IconLabel
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.due_item import DueKind

_SNOOZE = (("Until &tomorrow", 1), ("For a &week", 7), ("Until a &day…", 0))
_ICON_ROLES: dict[str, IconRole] = {"bad": "bad", "warn": "warn"}


class DueRow(QWidget):
    """A line with its buttons.

    Signals, with the DueLine: `deed_wanted(line)`; `account_wanted(line)`; `snoozed(line, days)`, where
    0 days asks for a day.
    """

    deed_wanted = Signal(object)
    account_wanted = Signal(object)
    snoozed = Signal(object, int)

    def __init__(self, line: DueLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setAccessibleName(f"{in_sentence(line.account_name)}: {line.text}, {line.when}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, SPACING.small, 0, SPACING.small)
        grid.setHorizontalSpacing(SPACING.medium)
        grid.setVerticalSpacing(2)
        role = _ICON_ROLES.get(line.when_tone, "text")
        grid.addWidget(IconLabel(line.icon, role), 0, 0)
        name = data_label(line.account_name, "strong", elide=True)
        name.setCursor(Qt.CursorShape.PointingHandCursor)
        grid.addWidget(name, 0, 1)
        grid.addWidget(data_label(line.text, "muted", elide=True), 1, 1)
        right = Qt.AlignmentFlag.AlignRight
        grid.addWidget(data_label(line.when, "detail", tone=line.when_tone, align=right), 0, 2, 2, 1)
        grid.addLayout(self._buttons(line), 0, 3, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, 110)
        grid.setColumnMinimumWidth(3, 210)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.account_wanted.emit(self.line)

    def _buttons(self, line: DueLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACING.tight)
        row.addStretch(1)
        if line.deed:
            self.deed = secondary_button(line.deed_text)
            self.deed.setAccessibleDescription(f"{in_sentence(line.account_name)}: {line.text}")
            self.deed.clicked.connect(self._want_deed)
            row.addWidget(self.deed)
        self.later = icon_button("bell-off", f"Snooze: {in_sentence(line.account_name)}")
        self.later.setToolTip("Snooze")
        self.later.clicked.connect(self._open_snooze)
        is_late = line.kind is DueKind.INVOICE_OVERDUE
        where = "Show what is owed" if is_late else "Go to account"
        self.go = icon_button("arrow-right", f"{where}: {in_sentence(line.account_name)}")
        self.go.setToolTip(where)
        self.go.clicked.connect(self._want_account)
        for button in (self.later, self.go):
            button.setIconSize(QSize(METRICS.icon, METRICS.icon))
            row.addWidget(button)
        return row

    def snooze_menu(self) -> QMenu:
        """How long the item may rest."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, count in _SNOOZE:
            menu.addAction(icon("calendar" if not count else "clock", "muted"), text).setData(count)
        menu.triggered.connect(self._snooze)
        return menu

    def _open_snooze(self) -> None:
        self.snooze_menu().popup(self.later.mapToGlobal(QPoint(0, self.later.height())))

    def _snooze(self, action: QAction) -> None:
        self.snoozed.emit(self.line, action.data())

    def _want_deed(self) -> None:
        self.deed_wanted.emit(self.line)

    def _want_account(self) -> None:
        self.account_wanted.emit(self.line)
