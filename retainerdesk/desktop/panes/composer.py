"""What can be added to an account, as a row of buttons that wraps where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from retainerdesk.desktop.action_specs import spec_of
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.tokens import METRICS
from retainerdesk.desktop.widgets.buttons import make_button
from retainerdesk.desktop.widgets.flow_layout import FlowLayout

# word of the dialog, text, icon, action whose key the tool tip names
_BUTTONS = (
    ("log_call", "Log call", "phone", "account.log_call"),
    ("note", "Note", "sticky-note", "account.add_note"),
    ("work", "Work", "timer", "account.add_work"),
    ("action", "Action", "square-check", "account.add_action"),
    ("decision", "Decision", "gavel", "account.add_decision"),
    ("attach", "Attach", "paperclip", "account.attach_file"),
)
_MORE = (
    ("edit_account", "&Edit account…", "pencil"),
    ("edit_retainer", "Edit &retainer…", "file-pen-line"),
    ("new_retainer", "&New retainer…", "handshake"),
    ("sell_block", "&Sell a block…", "package"),
    ("deposit", "New &deposit…", "wallet"),
    ("end_early", "&End a retainer early…", "calendar-x"),
    ("", "", ""),
    ("payment", "Record &payment…", "banknote"),
    ("issue_invoices", "&Issue invoices…", "receipt-text"),
)


class Composer(QWidget):
    """The buttons, and `more`, for the header to place, with a menu of what is needed less often.

    Signals: `asked(str)` with the word of the dialog: log_call, note, work, action, decision, attach,
    edit_account, edit_retainer, new_retainer, sell_block, deposit, end_early, payment, issue_invoices.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Add to this account")
        self._row = FlowLayout(self)
        self.buttons: dict[str, QAbstractButton] = {}
        for word, text, icon_name, action_id in _BUTTONS:
            button = make_button(text, icon_name, "primary" if word == "log_call" else "secondary")
            button.setToolTip(_key_of(action_id))
            self._add(word, button)
        more = make_button("", "ellipsis")
        more.setIconSize(QSize(METRICS.icon, METRICS.icon))
        more.setAccessibleName("More for this account")
        more.setToolTip("More for this account")
        self.more = more
        more.clicked.connect(self.open_more)
        self.more_menu = self._more_menu()

    def set_has_retainer(self, has_one: bool) -> None:
        """Whether there is a retainer that could be edited."""
        for action in self.more_menu.actions():
            if action.data() in ("edit_retainer", "end_early"):
                action.setEnabled(has_one)

    def open_more(self) -> None:
        """Open the menu of what is needed less often."""
        self.more_menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _add(self, word: str, button: QAbstractButton) -> None:
        button.setObjectName(word)
        button.clicked.connect(self._tell_button)
        self.buttons[word] = button
        self._row.addWidget(button)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        for word, text, icon_name in _MORE:
            if not word:
                menu.addSeparator()
                continue
            action = menu.addAction(icon(icon_name, "muted"), text)
            action.setData(word)
        menu.triggered.connect(self._tell_action)
        return menu

    def _tell_button(self) -> None:
        self.asked.emit(self.sender().objectName())

    def _tell_action(self, action: QAction) -> None:
        self.asked.emit(action.data())


def _key_of(action_id: str) -> str:
    return QKeySequence(spec_of(action_id).shortcut).toString(QKeySequence.SequenceFormat.NativeText)
