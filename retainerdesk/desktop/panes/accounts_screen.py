"""The accounts: the list, and of the chosen one its head, timeline and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.forms.ui_accounts_screen import Ui_AccountsScreen
from retainerdesk.desktop.panes.account_header import AccountHeader
from retainerdesk.desktop.panes.account_list_pane import AccountListPane
from retainerdesk.desktop.panes.margin_pane import MarginPane
from retainerdesk.desktop.panes.timeline_pane import TimelinePane
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.desktop.widgets.surfaces import hairline
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.account_view import load_account_view
from retainerdesk.services.accounts import in_list_order, load_account_list, load_account_row
from retainerdesk.services.results import EVERYTHING, Changes

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk

SELECTION_DELAY_MS = 60
_WIDE = 1300
# Widths of the list and of the figures, where there is room and where there is little.
_ROOMY, _TIGHT = (272, 384), (240, 352)


class AccountsScreen(QWidget):
    """Loads what it shows through the desk.

    Signals: `account_selected(str)` when another account is on screen ("" for none); `open_dialog(str)` with
    the word of a dialog about that account (log_call, note, work, action, decision, attach, edit_account,
    edit_retainer, new_retainer, sell_block, end_early, assign_work, payment, issue_invoices,
    settings, new_account, first_start); `open_row(str, str)` and `remove_row(str, str)` with kind and id;
    `save_pdf(str)` with a number; `write_down(str)` with an entry of work.
    """

    account_selected = Signal(str)
    open_dialog = Signal(str)
    open_row = Signal(str, str)
    remove_row = Signal(str, str)
    save_pdf = Signal(str)
    write_down = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = ""
        self._widths_chosen = False
        self._form = Ui_AccountsScreen()
        self._form.setupUi(self)
        self.list = AccountListPane()
        self.header = AccountHeader()
        self.timeline = TimelinePane(desk)
        self.margin = MarginPane(desk)
        self.welcome = EmptyState(
            "users", "Your first account",
            "An account is a client you work for month by month. Everything else follows from it:"
            " what is agreed, what is done, what is owed.",
            "New account", "Start another way…",
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=SELECTION_DELAY_MS)
        self._build()
        self._connect()
        self.refresh(EVERYTHING)

    @property
    def account_id(self) -> str:
        """The account on screen; "" while there is none."""
        return self._shown

    @property
    def retainer_id(self) -> str:
        """The retainer whose figures are on screen; "" while there is none."""
        return self.margin.retainer_id

    def select_account(self, account_id: str) -> None:
        """Bring an account on screen now. One that is not there changes nothing."""
        if self.list.select(account_id):
            self._load()

    def refresh(self, changes: Changes) -> None:
        """Reload what the changes concern."""
        listed = {each.id for each in self.list.summaries}
        if len(changes.account_ids) == 1 and changes.account_ids <= listed:
            self._reload_row(next(iter(changes.account_ids)))
        else:
            self._reload_list()
        if not self._shown or changes.concerns(self._shown):
            self._load()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._widths_chosen:
            listed, figures = _ROOMY if self.width() >= _WIDE else _TIGHT
            self._form.splitter.setSizes([listed, self.width() - listed])
            self._form.account_splitter.setSizes([self.width() - listed - figures, figures])

    def focus_filter(self) -> None:
        """Go to the filter of the list."""
        self.list.focus_filter()

    def keep_state(self, settings: QSettings) -> None:
        """Remember the account, the folded groups and the widths."""
        settings.setValue("accounts/selected", self.list.selected)
        settings.setValue("accounts/folded", ",".join(sorted(self.list.tree.folded)))
        if self._widths_chosen:
            settings.setValue("accounts/list_width", self._form.splitter.saveState())
            settings.setValue("accounts/figures_width", self._form.account_splitter.saveState())

    def restore_state(self, settings: QSettings) -> None:
        """Stand where `keep_state` was called."""
        folded = settings.value("accounts/folded")
        if isinstance(folded, str):
            self.list.tree.set_folded(set(filter(None, folded.split(","))))
        for key, splitter in (
            ("accounts/list_width", self._form.splitter),
            ("accounts/figures_width", self._form.account_splitter),
        ):
            state = settings.value(key)
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
                self._widths_chosen = True
        self.select_account(str(settings.value("accounts/selected", "")))

    def _build(self) -> None:
        column = QVBoxLayout(self._form.list_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self._form.story_column.addWidget(self.header)
        self._form.story_column.addWidget(hairline())
        self._form.story_column.addWidget(self.timeline, 1)
        self._form.figures_column.addWidget(self.margin)
        self._form.account_side.addWidget(self.welcome)
        for splitter in (self._form.splitter, self._form.account_splitter):
            splitter.setHandleWidth(1)
            splitter.splitterMoved.connect(self._keep_widths)
        self._form.splitter.setStretchFactor(1, 1)
        self._form.account_splitter.setStretchFactor(0, 1)
        QWidget.setTabOrder(self.list.filter, self.list.tree)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._load)
        self.list.account_changed.connect(self._load_soon)
        self.list.account_opened.connect(self._open_account)
        self.list.asked.connect(self._ask_about)
        self.list.new_account.connect(self._ask_new_account)
        self.welcome.primary.connect(self._ask_new_account)
        self.welcome.secondary.connect(self._ask_first_start)
        self.header.asked.connect(self.open_dialog)
        self.margin.asked.connect(self.open_dialog)
        self.margin.opened.connect(self.open_row)
        self.timeline.asked.connect(self.open_dialog)
        self.timeline.opened.connect(self.open_row)
        self.timeline.remove_wanted.connect(self.remove_row)
        self.timeline.pdf_wanted.connect(self.save_pdf)
        self.timeline.write_down_wanted.connect(self.write_down)

    def _keep_widths(self) -> None:
        self._widths_chosen = True

    def _load_soon(self, _account_id: str) -> None:
        # Arrow keys run over accounts faster than they can be read; only the one they stop at is loaded.
        self._timer.start()

    def _load(self) -> None:
        self._timer.stop()
        account_id = self.list.selected
        if not account_id:
            self._show_nothing()
            return
        today = self._desk.today()
        try:
            view = self._desk.read(load_account_view, account_id, today)
        except RuleViolation as gone:
            show_problem(self, gone)
            return
        self.header.show_account(view)
        self.margin.show_account(view)
        names = {each.retainer.id: each.retainer.name for each in view.retainers}
        self.timeline.show_account(account_id, today, names)
        self._form.account_side.setCurrentWidget(self._form.account_page)
        self._tell_shown(account_id)

    def _show_nothing(self) -> None:
        self._form.account_side.setCurrentWidget(self.welcome)
        self._tell_shown("")

    def _tell_shown(self, account_id: str) -> None:
        if account_id != self._shown:
            self._shown = account_id
            self.account_selected.emit(account_id)

    def _reload_list(self) -> None:
        self.list.show_accounts(self._desk.read(load_account_list, self._desk.today()))
        if not self.list.selected and self.list.summaries:
            self.list.select(self.list.summaries[0].id)

    def _reload_row(self, account_id: str) -> None:
        try:
            row = self._desk.read(load_account_row, account_id, self._desk.today())
        except RuleViolation:
            self._reload_list()
            return
        others = [each for each in self.list.summaries if each.id != account_id]
        self.list.show_accounts(in_list_order([*others, row]))

    def _open_account(self, account_id: str) -> None:
        self.select_account(account_id)
        self.timeline.list.setFocus()

    def _ask_about(self, word: str, account_id: str) -> None:
        self.select_account(account_id)
        self.open_dialog.emit(word)

    def _ask_new_account(self) -> None:
        self.open_dialog.emit("new_account")

    def _ask_first_start(self) -> None:
        self.open_dialog.emit("first_start")
