"""What happens next with an account: open actions to tick off, and a line to add one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import due_day
from retainerdesk.desktop.panes.action_edits import ActionEdits
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.buttons import link_button
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.domain.work import Action

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk

_SHOWN = 6
_TICK_WIDTH = 18
_PUT_OFF = (("Tomorrow", 1), ("In a week", 7))


class ActionRow(QWidget):
    """One open action. Space ticks it off; Return, or a click on its text, edits it.

    Signals: `completed(str)`, `opened(str)`, `put_off(str, int)` with the action's id.
    """

    completed = Signal(str)
    opened = Signal(str)
    put_off = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action_id = ""
        self.tick = QCheckBox(self)
        self.tick.setToolTip("Done")
        # Without a text, a check box keeps room for one.
        self.tick.setFixedWidth(_TICK_WIDTH)
        self.text = data_label("", "body", elide=True)
        self.text.setCursor(Qt.CursorShape.PointingHandCursor)
        self.due = data_label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACING.tight, 0, SPACING.tight)
        row.setSpacing(SPACING.small)
        row.addWidget(self.tick)
        row.addWidget(self.text, 1)
        row.addWidget(self.due)
        self.tick.toggled.connect(self._complete)

    def show_action(self, action: Action, today: date) -> None:
        """Show an action, not ticked."""
        self.action_id = action.id
        self.tick.blockSignals(True)
        self.tick.setChecked(False)
        self.tick.blockSignals(False)
        self.tick.setAccessibleName(action.text)
        owner = f" · {action.owner}" if action.owner else ""
        self.text.set_text(action.text)
        self.text.set_explanation(f"{action.text}{owner}")
        self.due.set_text(_due_words(action, today))
        is_late = action.due_on is not None and action.due_on < today
        self.due.set_tone("bad" if is_late else "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.action_id)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        on_text = self.text.geometry().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and on_text:
            self.opened.emit(self.action_id)
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        edit = menu.addAction(icon("pencil", "muted"), "&Edit…")
        edit.triggered.connect(self._open)
        for text, days in _PUT_OFF:
            later = menu.addAction(icon("clock", "muted"), text)
            later.setData(days)
            later.triggered.connect(self._put_off)
        menu.popup(event.globalPos())

    def _complete(self, is_done: bool) -> None:
        if is_done:
            self.completed.emit(self.action_id)

    def _open(self) -> None:
        self.opened.emit(self.action_id)

    def _put_off(self) -> None:
        self.put_off.emit(self.action_id, self.sender().data())  # type: ignore[attr-defined]


def _due_words(action: Action, today: date) -> str:
    return due_day(action.due_on, today) if action.due_on is not None else ""


class NextActions(QWidget):
    """Open actions of one account, the next first.

    Signals: `opened(str)` with the id of an action to edit.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._edits = ActionEdits(desk, self)
        self._account_id = ""
        self._actions: tuple[Action, ...] = ()
        self._today: date | None = None
        self._all_shown = False
        self.header = SectionHeader("Next")
        # Rows are kept and filled anew: making one costs more than all the rest of showing an account.
        self._pool: list[ActionRow] = []
        self.nothing = data_label("Nothing is agreed to happen next.", "detail")
        self.show_all = link_button("")
        self.new_text = QLineEdit(self)
        self._row_column = QVBoxLayout()
        self._build()

    def show_actions(self, account_id: str, actions: Sequence[Action], today: date) -> None:
        """Show these actions, in their order."""
        if account_id != self._account_id:
            self._all_shown = False
            self.new_text.clear()
        self._account_id, self._actions, self._today = account_id, tuple(actions), today
        self._fill()

    @property
    def rows(self) -> tuple[ActionRow, ...]:
        """The rows in use."""
        shown = len(self._actions) if self._all_shown else min(_SHOWN, len(self._actions))
        return tuple(self._pool[:shown])

    def _build(self) -> None:
        self.new_text.setPlaceholderText("Add an action…")
        self.new_text.setAccessibleName("Add an action")
        self.new_text.returnPressed.connect(self._add)
        self.show_all.clicked.connect(self._show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        column.addWidget(self.header)
        column.addWidget(self.nothing)
        self._row_column.setSpacing(0)
        column.addLayout(self._row_column)
        column.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACING.tight)
        column.addWidget(self.new_text)

    def _fill(self) -> None:
        assert self._today is not None
        shown = self._actions if self._all_shown else self._actions[:_SHOWN]
        while len(self._pool) < len(shown):
            self._pool.append(self._new_row())
        for row, action in zip(self._pool, shown, strict=False):
            row.show_action(action, self._today)
        for position, row in enumerate(self._pool):
            row.setVisible(position < len(shown))
        hidden = len(self._actions) - len(shown)
        count = f"{len(shown)} of {len(self._actions)}" if hidden else str(len(shown))
        self.header.set_remark(count if self._actions else "")
        self.show_all.setText(f"Show {hidden} more")
        self.show_all.setVisible(hidden > 0)
        self.nothing.setVisible(not self._actions)

    def _new_row(self) -> ActionRow:
        row = ActionRow(self)
        row.completed.connect(self._complete)
        row.opened.connect(self.opened)
        row.put_off.connect(self._put_off)
        self._row_column.addWidget(row)
        return row

    def _complete(self, action_id: str) -> None:
        if not self._edits.complete(self._account_id, action_id):
            self._fill()

    def _put_off(self, action_id: str, days: int) -> None:
        self._edits.put_off(self._account_id, action_id, self._desk.today() + timedelta(days=days))

    def _add(self) -> None:
        text = self.new_text.text().strip()
        if text and self._edits.add(self._account_id, text):
            self.new_text.clear()

    def _show_all(self) -> None:
        self._all_shown = True
        self._fill()
