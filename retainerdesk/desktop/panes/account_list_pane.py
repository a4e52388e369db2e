"""The account list: a filter, the accounts under their headings, and what to do when there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from retainerdesk.desktop.models.account_list_model import AccountListModel
from retainerdesk.desktop.panes.account_tree import AccountTree
from retainerdesk.desktop.panes.narrow_note import NarrowNote
from retainerdesk.desktop.theme.icons import icon
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.search_field import SearchField
from retainerdesk.desktop.widgets.surfaces import surface
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.services.summaries import AccountSummary

_MENU = (
    ("log_call", "Log &call…", "phone"),
    ("edit_account", "&Edit account…", "pencil"),
    ("new_retainer", "New &retainer…", "handshake"),
    ("issue_invoices", "&Issue invoices…", "receipt-text"),
)


class AccountListPane(QWidget):
    """Shows summaries; knows nothing of where they come from.

    Signals: `account_changed(str)` with the id chosen; `account_opened(str)` for Return; `asked(str, str)`
    with the word of a dialog ("log_call", …) and the account; `new_account()`.
    """

    account_changed = Signal(str)
    account_opened = Signal(str)
    asked = Signal(str, str)
    new_account = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = AccountListModel(self)
        self._selected = ""
        self.filter = SearchField("Filter accounts", glass=False, parent=self)
        self.filter.setToolTip("Name, short name or contact (Ctrl+F)")
        self.tree = AccountTree(self._model, self)
        self.nobody = NarrowNote("No accounts yet", "They are listed here by what they need.", "New account")
        self.nothing_found = NarrowNote(
            "No account found", "No name, short name or contact has these letters.", "Show all"
        )
        self.remark = data_label("", "detail", wrap=True)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()

    @property
    def selected(self) -> str:
        """The id of the account chosen; "" while there is none."""
        return self._selected

    def show_accounts(self, summaries: Sequence[AccountSummary]) -> None:
        """Show these accounts; the choice stays where its account is still there."""
        self._model.show_accounts(summaries)
        if self._selected not in {each.id for each in summaries}:
            self._selected = ""
        self._rearrange()

    def say(self, text: str) -> None:
        """Say something of all figures in the list; "" takes it away."""
        self.remark.set_text(text)
        self.remark.setVisible(bool(text))

    @property
    def summaries(self) -> tuple[AccountSummary, ...]:
        """All accounts, in the order shown."""
        return self._model.summaries

    def select(self, account_id: str) -> bool:
        """Choose an account without telling; a filter that hides it is cleared. False if there is none."""
        if account_id not in {each.id for each in self._model.summaries}:
            return False
        if not self._model.place_of(account_id).isValid():
            self.filter.clear()
        self._selected = account_id
        return self.tree.select(account_id)

    def focus_filter(self) -> None:
        """Go to the filter, with its text selected."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter, Up and Down move the choice and Return opens it."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
            if event.key() in steps:
                self.tree.step(steps[event.key()])
                return True
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.tree.indexAt(self.tree.viewport().mapFrom(self, event.pos()))
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        account_id = self._selected if by_keyboard else self.tree.account_at(index)
        self._open_menu(account_id, event.globalPos())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        ground = surface("panel", parent=self)
        column.addWidget(ground)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, SPACING.medium, 0, 0)
        inside.setSpacing(SPACING.small)
        field = QVBoxLayout()
        field.setContentsMargins(SPACING.medium, 0, SPACING.medium, 0)
        field.addWidget(self.filter)
        field.addWidget(self.remark)
        self.remark.hide()
        inside.addLayout(field)
        for page in (self.tree, self.nobody, self.nothing_found):
            self._pages.addWidget(page)
        inside.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.filter.installEventFilter(self)
        self.filter.textChanged.connect(self._find)
        self.filter.returnPressed.connect(self._open_found)
        self.tree.account_changed.connect(self._choose)
        self.tree.account_opened.connect(self.account_opened)
        self.tree.typed.connect(self._type_on)
        self.nobody.pressed.connect(self.new_account)
        self.nothing_found.pressed.connect(self.filter.clear)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.focus_filter)

    def _choose(self, account_id: str) -> None:
        self._selected = account_id
        self.account_changed.emit(account_id)

    def _find(self, wanted: str) -> None:
        self._model.set_filter(wanted)
        self._rearrange()

    def _rearrange(self) -> None:
        self.tree.unfold_all(only_filtered=bool(self.filter.text().strip()))
        if self._selected:
            self.tree.select(self._selected)
        page: QWidget = self.tree
        if not self._model.groups:
            page = self.nothing_found if self._model.summaries else self.nobody
        self._pages.setCurrentWidget(page)
        self.filter.setEnabled(bool(self._model.summaries))

    def _open_found(self) -> None:
        """Return in the filter: what is chosen if it is still shown, else the first that is."""
        index = self.tree.currentIndex()
        if not self.tree.account_at(index):
            index = self._model.first_account()
            self.tree.setCurrentIndex(index)
        if account_id := self.tree.account_at(index):
            self.account_opened.emit(account_id)

    def _type_on(self, text: str) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.setText(self.filter.text() + text)

    def _open_menu(self, account_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if account_id:
            for word, text, icon_name in _MENU:
                action = menu.addAction(icon(icon_name, "muted"), text)
                action.setData((word, account_id))
            menu.addSeparator()
        action = menu.addAction(icon("user-plus", "muted"), "&New account…")
        action.setData(("new_account", ""))
        menu.triggered.connect(self._run_menu)
        menu.popup(place)

    def _run_menu(self, action: QObject) -> None:
        word, account_id = action.data()  # type: ignore[attr-defined]
        if word == "new_account":
            self.new_account.emit()
        else:
            self.asked.emit(word, account_id)
